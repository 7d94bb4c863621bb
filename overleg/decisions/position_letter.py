"""The letter that makes a shared position known, as a Word file."""

from collections.abc import Sequence
from datetime import datetime

from overleg.accounts.models import Person
from overleg.decisions.models import PositionSending
from overleg.lib.dates import format_date
from overleg.lib.text import join_words, slugify
from overleg.organisations.models import Organisation
from overleg.word.contexts import PositionLetterPaper
from overleg.word.papers import render_position_letter


def letter_docx(
    sending: PositionSending,
    municipalities: Sequence[Organisation],
    chairs: Sequence[Person],
    *,
    now: datetime,
) -> bytes:
    """The letter in the name of the municipalities, signed by who chairs the body."""
    meeting = sending.outcome.item.meeting
    paper = PositionLetterPaper(
        title=f"Standpunt: {sending.outcome.title}",
        author=meeting.body.name,
        body_name=meeting.body.name,
        body=meeting.body.the_name,
        addressee=sending.addressee,
        address_lines=tuple(filter(None, map(str.strip, sending.address.splitlines()))),
        date=format_date(sending.sent_on),
        subject=f"Standpunt: {sending.outcome.title}",
        meeting=f"vergadering {meeting.label} van {format_date(meeting.starts_at_utc)}",
        text_html=sending.outcome.text_html,
        municipalities=join_words(town.name for town in municipalities),
        signatory=f"{join_words(chair.name for chair in chairs)}, voorzitter" if chairs else "",
    )
    return render_position_letter(paper, now=now)


def letter_filename(sending: PositionSending) -> str:
    """``standpunt-toekomst-van-de-rechtbanken-minister-van-justitie.docx``."""
    words = slugify(f"{sending.outcome.title[:60]} {sending.addressee[:40]}")
    return f"standpunt-{words or 'brief'}.docx"

"""The agenda as a Word file, for readers of one circle."""

from collections.abc import Iterator, Sequence
from datetime import datetime

from overleg.agenda.lines import Line, LineAnnex
from overleg.agenda.reading import ReadAgenda
from overleg.documents.states import Circle
from overleg.lib.dates import format_date, format_span, format_time, format_weekday_date
from overleg.lib.text import count_of, join_words, slugify
from overleg.mail.links import absolute_url
from overleg.organisations.models import Seat
from overleg.organisations.viewer import Viewer
from overleg.scheduling.models import Meeting
from overleg.scheduling.permissions import can_see_online_link
from overleg.word.contexts import AgendaPaper, AgendaPaperAnnex, AgendaPaperItem, AttendancePaper
from overleg.word.papers import render_agenda


def agenda_file_name(
    meeting: Meeting, *, circle: Circle = Circle.MAYORS, changes: bool = False
) -> str:
    """``agenda-midwestoverleg-2026-07.docx``, or with ``-wijzigingen`` at its end.

    What a wider circle may read says so (``-besturen``, ``-openbaar``): once downloaded, the files
    of one meeting are not mistaken for each other.
    """
    what = ("" if circle is Circle.MAYORS else f"-{circle.label}") + (
        "-wijzigingen" if changes else ""
    )
    label = f"{meeting.year}-{meeting.number:02}"
    return f"agenda-{slugify(meeting.body.call_name)}-{label}{what}.docx"


def agenda_paper(
    meeting: Meeting, agenda: ReadAgenda, seats: Sequence[Seat], viewer: Viewer | None
) -> AgendaPaper:
    """What the Word file is given; ``agenda`` holds only what its circle may read.

    Without a viewer, for a file that goes from hand to hand, it tells no online address.
    """
    version = agenda.version
    supporters = join_words(each.name for each in meeting.body.supporters)
    online = ""
    if viewer is not None and can_see_online_link(viewer, meeting.body_id):
        online = meeting.online_url
    return AgendaPaper(
        title=f"Agenda {meeting.body.name}, {format_date(meeting.starts_at_utc)}",
        author=supporters or meeting.body.name,
        body_name=meeting.body.name,
        meeting_number=meeting.label,
        date=format_weekday_date(meeting.starts_at_utc),
        hours=format_span(meeting.starts_at_utc, meeting.ends_at_utc),
        place=meeting.place,
        online_link=online,
        circle=agenda.circle.label,
        version=_version_words(agenda),
        sent_on=format_date(version.sent_at_utc) if version is not None else "",
        invited=tuple(_invited(seat) for seat in seats),
        items=tuple(_items(agenda)),
    )


def _version_words(agenda: ReadAgenda) -> str:
    letter = agenda.version.letter if agenda.version is not None else ""
    return f"{letter} (enkel wat wijzigde)".strip() if agenda.is_changes else letter


def _items(agenda: ReadAgenda) -> Iterator[AgendaPaperItem]:
    above = ""
    for line in agenda.lines:
        yield _item(line, section=line.heading if line.heading != above else "")
        above = line.heading
    if agenda.is_changes:
        for line in agenda.dropped:
            yield AgendaPaperItem(
                number=str(line.number), title=line.title, remark="niet meer op de agenda"
            )


def agenda_docx(
    meeting: Meeting,
    agenda: ReadAgenda,
    seats: Sequence[Seat],
    viewer: Viewer | None,
    *,
    now: datetime,
) -> bytes:
    """The Word file; ``now`` in UTC becomes its time of creation."""
    return render_agenda(agenda_paper(meeting, agenda, seats, viewer), now=now)


def _invited(seat: Seat) -> AttendancePaper:
    function = f"{seat.function_label} {seat.organisation.name}"
    holder = seat.holder
    named_by_function = seat.person is None or function.casefold() in holder.casefold()
    return AttendancePaper(name=holder, function="" if named_by_function else function)


def _item(line: Line, *, section: str) -> AgendaPaperItem:
    return AgendaPaperItem(
        section=section,
        number=str(line.number),
        title=line.title,
        submitter=line.submitter_label,
        asked=line.asked.label,
        minutes=count_of(line.minutes_needed, "minuut", "minuten") if line.minutes_needed else "",
        time=format_time(line.starts_at_utc),
        explanation_html=line.explanation_html,
        annexes=tuple(_annex(annex) for annex in line.annexes),
        remark=line.mark,
    )


def _annex(annex: LineAnnex) -> AgendaPaperAnnex:
    folder = "/bijlagen/verstuurd/" if annex.was_sent else "/bijlagen/"
    return AgendaPaperAnnex(
        name=annex.title, detail=annex.circle.label, url=absolute_url(folder + annex.id)
    )

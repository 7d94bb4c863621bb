"""The agenda as a Word file, for readers of one circle."""

from collections.abc import Sequence
from datetime import datetime

from overleg.agenda.lines import Line, LineAnnex
from overleg.agenda.reading import ReadAgenda
from overleg.lib.dates import format_date, format_span, format_time, format_weekday_date
from overleg.lib.text import count_of, join_words, slugify
from overleg.mail.links import absolute_url
from overleg.organisations.models import Seat
from overleg.organisations.viewer import Viewer
from overleg.scheduling.models import Meeting
from overleg.scheduling.permissions import can_see_online_link
from overleg.word.contexts import AgendaPaper, AgendaPaperAnnex, AgendaPaperItem, AttendancePaper
from overleg.word.papers import render_agenda


def agenda_file_name(meeting: Meeting) -> str:
    """``agenda-midwestoverleg-2026-07.docx``."""
    return f"agenda-{slugify(meeting.body.call_name)}-{meeting.year}-{meeting.number:02}.docx"


def agenda_paper(
    meeting: Meeting, agenda: ReadAgenda, seats: Sequence[Seat], viewer: Viewer
) -> AgendaPaper:
    """What the Word file is given; ``agenda`` holds only what its circle may read."""
    version = agenda.version
    supporters = join_words(each.name for each in meeting.body.supporters)
    online = meeting.online_url if can_see_online_link(viewer, meeting.body_id) else ""
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
        version=version.letter if version is not None else "",
        sent_on=format_date(version.sent_at_utc) if version is not None else "",
        invited=tuple(_invited(seat) for seat in seats),
        items=tuple(_item(line) for line in agenda.lines),
    )


def agenda_docx(
    meeting: Meeting, agenda: ReadAgenda, seats: Sequence[Seat], viewer: Viewer, *, now: datetime
) -> bytes:
    """The Word file; ``now`` in UTC becomes its time of creation."""
    return render_agenda(agenda_paper(meeting, agenda, seats, viewer), now=now)


def _invited(seat: Seat) -> AttendancePaper:
    function = f"{seat.function_label} {seat.organisation.name}"
    holder = seat.holder
    named_by_function = seat.person is None or function.casefold() in holder.casefold()
    return AttendancePaper(name=holder, function="" if named_by_function else function)


def _item(line: Line) -> AgendaPaperItem:
    return AgendaPaperItem(
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

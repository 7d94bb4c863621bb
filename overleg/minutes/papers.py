"""The verslag as a Word file, for readers of one circle."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from html import escape

from overleg.agenda.arranging import heading_of, section_of
from overleg.agenda.queries.versions import lines_of_version, versions_of
from overleg.decisions.models import ActionItem, Outcome
from overleg.decisions.states import Organ, OutcomeKind
from overleg.documents.states import Circle
from overleg.lib.dates import format_date, format_span, format_time, format_weekday_date
from overleg.lib.text import join_words, slugify
from overleg.minutes.models import Attendance
from overleg.minutes.queries.attendance import SeatLine, Table, function_beside
from overleg.minutes.reading import MinutesLine, ReadMinutes
from overleg.minutes.states import Presence
from overleg.organisations.queries.bodies import current_chair
from overleg.organisations.states import SeatKind
from overleg.scheduling.models import Meeting
from overleg.scheduling.queries import next_meeting_after
from overleg.word.contexts import (
    AttendancePaper,
    MinutesPaper,
    MinutesPaperItem,
    MinutesPaperOutcome,
)
from overleg.word.papers import render_minutes

MOST_NAMED = 4
ABOUT_THE_POINT = frozenset({OutcomeKind.POSTPONED, OutcomeKind.WITHDRAWN})
SEVERAL = {Organ.COLLEGE: "colleges", Organ.COUNCIL: "gemeenteraden"}


def minutes_file_name(meeting: Meeting) -> str:
    """``verslag-midwestoverleg-2026-07.docx``."""
    return f"verslag-{slugify(meeting.body.call_name)}-{meeting.year}-{meeting.number:02}.docx"


def minutes_paper(read: ReadMinutes) -> MinutesPaper:
    """What the Word file is given; ``read`` holds only what its circle may read."""
    meeting, table = read.meeting, read.table
    chair = current_chair(meeting.body, meeting.day)
    supporters = join_words(each.name for each in meeting.body.supporters)
    approved_at = read.minutes.approved_at_utc if read.minutes else None
    return MinutesPaper(
        title=f"Verslag {meeting.body.name}, {format_date(meeting.starts_at_utc)}",
        author=supporters or meeting.body.name,
        body_name=meeting.body.name,
        meeting_number=meeting.label,
        date=format_weekday_date(meeting.starts_at_utc),
        hours=format_span(meeting.starts_at_utc, meeting.ends_at_utc),
        place=meeting.place,
        chair=chair.name if chair and table.may_have_presided(chair.id) else "",
        writer=join_words(read.writers),
        circle=read.circle.label,
        is_draft=read.is_draft,
        approved_on=format_date(approved_at) if approved_at else "",
        present=_seats(table, Presence.PRESENT, guests=False),
        replaced=_seats(table, Presence.REPLACED),
        excused=_seats(table, Presence.EXCUSED),
        absent=_seats(table, Presence.ABSENT),
        guests=(
            *_seats(table, Presence.PRESENT, guests=True),
            *(_guest(guest) for guest in table.guests),
        ),
        items=tuple(_items(read)),
        next_meeting=_next(meeting),
    )


def minutes_docx(read: ReadMinutes, *, now: datetime) -> bytes:
    """The Word file; ``now`` in UTC becomes its time of creation."""
    return render_minutes(minutes_paper(read), now=now)


def _seats(
    table: Table, presence: Presence, *, guests: bool | None = None
) -> tuple[AttendancePaper, ...]:
    """The seats of which this was noted: all of them, or only (not) those of standing guests."""
    return tuple(
        _seat(line)
        for line in table.with_presence(presence)
        if guests is None or guests is (line.kind is SeatKind.GUEST)
    )


def _seat(line: SeatLine) -> AttendancePaper:
    return AttendancePaper(name=line.name, function=line.function, remark=line.remark)


def _guest(guest: Attendance) -> AttendancePaper:
    return AttendancePaper(
        name=guest.name, function=function_beside(guest.name, "", guest.organisation_name)
    )


def _items(read: ReadMinutes) -> Iterator[MinutesPaperItem]:
    """The points under the headings of the agenda that was sent last; a later one under its own."""
    versions = versions_of(read.meeting.id)
    sent = lines_of_version(versions[0].id, Circle.MAYORS.readable) if versions else []
    headings = {line.item_id: line.heading for line in sent}
    above = ""
    for line in read.lines:
        heading = headings.get(line.item.id)
        if heading is None:
            section = section_of(line.item, read.meeting.body.sections_by)
            heading = heading_of(section, is_closed=line.item.is_closed)
        yield _item(line, section=heading if heading != above else "")
        above = heading


def _item(line: MinutesLine, *, section: str) -> MinutesPaperItem:
    return MinutesPaperItem(
        section=section,
        number=str(line.item.shown_number),
        title=line.item.title,
        submitter=line.item.submitter_label,
        asked=line.item.asked.label,
        discussion_html=_discussion(line),
        outcomes=() if line.is_changed_since else tuple(_outcomes(line)),
    )


def _discussion(line: MinutesLine) -> str:
    """What was said, with who took no part before it and who does what after it.

    Where something changed since the approval: what came of it as it was approved.
    """
    if line.approved_html is not None:
        return line.text_html + line.approved_html
    away = (
        f"<p>Neemt niet deel aan dit punt: {escape(line.away_in_words)}.</p>" if line.away else ""
    )
    actions = "".join(f"<li>{escape(_action(action))}</li>" for action in line.actions)
    todo = f"<p>Actiepunten:</p><ul>{actions}</ul>" if actions else ""
    return f"{away}{line.text_html}{todo}"


def _action(action: ActionItem) -> str:
    due = f" (tegen {format_date(action.due_on)})" if action.due_on else ""
    return f"{action.who}: {action.text}{due}"


def _outcomes(line: MinutesLine) -> Iterator[MinutesPaperOutcome]:
    """What came of a point; where nobody noted that it was postponed or withdrawn, that too."""
    for outcome in line.outcomes:
        kind = line.fate if outcome.kind in ABOUT_THE_POINT else ""
        yield _outcome(outcome, line.agreed(outcome), kind or outcome.kind.label)
    if line.fate and not any(outcome.kind in ABOUT_THE_POINT for outcome in line.outcomes):
        yield MinutesPaperOutcome(kind=line.fate, title=line.item.title, is_of_point=True)


def _outcome(outcome: Outcome, agreed: str, kind: str) -> MinutesPaperOutcome:
    due = min((row.due_on for row in outcome.follow_ups if row.due_on), default=None)
    return MinutesPaperOutcome(
        kind=kind,
        title=outcome.title,
        text_html=outcome.text_html + (f"<p>{escape(agreed)}</p>" if agreed else ""),
        concerned=concerned(outcome),
        due=format_date(due) if due else "",
    )


def concerned(outcome: Outcome) -> str:
    """Who decides on an outcome: ``colleges van Izegem en Tielt``."""
    return join_words(
        f"{_organ(organ, towns)} van {_named(towns)}"
        for organ in Organ
        if (towns := [r.organisation.name for r in outcome.follow_ups if r.organ is organ])
    )


def _organ(organ: Organ, towns: list[str]) -> str:
    return organ.label if len(towns) == 1 else SEVERAL[organ]


def _named(towns: Iterable[str]) -> str:
    names = sorted(towns)
    return join_words(names) if len(names) <= MOST_NAMED else f"{len(names)} gemeenten"


def _next(meeting: Meeting) -> str:
    following = next_meeting_after(meeting)
    if following is None:
        return ""
    place = f", {following.place}" if following.place else ""
    when = format_weekday_date(following.starts_at_utc)
    return f"{when}, {format_time(following.starts_at_utc)}{place}"

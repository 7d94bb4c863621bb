"""What people do with meetings: plan, change, cancel, and move them from state to state."""

import secrets
from collections.abc import Collection, Sequence
from datetime import date, datetime, time

from overleg.accounts.models import Person
from overleg.audit.states import Verb
from overleg.audit.workflow import Actor, Subject, record
from overleg.db import hold_until_commit, new_id, refuse_stale, session
from overleg.lib.dates import format_span, format_weekday_date, local_date, to_utc
from overleg.lib.errors import NotPossible, Refused
from overleg.lib.text import join_words, upper_first
from overleg.organisations.models import Body
from overleg.scheduling import notices
from overleg.scheduling.models import Meeting, MeetingSeries
from overleg.scheduling.permissions import CHANGEABLE
from overleg.scheduling.queries import last_number, meetings_between
from overleg.scheduling.rhythm import MOST_DAYS, Rhythm
from overleg.scheduling.rules.notices import telling_what_comes_loose
from overleg.scheduling.states import MOVES, MeetingState
from overleg.scheduling.telling import tell_news

VERBS = {
    MeetingState.AGENDA_SENT: Verb.AGENDA_SENT,
    MeetingState.IN_SESSION: Verb.MEETING_OPENED,
    MeetingState.MINUTES: Verb.MEETING_CLOSED,
    MeetingState.APPROVED: Verb.MINUTES_APPROVED,
    MeetingState.CANCELLED: Verb.MEETING_CANCELLED,
}
WAYS_ON = {
    MeetingState.AGENDA_SENT: "de agenda kan verstuurd worden",
    MeetingState.IN_SESSION: "de vergadering kan geopend worden",
    MeetingState.MINUTES: "de vergadering kan gesloten worden",
    MeetingState.APPROVED: "het verslag kan goedgekeurd worden",
    MeetingState.CANCELLED: "de vergadering kan geannuleerd worden",
}
UID_BYTES = 16


def plan_meeting(
    body: Body,
    *,
    starts_at: datetime,
    ends_at: datetime,
    place: str,
    online_url: str,
    by: Actor,
    now: datetime,
    series: MeetingSeries | None = None,
    quiet: bool = False,
) -> Meeting:
    """Plan a meeting between two aware moments; its number is the next of that year in Brussels.

    Planning tells nobody; of a ``quiet`` one nobody is told anything before it is announced.
    Two people who plan at once get two numbers: planning holds the body until the commit.
    Raises ``Refused`` when it lies in the past, ends before it starts, or overlaps with another.
    """
    _refuse_hours(starts_at, ends_at, now)
    hold_until_commit(Body, Body.id == body.id)
    _refuse_overlap(body, starts_at, ends_at)
    year = local_date(starts_at).year
    meeting = Meeting(
        id=new_id(),
        body=body,
        series=series,
        year=year,
        number=last_number(body.id, year) + 1,
        starts_at_utc=starts_at,
        ends_at_utc=ends_at,
        place=place,
        online_url=online_url,
        is_quiet=quiet,
        calendar_uid=f"{secrets.token_hex(UID_BYTES)}@overleg",
        created_at_utc=now,
        changed_at_utc=now,
    )
    session().add(meeting)
    record(Verb.MEETING_PLANNED, meeting, by=by, now=now, to_state=MeetingState.PREPARING)
    session().flush()
    return meeting


def plan_series(
    body: Body,
    *,
    rhythm: Rhythm,
    days: Collection[date],
    from_hour: time,
    to_hour: time,
    place: str,
    online_url: str,
    by: Actor,
    now: datetime,
    quiet: bool = False,
) -> list[Meeting]:
    """Plan meetings on the chosen days of a rhythm, in order; the hours are those of Brussels.

    Raises ``Refused`` for no days or more than ``MOST_DAYS``, and as ``plan_meeting``: then none of
    them is kept, as the request is undone.
    """
    if not days:
        raise Refused("Kies minstens één datum.")
    if len(days) > MOST_DAYS:
        raise Refused(f"Plan hoogstens {MOST_DAYS} vergaderingen tegelijk.")
    in_order = sorted(days)
    series = MeetingSeries(
        id=new_id(),
        body=body,
        rule=rhythm.sentence,
        first_day=in_order[0],
        last_day=in_order[-1],
        starts_at_hour=from_hour,
        created_at_utc=now,
    )
    return [
        plan_meeting(
            body,
            starts_at=to_utc(day, from_hour),
            ends_at=to_utc(day, to_hour),
            place=place,
            online_url=online_url,
            by=by,
            now=now,
            series=series,
            quiet=quiet,
        )
        for day in in_order
    ]


def change_meeting(
    meeting: Meeting,
    *,
    starts_at: datetime,
    ends_at: datetime,
    place: str,
    online_url: str,
    revision: int,
    by: Actor,
    now: datetime,
    quiet: bool = False,
) -> list[Person]:
    """Change when and where; returns who is told by mail. What is the same changes nothing.

    ``quiet`` tells nobody while the agenda is being made: its readers learn day, hours and place
    from the agenda itself. Once that was sent, or within 48 hours before the old or the new start,
    they are told all the same. Of a meeting that was not announced yet nobody is told.
    A meeting that goes to another year before its agenda was sent gets a number there.
    Raises ``NotPossible`` once the meeting has begun or was cancelled, ``EditConflict`` when
    somebody saved since ``revision``; ``Refused`` as planning does, but a meeting that lies in the
    past may keep its hours.
    """
    refuse_when_fixed(meeting)
    refuse_stale(meeting, revision, "deze vergadering")
    before = (meeting.starts_at_utc, meeting.ends_at_utc)
    if (starts_at, ends_at) != before:
        _refuse_hours(starts_at, ends_at, now)
        hold_until_commit(Body, Body.id == meeting.body_id)
        _refuse_overlap(meeting.body, starts_at, ends_at, but=meeting.id)
    elif (place, online_url) == (meeting.place, meeting.online_url):
        return []
    was = notices.describe(meeting)
    with telling_what_comes_loose(meeting.body, now=now):
        meeting.starts_at_utc, meeting.ends_at_utc = starts_at, ends_at
        meeting.place, meeting.online_url = place, online_url
    if meeting.day.year != meeting.year and meeting.state is MeetingState.PREPARING:
        meeting.number = last_number(meeting.body_id, meeting.day.year) + 1
        meeting.year = meeting.day.year
    _touch(meeting, now)
    record(Verb.MEETING_CHANGED, meeting, by=by, now=now, reason=f"Voordien: {was}.")
    session().flush()
    if meeting.is_quiet:
        return []
    tell_news(meeting, now=now)
    urgent = any(notices.is_soon(start, now) for start in (before[0], meeting.starts_at_utc))
    if quiet and not urgent and meeting.state is MeetingState.PREPARING:
        return []
    return notices.tell_changed(meeting, was=was, now=now, urgent=urgent)


def announce_meetings(
    meetings: Sequence[Meeting], *, by: Actor, now: datetime, note: str = ""
) -> list[Person]:
    """Tell of meetings of one body that were planned quietly; returns who gets their one mail.

    ``note`` is a Dutch sentence in that mail: where the date comes from.
    Raises ``NotPossible`` for one that was announced or whose agenda was sent, which says it too.
    """
    for meeting in meetings:
        if not meeting.is_quiet or meeting.state is not MeetingState.PREPARING:
            raise NotPossible(
                f"{upper_first(meeting.the_title)} is al bekendgemaakt. Wijzigt er iets, dan "
                "krijgt wie zetelt daar een mail over."
            )
        meeting.is_quiet = False
        meeting.changed_at_utc = now
        record(
            Verb.MEETING_CHANGED, meeting, by=by, now=now, reason="Bekendgemaakt aan wie zetelt."
        )
        tell_news(meeting, now=now)
    return notices.tell_planned(meetings, now=now, note=note)


def cancel_meeting(meeting: Meeting, *, reason: str, by: Actor, now: datetime) -> list[Person]:
    """Cancel a meeting for a reason that its members read; returns who is told by mail.

    It stays in the calendars as cancelled; of one that was not announced nobody is told.
    Raises ``Refused`` without a reason, ``NotPossible`` once the meeting has begun.
    """
    if not reason.strip():
        raise Refused("Zeg waarom de vergadering niet doorgaat.")
    with telling_what_comes_loose(meeting.body, now=now):
        move_to(meeting, MeetingState.CANCELLED, by=by, now=now, reason=reason.strip())
    return [] if meeting.is_quiet else notices.tell_cancelled(meeting, now=now)


def move_to(
    meeting: Meeting,
    state: MeetingState,
    *,
    by: Actor,
    now: datetime,
    reason: str = "",
    subject: Subject | None = None,
) -> None:
    """Bring a meeting to another state, and tell the journal.

    ``subject`` is what the journal's sentence is about when that is not the meeting itself: the
    version of the agenda that was sent. Raises ``NotPossible``, saying what can be done instead.
    """
    if state not in MOVES[meeting.state]:
        raise NotPossible(what_is_possible(meeting))
    before = meeting.state
    meeting.state = state
    if state is MeetingState.AGENDA_SENT:
        meeting.is_quiet = False
    meeting.state_reason = reason
    _touch(meeting, now)
    record(
        VERBS[state],
        subject or meeting,
        by=by,
        now=now,
        from_state=before,
        to_state=state,
        reason=reason,
    )
    if state in {MeetingState.AGENDA_SENT, MeetingState.CANCELLED}:
        tell_news(meeting, now=now)


def refuse_when_fixed(meeting: Meeting) -> None:
    """Raise ``NotPossible`` when day, hours and place can no longer change."""
    if meeting.state not in CHANGEABLE:
        raise NotPossible(f"{what_is_possible(meeting)} Dag, uur en plaats liggen nu vast.")


def what_is_possible(meeting: Meeting) -> str:
    """Where the meeting stands and what can be done with it, in a Dutch sentence."""
    standing = f"De vergadering van {format_weekday_date(meeting.day)} is {meeting.state.label}"
    ways = [WAYS_ON[state] for state in MeetingState if state in MOVES[meeting.state]]
    if not ways:
        return f"{standing}; daar verandert niets meer aan."
    return f"{standing}. Wat wel kan: {join_words(ways, 'of')}."


def _touch(meeting: Meeting, now: datetime) -> None:
    """Make calendars take the change over (RFC 5545, 3.8.7.4)."""
    meeting.calendar_sequence += 1
    meeting.changed_at_utc = now


def _refuse_hours(starts_at: datetime, ends_at: datetime, now: datetime) -> None:
    if ends_at <= starts_at:
        raise Refused("De vergadering moet later eindigen dan ze begint.")
    if starts_at < now:
        raise Refused("Dit moment is al voorbij. Kies een dag en uur die nog komen.")


def _refuse_overlap(body: Body, starts_at: datetime, ends_at: datetime, *, but: str = "") -> None:
    others = meetings_between(body.id, starts_at, ends_at, but=but)
    if others:
        raise Refused(overlap_sentence(others[0]))


def overlap_sentence(other: Meeting) -> str:
    """Which meeting stands in the way, in a Dutch sentence."""
    hours = format_span(other.starts_at_utc, other.ends_at_utc)
    return (
        f"Op {format_weekday_date(other.starts_at_utc)} van {hours} vergadert "
        f"{other.body.the_call_name} al (nr. {other.label}). Kies een ander moment."
    )

"""Opening a meeting, closing it, and approving its verslag."""

from datetime import datetime

from overleg.agenda.queries.items import items_of_meeting
from overleg.agenda.workflow.order import give_numbers
from overleg.audit.workflow import Actor
from overleg.lib.dates import format_date, local_date
from overleg.lib.errors import NotPossible
from overleg.minutes.models import Minutes
from overleg.minutes.states import MinutesState
from overleg.minutes.workflow.holding import hold_minutes, refuse_when_final
from overleg.scheduling.models import Meeting
from overleg.scheduling.queries import next_meeting_after
from overleg.scheduling.states import MeetingState
from overleg.scheduling.workflow import move_to


def open_meeting(meeting: Meeting, *, by: Actor, now: datetime) -> Minutes:
    """Begin a meeting, or take up again one that was closed by mistake; twice changes nothing.

    Raises ``NotPossible`` before the agenda was sent and after approval.
    """
    minutes = hold_minutes(meeting, now=now)
    refuse_when_final(meeting, minutes)
    if meeting.state is not MeetingState.IN_SESSION:
        give_numbers(meeting, items_of_meeting(meeting))
        move_to(meeting, MeetingState.IN_SESSION, by=by, now=now)
    return minutes


def close_meeting(meeting: Meeting, *, by: Actor, now: datetime) -> Minutes:
    """End a meeting: its members read the draft from now on; twice changes nothing.

    Raises ``NotPossible`` for a meeting that has not begun.
    """
    minutes = hold_minutes(meeting, now=now)
    refuse_when_final(meeting, minutes)
    if meeting.state is not MeetingState.MINUTES:
        move_to(meeting, MeetingState.MINUTES, by=by, now=now)
    return minutes


def why_not_approved_yet(meeting: Meeting, now: datetime) -> str:
    """What stands in the way of approval, in a Dutch sentence; empty when nothing does.

    A verslag is approved at the next meeting of the body, so from that day (in Brussels) on.
    """
    if meeting.state is not MeetingState.MINUTES:
        return (
            f"De vergadering is {meeting.state.label}. "
            "Het verslag goedkeuren kan nadat u de vergadering sloot."
        )
    following = next_meeting_after(meeting)
    if following is None:
        return (
            "Het verslag wordt goedgekeurd op de volgende vergadering, en die is nog niet gepland. "
            "Plan ze eerst."
        )
    if following.day > local_date(now):
        return (
            "Het verslag wordt goedgekeurd op de volgende vergadering, op "
            f"{format_date(following.day)}. Vanaf die dag kan het hier."
        )
    return ""


def approve_minutes(meeting: Meeting, *, by: Actor, now: datetime) -> Minutes:
    """Note that the table approved the verslag: it is final, and read by all in their circle.

    Raises ``NotPossible`` before the meeting was closed, before the day of the next meeting, and
    when it was approved already.
    """
    minutes = hold_minutes(meeting, now=now)
    refuse_when_final(meeting, minutes)
    obstacle = why_not_approved_yet(meeting, now)
    if obstacle:
        raise NotPossible(obstacle)
    minutes.state = MinutesState.APPROVED
    minutes.approved_at_utc = now
    minutes.approved_by_name = by.name
    move_to(meeting, MeetingState.APPROVED, by=by, now=now, subject=minutes)
    return minutes

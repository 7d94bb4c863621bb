"""Opening a meeting, closing it, and approving its verslag."""

from collections.abc import Sequence
from datetime import datetime

from overleg.agenda.models import AgendaItem
from overleg.agenda.queries.items import items_of_meeting
from overleg.agenda.states import ItemKind
from overleg.agenda.workflow.order import give_numbers
from overleg.agenda.workflow.treatment import leave_for_later, treat_item
from overleg.audit.workflow import Actor
from overleg.db import session
from overleg.decisions.models import Outcome
from overleg.decisions.states import OutcomeKind
from overleg.lib.dates import format_date, local_date
from overleg.lib.errors import NotPossible
from overleg.lib.text import count_of
from overleg.minutes.models import Minutes
from overleg.minutes.permissions import NOTES_OPEN
from overleg.minutes.queries.presence import in_words, writers_now
from overleg.minutes.queries.versions import open_remarks
from overleg.minutes.states import MinutesState
from overleg.minutes.workflow.drafting import draft_missing
from overleg.minutes.workflow.holding import hold_minutes, refuse_when_final
from overleg.minutes.workflow.versions import freeze
from overleg.scheduling.models import Meeting
from overleg.scheduling.queries import next_meeting_after, previous_meeting
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

    Items with an outcome but without a text get a first text of their own.

    Raises ``NotPossible`` for a meeting that has not begun.
    """
    minutes = hold_minutes(meeting, now=now)
    refuse_when_final(meeting, minutes)
    if meeting.state is not MeetingState.MINUTES:
        if meeting.state is MeetingState.IN_SESSION:
            draft_missing(meeting, by=by, now=now)
        move_to(meeting, MeetingState.MINUTES, by=by, now=now)
    return minutes


def settle_untreated(
    meeting: Meeting,
    postponed: Sequence[AgendaItem],
    treated: Sequence[AgendaItem],
    *,
    by: Actor,
    now: datetime,
) -> None:
    """Say what became of points without an outcome: they wait for a next meeting, or were treated.

    Raises ``NotPossible`` after approval and for a meeting that is not under way.
    """
    minutes = hold_minutes(meeting, now=now)
    refuse_when_final(meeting, minutes)
    if (postponed or treated) and meeting.state not in NOTES_OPEN:
        raise NotPossible(f"De vergadering is {meeting.state.label}: er is nog niets behandeld.")
    for item in postponed:
        leave_for_later(item, by=by, now=now)
    for item in treated:
        treat_item(item, by=by, now=now)


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


def why_not_approved(meeting: Meeting, minutes: Minutes | None, *, by: Actor, now: datetime) -> str:
    """What stands in the way of approval now: also somebody who writes, and open remarks."""
    return (
        why_not_approved_yet(meeting, now)
        or _who_still_writes(meeting, by, now)
        or (_what_was_remarked(minutes) if minutes else "")
    )


def approve_minutes(meeting: Meeting, *, by: Actor, now: datetime) -> Minutes:
    """Note that the table approved the verslag: it is final, and read by all in their circle.

    Raises ``NotPossible`` before the meeting was closed, before the day of the next meeting, and
    when it was approved already.
    """
    minutes = hold_minutes(meeting, now=now)
    refuse_when_final(meeting, minutes)
    obstacle = why_not_approved(meeting, minutes, by=by, now=now)
    if obstacle:
        raise NotPossible(obstacle)
    minutes.state = MinutesState.APPROVED
    minutes.approved_at_utc = now
    minutes.approved_by_name = by.name
    freeze(minutes, by=by, now=now)
    move_to(meeting, MeetingState.APPROVED, by=by, now=now, subject=minutes)
    return minutes


def approve_at_next(outcome: Outcome, by: Actor, now: datetime) -> str:
    """Approve the previous verslag where the table agreed so at the point that is about it.

    Returns what came of it in a Dutch sentence; empty when the point or the outcome is another, or
    when there is nothing to approve.
    """
    agreed = outcome.kind in {OutcomeKind.NOTED, OutcomeKind.AGREEMENT}
    if outcome.item.kind is not ItemKind.MINUTES_APPROVAL or not agreed:
        return ""
    before = previous_meeting(outcome.item.meeting)
    if before is None or before.state is not MeetingState.MINUTES:
        return ""
    try:
        with session().begin_nested():
            approve_minutes(before, by=by, now=now)
    except NotPossible as obstacle:
        return f"Het verslag van {format_date(before.day)} is nog niet goedgekeurd. {obstacle}"
    return f"Het verslag van {format_date(before.day)} is goedgekeurd."


def _who_still_writes(meeting: Meeting, by: Actor, now: datetime) -> str:
    writers = writers_now(meeting, now, but=by.id or "")
    if not writers:
        return ""
    return f"{in_words(writers)} Goedkeuren kan zodra iedereen klaar is met schrijven."


def _what_was_remarked(minutes: Minutes) -> str:
    number = open_remarks(minutes)
    if not number:
        return ""
    what = count_of(number, "opmerking wacht", "opmerkingen wachten")
    return f"{what} nog op een antwoord. Behandel ze eerst bij “Opmerkingen”."

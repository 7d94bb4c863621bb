"""What becomes of the points of a meeting that was cancelled: back to wait, or along."""

from collections.abc import Sequence
from datetime import datetime

from overleg.agenda.models import AgendaItem
from overleg.agenda.queries.wishes import still_waiting
from overleg.agenda.workflow.items import continue_item, schedule_proposal
from overleg.agenda.workflow.order import hold_agenda, lock_agenda
from overleg.agenda.workflow.treatment import leave_for_later
from overleg.audit.workflow import Actor
from overleg.lib.errors import NotPossible
from overleg.scheduling.models import Meeting
from overleg.scheduling.states import MeetingState


def release_points(meeting: Meeting, *, by: Actor, now: datetime) -> Sequence[AgendaItem]:
    """Let the points of a cancelled meeting wait again for a meeting; returns them.

    Raises ``NotPossible`` when the meeting was not cancelled, or none of its points waits here any
    longer.
    """
    lock_agenda(meeting)
    if meeting.state is not MeetingState.CANCELLED:
        raise NotPossible("Deze vergadering is niet geannuleerd: haar punten blijven op de agenda.")
    items = still_waiting(meeting)
    if not items:
        raise NotPossible("De punten van deze vergadering kregen intussen al een plaats.")
    for item in items:
        leave_for_later(item, by=by, now=now)
    return items


def carry_over(
    meeting: Meeting, following: Meeting, *, by: Actor, now: datetime
) -> Sequence[AgendaItem]:
    """Put the points of a cancelled meeting on the agenda of a later one, as new points.

    Returns the new points. Raises ``NotPossible`` as ``release_points`` does, and when the agenda
    of the later meeting is closed.
    """
    hold_agenda(following)
    return [
        continue_item(following, item, by=by, now=now)
        if item.proposal is None
        else schedule_proposal(following, item.proposal, by=by, now=now)
        for item in release_points(meeting, by=by, now=now)
    ]

"""Several points of an agenda in one go: all that was asked for, and the minutes of each."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from overleg.agenda.models import AgendaItem, Proposal
from overleg.agenda.queries.items import items_of_meeting
from overleg.agenda.workflow.items import schedule_proposal
from overleg.agenda.workflow.order import guard_scheduled, hold_agenda, number_items
from overleg.audit.states import Verb
from overleg.audit.workflow import Actor, record
from overleg.db import session
from overleg.lib.errors import NotPossible
from overleg.scheduling.models import Meeting


def schedule_several(
    meeting: Meeting, proposals: Sequence[Proposal], *, by: Actor, now: datetime
) -> tuple[list[AgendaItem], list[Proposal]]:
    """Put these proposals on the agenda in this order; returns their points and what stayed.

    What waits no longer, because somebody else withdrew or scheduled it meanwhile, stays as it is.
    Raises ``NotPossible`` when the agenda is closed.
    """
    hold_agenda(meeting)
    made, stayed = [], []
    for proposal in proposals:
        try:
            with session().begin_nested():
                made.append(schedule_proposal(meeting, proposal, by=by, now=now))
        except NotPossible:
            stayed.append(proposal)
    return made, stayed


def set_minutes(
    meeting: Meeting,
    minutes: Mapping[str, int],
    *,
    shown: Mapping[str, int],
    by: Actor,
    now: datetime,
) -> tuple[list[AgendaItem], list[AgendaItem]]:
    """Give points of this agenda the minutes they need, by id; ``shown`` are those of the page.

    Returns the points that changed, and those that somebody else gave other minutes since the page
    was read: these stay. Points that left the agenda are passed over. Raises ``NotPossible`` when
    the agenda is closed.
    """
    hold_agenda(meeting)
    typed = {key: value for key, value in minutes.items() if value != shown.get(key)}
    meant = [
        item
        for item in items_of_meeting(meeting)
        if typed.get(item.id, item.minutes_needed) != item.minutes_needed
    ]
    kept = [
        item for item in meant if shown.get(item.id, item.minutes_needed) != item.minutes_needed
    ]
    changed = [item for item in meant if item not in kept]
    for item in changed:
        guard_scheduled(item)
        item.minutes_needed = minutes[item.id]
        item.revision += 1
        record(Verb.ITEM_CHANGED, item, by=by, now=now)
    if changed:
        session().flush()
        number_items(meeting, items_of_meeting(meeting))
    return changed, kept

"""What became of a point in the meeting, as its outcome tells."""

from datetime import datetime

from overleg.agenda.models import AgendaItem, Proposal
from overleg.agenda.queries.items import OPEN_STATES, item_that_continues, items_of_proposal
from overleg.agenda.states import ItemState, ProposalState
from overleg.agenda.workflow.marking import (
    mark_reinstated,
    mark_scheduled,
    mark_treated,
    mark_unscheduled,
    mark_withdrawn,
)
from overleg.audit.states import Verb
from overleg.audit.workflow import Actor, record
from overleg.lib.errors import NotPossible
from overleg.scheduling.states import MeetingState


def treat_item(item: AgendaItem, *, by: Actor, now: datetime) -> None:
    """Note that the table treated a point, and its proposal with it; twice changes nothing.

    Raises ``NotPossible`` when its proposal stands elsewhere by now.
    """
    if item.state is ItemState.TREATED:
        return
    if item.proposal is not None:
        _lay_on_table(item, item.proposal, by=by, now=now)
        mark_treated(item.proposal, by=by, now=now)
    item.state = ItemState.TREATED


def withdraw_item(item: AgendaItem, *, by: Actor, now: datetime) -> None:
    """Note that a point was withdrawn in the meeting, and its proposal with it.

    The point keeps its place and its number; twice changes nothing. Raises ``NotPossible`` as
    ``treat_item`` does.
    """
    if item.state is ItemState.WITHDRAWN:
        return
    if item.proposal is not None:
        _lay_on_table(item, item.proposal, by=by, now=now)
        mark_withdrawn(item.proposal, by=by, now=now)
    item.state = ItemState.WITHDRAWN


def await_treatment(item: AgendaItem, *, by: Actor, now: datetime) -> None:
    """Note that a point was not treated after all: what was said of it was a mistake.

    A postponed point that came on another agenda meanwhile stays postponed; twice changes nothing.
    """
    if went_elsewhere(item):
        return
    if item.proposal is not None:
        _lay_on_table(item, item.proposal, by=by, now=now)
    item.state = ItemState.SCHEDULED


def went_elsewhere(item: AgendaItem) -> bool:
    """Whether a point was postponed and waits no longer: it came on another agenda, or ended."""
    if item.state is not ItemState.POSTPONED:
        return False
    proposal = item.proposal
    waits = proposal is None or proposal.state is ProposalState.VALIDATED
    return not waits or item_that_continues(item.id) is not None


def leave_for_later(item: AgendaItem, *, by: Actor, now: datetime) -> None:
    """Note that the table postponed a point: its proposal waits again, the point keeps its number.

    Also corrects a point that was noted as treated or withdrawn by mistake; twice changes nothing.
    """
    if item.state is ItemState.POSTPONED:
        return
    record(
        Verb.ITEM_POSTPONED,
        item,
        by=by,
        now=now,
        from_state=item.state,
        to_state=ItemState.POSTPONED,
    )
    if item.proposal is not None:
        _let_wait(item, item.proposal, by=by, now=now)
    item.state = ItemState.POSTPONED


def _lay_on_table(item: AgendaItem, proposal: Proposal, *, by: Actor, now: datetime) -> None:
    """Have the proposal stand on this agenda as before anything was noted of the point."""
    if item.state is ItemState.SCHEDULED:
        return
    if item.state is ItemState.POSTPONED:
        _refuse_when_elsewhere(item, proposal)
    else:
        _let_wait(item, proposal, by=by, now=now)
    mark_scheduled(proposal, by=by, now=now)


def _let_wait(item: AgendaItem, proposal: Proposal, *, by: Actor, now: datetime) -> None:
    """Have the proposal of a point that was not postponed wait for a meeting."""
    if item.state is ItemState.WITHDRAWN:
        mark_reinstated(proposal, by=by, now=now)
    else:
        mark_unscheduled(proposal, by=by, now=now)


def _refuse_when_elsewhere(item: AgendaItem, proposal: Proposal) -> None:
    """Raise ``NotPossible`` when a postponed proposal came on another agenda, saying where."""
    points = items_of_proposal(proposal.id)
    scheduled = next((each for each in points if each.state is ItemState.SCHEDULED), None)
    later = scheduled or item_that_continues(item.id)
    if later is None:
        return
    there = later.meeting
    if there.state in OPEN_STATES:
        way_on = "Haal het daar eerst van de agenda, of noteer daar wat ervan komt."
    elif there.state is MeetingState.CANCELLED:
        way_on = "Die is geannuleerd: kies daar eerst wat met de punten gebeurt."
    else:
        way_on = "Noteer daar wat ervan komt."
    raise NotPossible(
        f"“{proposal.title}” staat intussen op de agenda van {there.the_title}. {way_on}"
    )

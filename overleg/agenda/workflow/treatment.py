"""What became of a point in the meeting, as its outcome tells."""

from datetime import datetime

from overleg.agenda.models import AgendaItem, Proposal
from overleg.agenda.queries.items import OPEN_STATES, items_of_proposal
from overleg.agenda.states import ItemState, ProposalState
from overleg.agenda.workflow.marking import mark_scheduled, mark_treated, mark_unscheduled
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
    proposal = item.proposal
    if proposal is not None:
        if item.state is ItemState.POSTPONED:
            _refuse_when_elsewhere(proposal)
            mark_scheduled(proposal, by=by, now=now)
        mark_treated(proposal, by=by, now=now)
    item.state = ItemState.TREATED


def await_treatment(item: AgendaItem, *, by: Actor, now: datetime) -> None:
    """Note that a point was not treated after all: what was said of it was a mistake.

    A postponed point whose proposal went elsewhere meanwhile stays postponed; twice changes
    nothing.
    """
    proposal = item.proposal
    if item.state is ItemState.TREATED:
        item.state = ItemState.SCHEDULED
        if proposal is not None and proposal.state is ProposalState.TREATED:
            mark_unscheduled(proposal, by=by, now=now)
            mark_scheduled(proposal, by=by, now=now)
    elif item.state is ItemState.POSTPONED and (
        proposal is None or proposal.state is ProposalState.VALIDATED
    ):
        item.state = ItemState.SCHEDULED
        if proposal is not None:
            mark_scheduled(proposal, by=by, now=now)


def leave_for_later(item: AgendaItem, *, by: Actor, now: datetime) -> None:
    """Note that the table postponed a point: its proposal waits again, the point keeps its number.

    Also corrects a point that was noted as treated by mistake; twice changes nothing.
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
    item.state = ItemState.POSTPONED
    if item.proposal is not None:
        mark_unscheduled(item.proposal, by=by, now=now)


def _refuse_when_elsewhere(proposal: Proposal) -> None:
    """Raise ``NotPossible`` when a postponed proposal waits on another agenda, saying where."""
    points = items_of_proposal(proposal.id)
    there = next((each.meeting for each in points if each.state is ItemState.SCHEDULED), None)
    if there is None:
        return
    if there.state in OPEN_STATES:
        way_on = "Haal het daar eerst van de agenda, of noteer daar wat ervan komt."
    elif there.state is MeetingState.CANCELLED:
        way_on = "Die is geannuleerd: kies daar eerst wat met de punten gebeurt."
    else:
        way_on = "Noteer daar wat ervan komt."
    raise NotPossible(f"“{proposal.title}” staat intussen op de agenda van {there.title}. {way_on}")

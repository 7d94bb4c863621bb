"""What the agenda does with a proposal: it is put on, taken off, treated."""

from datetime import datetime

from overleg.agenda.models import Proposal
from overleg.agenda.states import ProposalState
from overleg.agenda.workflow.moves import move
from overleg.audit.states import Verb
from overleg.audit.workflow import Actor
from overleg.lib.errors import NotPossible


def mark_scheduled(proposal: Proposal, *, by: Actor, now: datetime) -> None:
    """Note that a validated proposal was put on an agenda. Raises ``NotPossible``."""
    move(proposal, ProposalState.SCHEDULED, Verb.PROPOSAL_SCHEDULED, by=by, now=now)


def mark_unscheduled(proposal: Proposal, *, by: Actor, now: datetime, reason: str = "") -> None:
    """Note that it was taken off an agenda: it is validated again. Raises ``NotPossible``."""
    if proposal.state not in {ProposalState.SCHEDULED, ProposalState.TREATED}:
        raise NotPossible(f"“{proposal.title}” is {proposal.state.label} en staat op geen agenda.")
    move(
        proposal, ProposalState.VALIDATED, Verb.PROPOSAL_UNSCHEDULED, by=by, now=now, reason=reason
    )


def mark_treated(proposal: Proposal, *, by: Actor, now: datetime) -> None:
    """Note that a scheduled proposal was treated in the meeting. Raises ``NotPossible``."""
    move(proposal, ProposalState.TREATED, Verb.PROPOSAL_TREATED, by=by, now=now)


def mark_withdrawn(proposal: Proposal, *, by: Actor, now: datetime) -> None:
    """Note that a scheduled proposal was withdrawn in the meeting. Raises ``NotPossible``."""
    move(proposal, ProposalState.WITHDRAWN, Verb.PROPOSAL_WITHDRAWN_AT_TABLE, by=by, now=now)


def mark_reinstated(proposal: Proposal, *, by: Actor, now: datetime) -> None:
    """Note that it was not withdrawn after all: it is validated again. Raises ``NotPossible``."""
    move(proposal, ProposalState.VALIDATED, Verb.PROPOSAL_REINSTATED, by=by, now=now)

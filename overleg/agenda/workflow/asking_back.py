"""Asking a submitted proposal back to change it, and the answer to that."""

from datetime import datetime

from overleg.accounts.models import Person
from overleg.agenda.models import Proposal
from overleg.agenda.notices import tell_submitter
from overleg.agenda.permissions import CORRECTABLE
from overleg.agenda.side_notices import tell_asked_back, tell_not_given_back
from overleg.agenda.states import ProposalState
from overleg.agenda.workflow.moves import move
from overleg.agenda.workflow.validation import stop_rounds
from overleg.audit.states import Verb
from overleg.audit.workflow import record
from overleg.lib.errors import NotPossible, Refused


def ask_back(proposal: Proposal, *, reason: str, by: Person, now: datetime) -> None:
    """Ask to get it back for a change. Validation goes on until somebody answers.

    Raises ``NotPossible`` before it is submitted, from the agenda on and when it was asked
    already; ``Refused`` without reason.
    """
    if proposal.state is ProposalState.SCHEDULED:
        raise NotPossible(
            "Het staat al op een agenda. Vraag een ondersteuner om het agendapunt aan te passen, "
            "of trek het voorstel in."
        )
    if proposal.state not in CORRECTABLE:
        raise NotPossible(
            f"“{proposal.title}” is {proposal.state.label} en hoeft niet teruggevraagd te worden."
        )
    if proposal.asked_back_at_utc is not None:
        raise NotPossible("Dit voorstel is al teruggevraagd; de ondersteuners antwoorden.")
    if not reason.strip():
        raise Refused("Zeg in enkele woorden wat u wilt wijzigen.")
    proposal.asked_back_at_utc, proposal.asked_back_reason = now, reason.strip()
    record(Verb.PROPOSAL_ASKED_BACK, proposal, by=by, now=now, reason=reason.strip())
    tell_asked_back(proposal, by=by, now=now)


def _guard(proposal: Proposal) -> None:
    if proposal.state not in CORRECTABLE or proposal.asked_back_at_utc is None:
        raise NotPossible(
            f"“{proposal.title}” is {proposal.state.label} en niet (meer) teruggevraagd."
        )


def give_back(proposal: Proposal, *, by: Person, now: datetime) -> None:
    """Give it back as it was asked: validation stops, and starts anew when it is submitted again.

    Raises ``NotPossible`` when nobody asked it back.
    """
    _guard(proposal)
    reason = f"Teruggevraagd: {proposal.asked_back_reason}"
    _forget(proposal)
    stop_rounds(proposal, now=now)
    move(proposal, ProposalState.RETURNED, Verb.PROPOSAL_RETURNED, by=by, now=now, reason=reason)
    tell_submitter(proposal, now=now)


def not_give_back(proposal: Proposal, *, reason: str, by: Person, now: datetime) -> None:
    """Have it go on as it is. Raises ``NotPossible``, or ``Refused`` without reason."""
    _guard(proposal)
    if not reason.strip():
        raise Refused("Geef een reden: wie het terugvroeg, krijgt ze te lezen.")
    _forget(proposal)
    record(Verb.PROPOSAL_NOT_GIVEN_BACK, proposal, by=by, now=now, reason=reason.strip())
    tell_not_given_back(proposal, reason.strip(), now=now)


def _forget(proposal: Proposal) -> None:
    proposal.asked_back_at_utc, proposal.asked_back_reason = None, ""

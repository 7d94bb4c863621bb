"""The general director lets a proposal leave the organisation, or sends it back to its writer."""

from datetime import datetime

from overleg.accounts.models import Person
from overleg.agenda.models import Proposal
from overleg.agenda.notices import tell_submitter
from overleg.agenda.queries.directors import directors_of
from overleg.agenda.states import ProposalState
from overleg.agenda.workflow.moves import move
from overleg.agenda.workflow.submitting import enter_validation
from overleg.audit.states import Verb
from overleg.lib.dates import local_date
from overleg.lib.errors import NotPossible, Refused

PASSED = "Er is nog geen algemeen directeur met een account."


def _guard(proposal: Proposal) -> None:
    if proposal.state is not ProposalState.AWAITING_SIGN_OFF:
        raise NotPossible(
            f"“{proposal.title}” wacht niet op de algemeen directeur: het is "
            f"{proposal.state.label}."
        )


def sign_off(proposal: Proposal, *, by: Person, now: datetime) -> None:
    """Agree as general director: the proposal is submitted. Raises ``NotPossible``."""
    _guard(proposal)
    enter_validation(proposal, by=by, now=now, verb=Verb.PROPOSAL_SIGNED_OFF)


def return_to_writer(proposal: Proposal, *, reason: str, by: Person, now: datetime) -> None:
    """Send it back as general director. Raises ``NotPossible``, or ``Refused`` without reason."""
    _guard(proposal)
    if not reason.strip():
        raise Refused("Geef een reden: wie het schreef, krijgt ze te lezen.")
    move(
        proposal,
        ProposalState.RETURNED,
        Verb.PROPOSAL_RETURNED,
        by=by,
        now=now,
        reason=reason.strip(),
    )
    tell_submitter(proposal, now=now)


def pass_without_director(proposal: Proposal, *, by: Person, now: datetime) -> None:
    """Let it go on as support staff, where the organisation has no director with an account.

    Raises ``NotPossible`` as soon as there is one.
    """
    _guard(proposal)
    if directors := directors_of(proposal.organisation_id, local_date(now)):
        raise NotPossible(
            f"{directors[0].name} heeft nu een account en beslist zelf over dit voorstel."
        )
    enter_validation(proposal, by=by, now=now, verb=Verb.PROPOSAL_SIGNED_OFF, told=PASSED)

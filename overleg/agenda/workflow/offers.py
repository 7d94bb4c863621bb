"""What a body does with a proposal that another body referred to it: accept it, or send it back."""

from datetime import datetime

from overleg.accounts.models import Person
from overleg.agenda.models import Proposal
from overleg.agenda.referral_notices import tell_accepted, tell_sent_back
from overleg.agenda.states import ProposalState
from overleg.agenda.workflow.moves import move
from overleg.agenda.workflow.validation import begin_validation
from overleg.audit.states import Verb
from overleg.audit.workflow import record
from overleg.db import session
from overleg.lib.errors import NotPossible, Refused
from overleg.lib.text import upper_first


def accept_offer(continued: Proposal, *, by: Person, now: datetime) -> None:
    """Take an offered proposal: from now on it is submitted here, and its validation begins.

    Raises ``NotPossible`` when it is no longer offered.
    """
    _check_offered(continued)
    move(continued, ProposalState.SUBMITTED, Verb.PROPOSAL_ACCEPTED, by=by, now=now)
    continued.submitted_at_utc = now
    session().flush()
    tell_accepted(continued, by=by, now=now)
    begin_validation(continued, by=by, now=now)


def send_back_offer(continued: Proposal, *, reason: str, by: Person, now: datetime) -> None:
    """Send an offered proposal back with a reason: the step that referred it decides again there.

    What the other table had treated stays treated. Raises ``NotPossible`` when it is no longer
    offered, ``Refused`` without a reason.
    """
    origin = _check_offered(continued)
    reason = reason.strip()
    if not reason:
        raise Refused("Geef een reden: de indiener en het andere overleg krijgen ze te lezen.")
    move(continued, ProposalState.REFUSED, Verb.PROPOSAL_SENT_BACK, by=by, now=now, reason=reason)
    told = f"{upper_first(continued.body.the_name)} neemt het niet over. {reason}"
    if origin.state is not ProposalState.REFERRED:
        record(Verb.PROPOSAL_SENT_BACK, origin, by=by, now=now, reason=told)
        tell_sent_back(continued, origin, by=by, now=now)
        return
    move(origin, ProposalState.SUBMITTED, Verb.PROPOSAL_SENT_BACK, by=by, now=now, reason=told)
    session().flush()
    tell_sent_back(continued, origin, by=by, now=now)
    begin_validation(origin, by=by, now=now)


def _check_offered(continued: Proposal) -> Proposal:
    """The proposal it came from. Raises ``NotPossible`` when there is nothing to answer."""
    if continued.state is not ProposalState.OFFERED or continued.referred_from is None:
        raise NotPossible(
            f"“{continued.title}” is {continued.state.label}: "
            "er valt niets meer te aanvaarden of terug te sturen."
        )
    return continued.referred_from

"""Moving a proposal from one state to another; the one place that does."""

from datetime import datetime

from overleg.agenda.models import Proposal
from overleg.agenda.states import PROPOSAL_MOVES, ProposalState
from overleg.audit.states import Verb
from overleg.audit.workflow import Actor, record
from overleg.lib.errors import NotPossible
from overleg.lib.text import join_words

TO_DO = {
    ProposalState.AWAITING_SIGN_OFF: "voorgelegd worden aan de algemeen directeur",
    ProposalState.OFFERED: "aangeboden worden",
    ProposalState.SUBMITTED: "ingediend worden",
    ProposalState.IN_VALIDATION: "ter validatie gelegd worden",
    ProposalState.VALIDATED: "gevalideerd worden",
    ProposalState.RETURNED: "teruggestuurd worden",
    ProposalState.SCHEDULED: "op een agenda gezet worden",
    ProposalState.TREATED: "behandeld worden",
    ProposalState.WITHDRAWN: "ingetrokken worden",
    ProposalState.REFUSED: "geweigerd worden",
    ProposalState.REFERRED: "verwezen worden",
    ProposalState.DRAFT: "opnieuw een concept worden",
}
ENDED_IN_MEETING = frozenset({ProposalState.TREATED, ProposalState.WITHDRAWN})
"""What moves on only where the meeting's outcome is corrected."""


def check_move(proposal: Proposal, to: ProposalState) -> None:
    """Raise ``NotPossible``, with what is possible, when this state does not know that move."""
    possible = PROPOSAL_MOVES[proposal.state]
    if to in possible:
        return
    now_is = f"“{proposal.title}” is {proposal.state.label} en kan niet meer {TO_DO[to]}."
    if proposal.state is ProposalState.REFERRED:
        raise NotPossible(f"{now_is} Het ligt nu bij het overleg waarnaar het verwezen is.")
    if not possible or proposal.state in ENDED_IN_MEETING:
        raise NotPossible(f"{now_is} Daarmee is het afgerond; dien zo nodig een nieuw voorstel in.")
    rest = join_words((TO_DO[state] for state in ProposalState if state in possible), "of")
    raise NotPossible(f"{now_is} Het kan nog wel {rest}.")


def move(
    proposal: Proposal,
    to: ProposalState,
    verb: Verb,
    *,
    by: Actor,
    now: datetime,
    reason: str = "",
) -> None:
    """Move the proposal and journal it; ``now`` in UTC. Raises ``NotPossible``."""
    check_move(proposal, to)
    before = proposal.state
    proposal.state = to
    proposal.state_reason = reason
    proposal.changed_at_utc = now
    record(verb, proposal, by=by, now=now, from_state=before, to_state=to, reason=reason)

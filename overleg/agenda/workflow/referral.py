"""Referring a proposal to another body: it ends here and goes on there, in the same dossier."""

from datetime import datetime

from overleg.agenda.models import Annex, Proposal
from overleg.agenda.states import ProposalState
from overleg.agenda.workflow.moves import check_move, move
from overleg.audit.states import Verb
from overleg.audit.workflow import Actor, record
from overleg.db import new_id, session
from overleg.lib.errors import NotPossible
from overleg.organisations.models import Body


def refer_proposal(
    proposal: Proposal, to: Body, *, reason: str, by: Actor, now: datetime
) -> Proposal:
    """End the proposal as referred and give back its continuation, submitted to the other body.

    Words, submitter, circle and annexes go along; the wish for a meeting does not. Raises
    ``NotPossible`` when the state does not allow it or the body is the same or another's.
    """
    check_move(proposal, ProposalState.REFERRED)
    if to.id == proposal.body_id or to.is_external:
        raise NotPossible(f"Naar {to.name} kan dit voorstel niet verwezen worden.")
    continued = Proposal(
        id=new_id(),
        dossier_id=proposal.dossier_id,
        body=to,
        title=proposal.title,
        explanation_html=proposal.explanation_html,
        function=proposal.function,
        kind=proposal.kind,
        asked=proposal.asked,
        minutes_needed=proposal.minutes_needed,
        circle=proposal.circle,
        submitter_id=proposal.submitter_id,
        organisation_id=proposal.organisation_id,
        created_by_id=proposal.created_by_id,
        referred_from_id=proposal.id,
        state=ProposalState.SUBMITTED,
        created_at_utc=now,
        changed_at_utc=now,
        submitted_at_utc=now,
        annexes=[
            Annex(
                id=new_id(),
                file_id=annex.file_id,
                title=annex.title,
                position=annex.position,
                circle=annex.circle,
            )
            for annex in proposal.annexes
        ],
    )
    session().add(continued)
    told = f"Naar {to.name}. {reason}".strip()
    move(proposal, ProposalState.REFERRED, Verb.PROPOSAL_REFERRED, by=by, now=now, reason=told)
    session().flush()
    record(
        Verb.PROPOSAL_SUBMITTED,
        continued,
        by=by,
        now=now,
        to_state=ProposalState.SUBMITTED,
        reason=f"Verwezen door {proposal.body.name}. {reason}".strip(),
    )
    return continued

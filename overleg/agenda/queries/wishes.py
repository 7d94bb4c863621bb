"""Who an agenda still waits for: proposals that wished it, people asked to submit along."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from overleg.agenda.models import AgendaItem, CoSubmitter, Proposal
from overleg.agenda.states import CoSubmitterState, ItemKind, ItemState, ProposalState
from overleg.db import session
from overleg.scheduling.models import Meeting


def not_yet_validated(meeting: Meeting) -> Sequence[Proposal]:
    """Proposals that wish this meeting and are still in validation, oldest first."""
    return (
        session()
        .scalars(
            select(Proposal)
            .where(
                Proposal.wished_meeting_id == meeting.id,
                Proposal.body_id == meeting.body_id,
                Proposal.state.in_([ProposalState.SUBMITTED, ProposalState.IN_VALIDATION]),
            )
            .order_by(Proposal.submitted_at_utc, Proposal.id)
        )
        .all()
    )


def unconfirmed_co_submitters(items: Sequence[AgendaItem]) -> Sequence[CoSubmitter]:
    """Who was asked to submit one of these points along and did not answer, with the person."""
    return (
        session()
        .scalars(
            select(CoSubmitter)
            .where(
                CoSubmitter.proposal_id.in_([i.proposal_id for i in items if i.proposal_id]),
                CoSubmitter.state == CoSubmitterState.ASKED,
            )
            .order_by(CoSubmitter.asked_at_utc, CoSubmitter.id)
            .options(joinedload(CoSubmitter.person))
        )
        .all()
    )


def still_waiting(meeting: Meeting) -> Sequence[AgendaItem]:
    """Points of a cancelled meeting that found no other place yet, in order; fixed ones apart."""
    return (
        session()
        .scalars(
            select(AgendaItem)
            .where(
                AgendaItem.meeting_id == meeting.id,
                AgendaItem.position > 0,
                AgendaItem.state == ItemState.SCHEDULED,
                AgendaItem.kind.in_([ItemKind.PROPOSAL, ItemKind.OWN]),
            )
            .order_by(AgendaItem.position, AgendaItem.id)
            .options(joinedload(AgendaItem.proposal))
        )
        .all()
    )

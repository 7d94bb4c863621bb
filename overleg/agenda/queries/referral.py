"""The trail of a proposal over several bodies, as far as who looks may know it."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from overleg.agenda.models import Proposal
from overleg.agenda.permissions import reads_along
from overleg.agenda.queries.proposals import visible_proposals
from overleg.agenda.states import ProposalState
from overleg.db import session
from overleg.organisations.viewer import Viewer


@dataclass(frozen=True)
class TrailStep:
    """The proposal in one body; ``is_visible`` when the viewer may open it there."""

    proposal: Proposal
    is_visible: bool
    is_here: bool


def referral_trail(viewer: Viewer, proposal: Proposal) -> Sequence[TrailStep]:
    """Where a proposal came from and went on, oldest first; empty when it was never referred.

    The submitter's side and who steers here are told every step, others the steps they may read.
    """
    family = _family(proposal)
    if len(family) == 1:
        return []
    visible = set(
        session().scalars(
            select(Proposal.id).where(
                Proposal.id.in_([each.id for each in family]), visible_proposals(viewer)
            )
        )
    )
    told_all = reads_along(viewer, proposal)
    steps = [
        TrailStep(each, each.id in visible, each.id == proposal.id)
        for each in family
        if told_all or each.id in visible
    ]
    return steps if len(steps) > 1 else []


def offered_continuation(proposal: Proposal) -> Proposal | None:
    """The continuation that another body did not answer yet, if any."""
    return session().scalar(
        select(Proposal).where(
            Proposal.referred_from_id == proposal.id, Proposal.state == ProposalState.OFFERED
        )
    )


def _family(proposal: Proposal) -> list[Proposal]:
    """Every proposal of one chain of referrals, oldest first."""
    first = proposal
    while first.referred_from is not None:
        first = first.referred_from
    found, layer = [first], [first.id]
    while layer:
        next_ones = (
            session()
            .scalars(
                select(Proposal)
                .where(Proposal.referred_from_id.in_(layer))
                .options(joinedload(Proposal.body))
                .order_by(Proposal.created_at_utc, Proposal.id)
            )
            .all()
        )
        found.extend(next_ones)
        layer = [each.id for each in next_ones]
    return found

"""A topic through time: the proposals of one dossier and the meetings where they came."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import and_, exists, or_, select
from sqlalchemy.orm import joinedload

from overleg.agenda.models import AgendaItem, Proposal, SentItem
from overleg.agenda.queries.proposals import visible_proposals
from overleg.db import session
from overleg.organisations.viewer import Viewer
from overleg.scheduling.models import Meeting


@dataclass(frozen=True)
class Treatment:
    """A proposal of a dossier and, where it stands on a sent agenda, that point and its meeting."""

    proposal: Proposal
    item: AgendaItem | None
    meeting: Meeting | None


def dossier_treatments(viewer: Viewer, proposal: Proposal) -> Sequence[Treatment]:
    """The other proposals of the dossier, and the meetings where any of them came, oldest first."""
    rows = session().execute(
        select(Proposal, AgendaItem, Meeting)
        .select_from(Proposal)
        .outerjoin(
            AgendaItem,
            and_(
                AgendaItem.proposal_id == Proposal.id,
                viewer.readable(Proposal.body_id, AgendaItem.circle),
                exists(
                    select(SentItem.id).where(
                        SentItem.item_id == AgendaItem.id,
                        viewer.readable(Proposal.body_id, SentItem.circle),
                    )
                ),
            ),
        )
        .outerjoin(Meeting, Meeting.id == AgendaItem.meeting_id)
        .where(
            Proposal.dossier_id == proposal.dossier_id,
            visible_proposals(viewer),
            or_(Proposal.id != proposal.id, Meeting.id.is_not(None)),
        )
        .options(joinedload(Proposal.body))
        .order_by(Meeting.starts_at_utc, Proposal.created_at_utc, Proposal.id)
    )
    return [Treatment(*row) for row in rows]

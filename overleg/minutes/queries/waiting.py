"""Points that were not treated, and those that wait for a next meeting."""

from collections.abc import Sequence

from sqlalchemy import exists, select
from sqlalchemy.orm import aliased, contains_eager

from overleg.agenda.models import AgendaItem
from overleg.agenda.states import ItemKind, ItemState
from overleg.db import session
from overleg.decisions.models import Outcome
from overleg.organisations.models import Body
from overleg.organisations.viewer import Viewer
from overleg.scheduling.models import Meeting

FIXED = (ItemKind.MINUTES_APPROVAL, ItemKind.ANY_OTHER_BUSINESS)


def untreated_items(meeting: Meeting) -> Sequence[AgendaItem]:
    """The points of a meeting without an outcome, in order; the fixed ones left out."""
    return (
        session()
        .scalars(
            select(AgendaItem)
            .where(
                AgendaItem.meeting_id == meeting.id,
                AgendaItem.position > 0,
                AgendaItem.state == ItemState.SCHEDULED,
                AgendaItem.kind.not_in(FIXED),
                ~exists().where(Outcome.item_id == AgendaItem.id),
            )
            .order_by(AgendaItem.position, AgendaItem.id)
        )
        .all()
    )


def waiting_items(viewer: Viewer, body: Body) -> Sequence[AgendaItem]:
    """Points of a body that were postponed and not taken up again, oldest first, with the meeting.

    For those who prepare its agendas; others get none. One statement at most.
    """
    if not viewer.steers(body.id):
        return []
    later = aliased(AgendaItem)
    return (
        session()
        .scalars(
            select(AgendaItem)
            .join(AgendaItem.meeting)
            .where(
                Meeting.body_id == body.id,
                AgendaItem.state == ItemState.POSTPONED,
                ~exists().where(later.continues_id == AgendaItem.id, later.position > 0),
            )
            .options(contains_eager(AgendaItem.meeting))
            .order_by(Meeting.starts_at_utc, AgendaItem.position, AgendaItem.id)
        )
        .all()
    )

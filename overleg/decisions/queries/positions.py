"""Shared positions and to whom they were sent, for who reads the outcome."""

from collections.abc import Collection, Sequence

from sqlalchemy import select
from sqlalchemy.orm import contains_eager

from overleg.agenda.models import AgendaItem
from overleg.db import session
from overleg.decisions.models import Outcome, PositionSending
from overleg.decisions.queries.outcomes import readable
from overleg.decisions.states import OutcomeKind
from overleg.lib.errors import NotFound
from overleg.organisations.viewer import Viewer
from overleg.scheduling.models import Meeting


def positions_of(viewer: Viewer, *, page: int, page_size: int) -> tuple[Sequence[Outcome], bool]:
    """A page of positions this viewer reads, newest meeting first, and whether more follow."""
    found = (
        session()
        .scalars(
            select(Outcome)
            .join(Outcome.item)
            .join(AgendaItem.meeting)
            .where(Outcome.kind == OutcomeKind.POSITION, readable(viewer))
            .options(
                contains_eager(Outcome.item)
                .contains_eager(AgendaItem.meeting)
                .joinedload(Meeting.body)
            )
            .order_by(Meeting.starts_at_utc.desc(), AgendaItem.position, Outcome.id)
            .offset((page - 1) * page_size)
            .limit(page_size + 1)
        )
        .all()
    )
    return found[:page_size], len(found) > page_size


def sendings_of(outcome_ids: Collection[str]) -> dict[str, list[PositionSending]]:
    """To whom each of these was sent, the first one first; one statement."""
    found: dict[str, list[PositionSending]] = {}
    for sending in session().scalars(
        select(PositionSending)
        .where(PositionSending.outcome_id.in_(sorted(outcome_ids)))
        .order_by(PositionSending.sent_on, PositionSending.addressee, PositionSending.id)
    ):
        found.setdefault(sending.outcome_id, []).append(sending)
    return found


def sending_by_id(viewer: Viewer, sending_id: str) -> PositionSending:
    """One sending of a position this viewer reads. Raises ``NotFound``."""
    found = session().scalar(
        select(PositionSending)
        .join(PositionSending.outcome)
        .join(Outcome.item)
        .join(AgendaItem.meeting)
        .where(PositionSending.id == sending_id, readable(viewer))
        .options(
            contains_eager(PositionSending.outcome)
            .contains_eager(Outcome.item)
            .contains_eager(AgendaItem.meeting)
            .joinedload(Meeting.body)
        )
    )
    if found is None:
        raise NotFound
    return found

"""Which rows came from a municipality that ended."""

from collections.abc import Collection, Sequence

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from overleg.db import session
from overleg.decisions.models import FollowUpMove


def moves_of(follow_up_ids: Collection[str]) -> dict[str, list[FollowUpMove]]:
    """The moves of these rows, the first one first, with both municipalities; one statement."""
    found: dict[str, list[FollowUpMove]] = {}
    moves: Sequence[FollowUpMove] = (
        session()
        .scalars(
            select(FollowUpMove)
            .where(FollowUpMove.follow_up_id.in_(sorted(follow_up_ids)))
            .options(
                joinedload(FollowUpMove.from_organisation),
                joinedload(FollowUpMove.to_organisation),
            )
            .order_by(FollowUpMove.moved_on, FollowUpMove.id)
        )
        .all()
    )
    for move in moves:
        found.setdefault(move.follow_up_id, []).append(move)
    return found

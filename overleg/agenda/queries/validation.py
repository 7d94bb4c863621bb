"""Who supports a body, and where a proposal can be referred to."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import and_, or_, select

from overleg.accounts.models import Person
from overleg.db import session
from overleg.organisations.models import Body
from overleg.organisations.queries.bodies import people_with_role
from overleg.organisations.states import Role
from overleg.organisations.viewer import Viewer


def support_staff(body_id: str, on: date) -> Sequence[Person]:
    """Who supports the body on a day (in Brussels)."""
    return people_with_role(body_id, Role.SUPPORT, on)


def referral_targets(viewer: Viewer, body: Body) -> Sequence[Body]:
    """Our own bodies to which this one's proposals can go: the viewer's, and the region's."""
    same_region = (
        and_(Body.region_id.is_not(None), Body.region_id == body.region_id)
        if body.region_id is not None
        else Body.id.in_([])
    )
    return (
        session()
        .scalars(
            select(Body)
            .where(
                Body.id != body.id,
                Body.is_external.is_(False),
                or_(Body.id.in_(sorted(viewer.body_ids)), same_region),
            )
            .order_by(Body.name, Body.id)
        )
        .all()
    )

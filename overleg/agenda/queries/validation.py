"""Who answers in a validation step, and where a proposal can be referred to."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import and_, or_, select

from overleg.accounts.models import Person
from overleg.agenda.permissions import ROLE_OF_STEP
from overleg.db import session
from overleg.organisations.models import Body, RoleAssignment
from overleg.organisations.states import Role, ValidatedBy
from overleg.organisations.viewer import Viewer


def people_with_role(body_id: str, role: Role, on: date) -> Sequence[Person]:
    """Who has this role in the body on a day (in Brussels) and can still sign in, by name."""
    return (
        session()
        .scalars(
            select(Person)
            .where(
                Person.id.in_(
                    select(RoleAssignment.person_id).where(
                        RoleAssignment.body_id == body_id,
                        RoleAssignment.role == role,
                        RoleAssignment.valid_on(on),
                    )
                ),
                Person.disabled_at_utc.is_(None),
            )
            .order_by(Person.name, Person.id)
        )
        .all()
    )


def validators(body_id: str, validated_by: ValidatedBy, on: date) -> Sequence[Person]:
    """Who answers in a step of this kind on a day (in Brussels)."""
    return people_with_role(body_id, ROLE_OF_STEP[validated_by], on)


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

"""Bodies, who sits at their tables, and who leads and supports them."""

from collections.abc import Collection, Sequence
from datetime import date
from typing import NamedTuple

from sqlalchemy import (
    ColumnElement,
    Date,
    Select,
    bindparam,
    case,
    false,
    func,
    or_,
    select,
    true,
)
from sqlalchemy.orm import aliased, contains_eager, joinedload, selectinload

from overleg.accounts.models import Person
from overleg.db import rows_of, session
from overleg.lib.errors import NotFound
from overleg.one_of import is_one_of
from overleg.organisations.models import Body, Organisation, RoleAssignment, Seat
from overleg.organisations.remembered import once_per_access
from overleg.organisations.states import BodyKind, OrganisationKind, Role, SeatFunction, SeatKind
from overleg.organisations.viewer import Viewer

BY_SEAT_KIND = case({kind: place for place, kind in enumerate(SeatKind)}, value=Seat.kind)
MAYORS_FIRST = case((Seat.function == SeatFunction.MAYOR, 0), else_=1)
_DAY = bindparam("day", type_=Date())
_WITH_ROLE = (
    select(Person)
    .where(
        Person.id.in_(
            select(RoleAssignment.person_id).where(
                RoleAssignment.body_id == bindparam("body_id"),
                RoleAssignment.role == bindparam("role"),
                RoleAssignment.holds_on(_DAY),
            )
        )
    )
    .order_by(Person.name, Person.id)
)
_CAN_SIGN_IN = _WITH_ROLE.where(Person.disabled_at_utc.is_(None))


def bodies(viewer: Viewer) -> Sequence[Body]:
    """The bodies that exist for this person, by name; others' bodies (a zoneraad) come last."""
    return _listed(is_one_of(Body.id, viewer.body_ids))


class OwnBody(NamedTuple):
    """A body that meets here, as the start page lists it."""

    name: str
    slug: str
    kind: BodyKind
    region_name: str | None


def own_bodies(viewer: Viewer) -> list[OwnBody]:
    """The bodies of this person that meet here, by name; one statement."""
    return [OwnBody(*row) for row in rows_of(_own_bodies(viewer))]


@once_per_access
def _own_bodies(viewer: Viewer) -> Select[str, str, BodyKind, str | None]:
    region = aliased(Organisation)
    return (
        select(Body.name, Body.slug, Body.kind, region.name)
        .outerjoin(region, Body.region_id == region.id)
        .where(is_one_of(Body.id, viewer.body_ids), Body.is_external.is_(False))
        .order_by(func.lower(Body.name), Body.id)
    )


def managed_bodies(viewer: Viewer) -> Sequence[Body]:
    """The bodies whose settings and seats this person keeps; all of them for administrators."""
    return _listed(_managed_by(viewer))


def bodies_of_region(viewer: Viewer, region: Organisation) -> Sequence[Body]:
    """The bodies of a region that exist for this person or that they keep."""
    seen = or_(is_one_of(Body.id, viewer.body_ids), _managed_by(viewer))
    return _listed((Body.region_id == region.id) & seen)


def _managed_by(viewer: Viewer) -> ColumnElement[bool]:
    if viewer.is_administrator:
        return true()
    supported = viewer.bodies_as(Role.SUPPORT)
    return Body.id.in_(sorted(supported)) if supported else false()


def _listed(condition: ColumnElement[bool]) -> Sequence[Body]:
    return (
        session()
        .scalars(
            select(Body)
            .options(joinedload(Body.region), selectinload(Body.supporters))
            .where(condition)
            .order_by(Body.is_external, func.lower(Body.name), Body.id)
        )
        .all()
    )


def body_by_slug(viewer: Viewer, slug: str) -> Body:
    """The body with this slug, if this person may see it; raises ``NotFound``.

    Administrators keep a body's settings (:func:`body_to_manage`) but do not read its content.
    """
    return _one(Body.slug == slug, is_one_of(Body.id, viewer.body_ids))


def body_to_manage(viewer: Viewer, slug: str) -> Body:
    """The body with this slug, for its support staff and for administrators; or ``NotFound``."""
    return _one(Body.slug == slug, _managed_by(viewer))


def _one(*conditions: ColumnElement[bool]) -> Body:
    found = session().scalar(
        select(Body)
        .options(
            joinedload(Body.region),
            selectinload(Body.supporters),
            selectinload(Body.validation_steps),
        )
        .where(*conditions)
    )
    if found is None:
        raise NotFound
    return found


def seats_of(body_id: str, on: date) -> Sequence[Seat]:
    """The seats at a body's table on a day (in Brussels), with organisation and person.

    Members, then advisory members, then guests; mayors first, by name. One statement.
    """
    return (
        session()
        .scalars(
            select(Seat)
            .join(Seat.organisation)
            .options(contains_eager(Seat.organisation), joinedload(Seat.person))
            .where(Seat.body_id == body_id, Seat.valid_on(on))
            .order_by(BY_SEAT_KIND, MAYORS_FIRST, Organisation.name, Seat.function, Seat.id)
        )
        .all()
    )


def seat_of(body: Body, seat_id: str) -> Seat:
    """A seat of this body; raises ``NotFound``."""
    found = session().scalar(
        select(Seat)
        .options(joinedload(Seat.organisation), joinedload(Seat.person))
        .where(Seat.id == seat_id, Seat.body_id == body.id)
    )
    if found is None:
        raise NotFound
    return found


def voting_municipalities(body: Body, on: date) -> Sequence[Organisation]:
    """The municipalities with a voting seat on a day, by name: those whose colleges follow up."""
    seated = select(Seat.organisation_id).where(
        Seat.body_id == body.id, Seat.kind == SeatKind.VOTING, Seat.valid_on(on)
    )
    return (
        session()
        .scalars(
            select(Organisation)
            .where(Organisation.id.in_(seated), Organisation.kind == OrganisationKind.MUNICIPALITY)
            .order_by(Organisation.name, Organisation.id)
        )
        .all()
    )


def people_with_role(body_id: str, role: Role, on: date) -> Sequence[Person]:
    """Who has this role in a body on a day (in Brussels) and can still sign in, by name."""
    return session().scalars(_CAN_SIGN_IN, {"body_id": body_id, "role": role, "day": on}).all()


def steering_roles(body_id: str, on: date) -> set[Role]:
    """The roles of a body itself that somebody has on a day (in Brussels)."""
    query = select(RoleAssignment.role).where(
        RoleAssignment.body_id == body_id, RoleAssignment.valid_on(on)
    )
    return set(session().scalars(query.distinct()))


def current_chair(body: Body, on: date) -> Person | None:
    """Who chairs, or chaired, the body on a day, also when that account was closed since.

    With two at once the first by name, with none None.
    """
    given = {"body_id": body.id, "role": Role.CHAIR, "day": on}
    return session().scalar(_WITH_ROLE.limit(1), given)


def other_own_bodies(body: Body) -> Sequence[Body]:
    """Our own bodies of every region but this one, by region and name; those of no region last."""
    return (
        session()
        .scalars(
            select(Body)
            .outerjoin(Body.region)
            .options(contains_eager(Body.region))
            .where(Body.id != body.id, Body.is_external.is_(False))
            .order_by(Organisation.name.is_(None), Organisation.name, Body.name, Body.id)
        )
        .all()
    )


def bodies_with_slugs(slugs: Collection[str]) -> Sequence[Body]:
    """These bodies, by name, whoever looks; for the command line."""
    return _listed(Body.slug.in_(slugs))

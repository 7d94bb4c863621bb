"""Bodies, who sits at their tables, and who leads and supports them."""

from collections.abc import Collection, Sequence
from datetime import date

from sqlalchemy import ColumnElement, case, false, or_, select, true
from sqlalchemy.orm import joinedload, selectinload

from overleg.accounts.models import Person
from overleg.db import session
from overleg.lib.errors import NotFound
from overleg.lib.text import count_of
from overleg.organisations.models import Body, Organisation, RoleAssignment, Seat
from overleg.organisations.states import OrganisationKind, Role, SeatFunction, SeatKind, ValidatedBy
from overleg.organisations.viewer import Viewer

BY_SEAT_KIND = case({kind: place for place, kind in enumerate(SeatKind)}, value=Seat.kind)
MAYORS_FIRST = case((Seat.function == SeatFunction.MAYOR, 0), else_=1)


def bodies(viewer: Viewer) -> Sequence[Body]:
    """The bodies that exist for this person, by name; others' bodies (a zoneraad) come last."""
    return _listed(Body.id.in_(sorted(viewer.body_ids)))


def managed_bodies(viewer: Viewer) -> Sequence[Body]:
    """The bodies whose settings and seats this person keeps; all of them for administrators."""
    return _listed(_managed_by(viewer))


def bodies_of_region(viewer: Viewer, region: Organisation) -> Sequence[Body]:
    """The bodies of a region that exist for this person or that they keep."""
    seen = or_(Body.id.in_(sorted(viewer.body_ids)), _managed_by(viewer))
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
            .order_by(Body.is_external, Body.name, Body.id)
        )
        .all()
    )


def body_by_slug(viewer: Viewer, slug: str) -> Body:
    """The body with this slug, if this person may see it; raises ``NotFound``.

    Administrators keep a body's settings (:func:`body_to_manage`) but do not read its content.
    """
    return _one(Body.slug == slug, Body.id.in_(sorted(viewer.body_ids)))


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


def seats_of(body: Body, on: date) -> Sequence[Seat]:
    """The seats at the table on a day: members, advisory members, guests; mayors first, by name."""
    return (
        session()
        .scalars(
            select(Seat)
            .join(Seat.organisation)
            .options(joinedload(Seat.organisation), joinedload(Seat.person))
            .where(Seat.body_id == body.id, Seat.valid_on(on))
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


def people_with_role(body: Body, role: Role, on: date) -> Sequence[Person]:
    """The people with this role in the body on a day, by name."""
    return (
        session()
        .scalars(
            select(Person)
            .join(RoleAssignment, RoleAssignment.person_id == Person.id)
            .where(
                RoleAssignment.body_id == body.id,
                RoleAssignment.role == role,
                RoleAssignment.valid_on(on),
            )
            .distinct()
            .order_by(Person.name, Person.id)
        )
        .all()
    )


def current_chair(body: Body, on: date) -> Person | None:
    """Who chairs the body on a day; with two at once the first by name, with none None."""
    return next(iter(people_with_role(body, Role.CHAIR, on)), None)


def committee_of(body: Body, on: date) -> Sequence[Person]:
    """The agendacommissie on a day, by name."""
    return people_with_role(body, Role.COMMITTEE, on)


def validation_warnings(body: Body, on: date) -> list[str]:
    """What would keep proposals waiting on a day: an empty chair, a committee under its quorum."""
    chairs = len(people_with_role(body, Role.CHAIR, on))
    committee = len(committee_of(body, on))
    found = []
    for step in body.validation_steps:
        if step.validated_by is ValidatedBy.CHAIR and not chairs:
            found.append(f"Stap {step.position} wacht op de voorzitter, maar die is er niet.")
        if step.validated_by is ValidatedBy.COMMITTEE and committee < step.quorum:
            members = count_of(committee, "lid", "leden")
            found.append(
                f"Stap {step.position} vraagt {step.quorum} antwoorden, maar de agendacommissie "
                f"telt {members}."
            )
    return found


def bodies_with_slugs(slugs: Collection[str]) -> Sequence[Body]:
    """These bodies, by name, whoever looks; for the command line."""
    return _listed(Body.slug.in_(slugs))

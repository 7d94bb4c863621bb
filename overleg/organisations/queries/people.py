"""People and their roles, as far as who looks may manage them."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, CompoundSelect, and_, func, or_, select, true
from sqlalchemy.orm import joinedload

from overleg.accounts.models import Person
from overleg.db import session
from overleg.lib.errors import NotFound
from overleg.organisations.models import (
    Body,
    BodySupporter,
    Membership,
    Organisation,
    RoleAssignment,
    Seat,
)
from overleg.organisations.queries.organisations import towns_of_regions_of
from overleg.organisations.states import BODY_ROLES, Role
from overleg.organisations.viewer import Viewer


@dataclass(frozen=True)
class Scope:
    """Where somebody may give and end roles: everywhere, or in some bodies and organisations."""

    everywhere: bool
    body_ids: frozenset[str] = frozenset()
    organisation_ids: frozenset[str] = frozenset()

    def covers(self, role: Role, body_id: str | None, organisation_id: str | None) -> bool:
        """Whether a role in this place is theirs to give or end."""
        if self.everywhere:
            return True
        if role in BODY_ROLES:
            return body_id in self.body_ids
        return role is not Role.ADMINISTRATOR and organisation_id in self.organisation_ids


def scope_of(viewer: Viewer) -> Scope:
    """The scope of who looks.

    Administrators: everywhere. Support staff: their bodies, and the organisations they support
    (:func:`supported_by`). One shared with others (a province, an association at several tables)
    is left to administrators: a role there would open another region's table. Two statements at
    most.
    """
    if viewer.is_administrator:
        return Scope(everywhere=True)
    body_ids = viewer.bodies_as(Role.SUPPORT)
    if not body_ids:
        return Scope(everywhere=False)
    return Scope(everywhere=False, body_ids=body_ids, organisation_ids=supported_by(viewer))


def supported_by(viewer: Viewer) -> frozenset[str]:
    """The ids of the organisations for which this person is support staff; two statements.

    Those that have a seat in or support a body of theirs, if they are of the region of their
    bodies or at no other body of ours.
    """
    body_ids = viewer.bodies_as(Role.SUPPORT)
    own = Body.id.in_(sorted(body_ids))
    towns = towns_of_regions_of(body_ids, viewer.on)
    others = _around(~own & ~Body.is_external, viewer.on).subquery()
    shared = select(others.c.organisation_id).where(others.c.organisation_id.not_in(towns))
    around = frozenset(session().scalars(_around(own, viewer.on)))
    return around - frozenset(session().scalars(shared))


def is_supported(viewer: Viewer, organisation: Organisation) -> bool:
    """Whether this person is support staff for the organisation; one statement.

    That is of a body in which it sits (or sat, when it merged away), if it is of the region of
    their bodies or sits at no other table of ours: a guest from elsewhere keeps its own.
    """
    body_ids = viewer.bodies_as(Role.SUPPORT)
    if not body_ids:
        return False
    seats = select(Seat.id).where(Seat.organisation_id == organisation.id)
    own = seats.where(Seat.body_id.in_(sorted(body_ids)))
    if organisation.valid_on(viewer.on):
        own = own.where(Seat.valid_on(viewer.on))
    elsewhere = seats.join(Seat.body).where(
        Seat.body_id.not_in(sorted(body_ids)), ~Body.is_external, Seat.valid_on(viewer.on)
    )
    towns = towns_of_regions_of(body_ids, viewer.on).where(Membership.member_id == organisation.id)
    theirs = and_(own.exists(), or_(towns.exists(), ~elsewhere.exists()))
    return session().scalar(select(theirs)) or False


def _around(bodies: ColumnElement[bool], on: date) -> CompoundSelect[str]:
    """The ids of the organisations with a seat in, or supporting, these bodies on a day."""
    seated = (
        select(Seat.organisation_id)
        .join(Body, Body.id == Seat.body_id)
        .where(bodies, Seat.valid_on(on))
    )
    supporting = (
        select(BodySupporter.organisation_id)
        .join(Body, Body.id == BodySupporter.body_id)
        .where(bodies)
    )
    return seated.union(supporting)


def _within(scope: Scope) -> ColumnElement[bool]:
    if scope.everywhere:
        return true()
    bodies, organisations = sorted(scope.body_ids), sorted(scope.organisation_ids)
    by_role = select(RoleAssignment.person_id).where(
        or_(
            RoleAssignment.body_id.in_(bodies),
            RoleAssignment.organisation_id.in_(organisations),
        )
    )
    by_seat = select(Seat.person_id).where(Seat.body_id.in_(bodies), Seat.person_id.is_not(None))
    return or_(Person.id.in_(by_role), Person.id.in_(by_seat))


def find_people(
    scope: Scope, text: str, *, offset: int = 0, limit: int = 50
) -> tuple[Sequence[Person], int]:
    """A page of the people in scope whose name or e-mail holds the text, and how many there are."""
    condition = [_within(scope)]
    if text:
        condition.append(
            or_(
                Person.name.icontains(text, autoescape=True),
                Person.email.icontains(text, autoescape=True),
            )
        )
    total = session().scalar(select(func.count(Person.id)).where(*condition)) or 0
    rows = session().scalars(
        select(Person)
        .where(*condition)
        .order_by(Person.name, Person.id)
        .offset(offset)
        .limit(limit)
    )
    return rows.all(), total


def person_to_manage(scope: Scope, person_id: str) -> Person:
    """A person in scope; raises ``NotFound``."""
    found = session().scalar(select(Person).where(Person.id == person_id, _within(scope)))
    if found is None:
        raise NotFound
    return found


def roles_of_person(*people: Person) -> Sequence[RoleAssignment]:
    """All roles of these people, ended ones too, newest first; with body and organisation."""
    return (
        session()
        .scalars(
            select(RoleAssignment)
            .options(joinedload(RoleAssignment.body), joinedload(RoleAssignment.organisation))
            .where(RoleAssignment.person_id.in_([person.id for person in people]))
            .order_by(RoleAssignment.valid_from.desc(), RoleAssignment.role, RoleAssignment.id)
        )
        .all()
    )


def seats_of_person(person: Person) -> Sequence[Seat]:
    """All seats of a person, former ones too, newest first."""
    return (
        session()
        .scalars(
            select(Seat)
            .options(joinedload(Seat.body), joinedload(Seat.organisation))
            .where(Seat.person_id == person.id)
            .order_by(Seat.valid_from.desc(), Seat.id)
        )
        .all()
    )


def roles_of_body(body: Body) -> Sequence[RoleAssignment]:
    """All roles in a body, ended ones too: by role, newest first, with the person."""
    return (
        session()
        .scalars(
            select(RoleAssignment)
            .join(RoleAssignment.person)
            .options(joinedload(RoleAssignment.person))
            .where(RoleAssignment.body_id == body.id)
            .order_by(RoleAssignment.role, RoleAssignment.valid_from.desc(), Person.name)
        )
        .all()
    )


def role_to_manage(scope: Scope, role_id: str) -> RoleAssignment:
    """A role that is in scope; raises ``NotFound``."""
    found = session().get(RoleAssignment, role_id)
    if found is None or not scope.covers(found.role, found.body_id, found.organisation_id):
        raise NotFound
    return found


def partner_of(viewer: Viewer) -> Sequence[Organisation]:
    """The organisations somebody is a partner of, by name."""
    ids = sorted(viewer.organisations_as(Role.PARTNER))
    return (
        session()
        .scalars(select(Organisation).where(Organisation.id.in_(ids)).order_by(Organisation.name))
        .all()
    )


def people_for_organisations(
    organisation_ids: Collection[str], roles: Collection[Role], on: date
) -> list[tuple[Person, Organisation]]:
    """Who has one of these roles for these organisations on a day, by organisation and name."""
    rows = session().execute(
        select(Person, Organisation)
        .join(RoleAssignment, RoleAssignment.person_id == Person.id)
        .join(Organisation, RoleAssignment.organisation_id == Organisation.id)
        .where(
            RoleAssignment.organisation_id.in_(organisation_ids),
            RoleAssignment.role.in_(roles),
            RoleAssignment.valid_on(on),
            Person.disabled_at_utc.is_(None),
        )
        .order_by(Organisation.name, Person.name, Person.id)
    )
    return [(person, organisation) for person, organisation in rows]

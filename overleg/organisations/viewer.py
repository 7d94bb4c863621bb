"""Who looks: the roles and seats of a person on a day, and what follows from them.

The one place that says which bodies a person may see and to which circle:

- a voting or advisory seat, or the role of support staff, chair or committee member of the body:
  up to *burgemeesters*;
- a guest's seat, or a role as mayor, director, partner or secretariat of an organisation that has
  a seat in the body or supports it: up to *besturen*;
- a councillor of such an organisation: *openbaar*;
- anyone else: the body does not exist.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Date,
    and_,
    bindparam,
    false,
    null,
    or_,
    select,
    true,
    type_coerce,
    union_all,
)
from sqlalchemy.orm import InstrumentedAttribute, aliased, load_only

from overleg.accounts.models import Person
from overleg.db import session
from overleg.documents.states import Circle
from overleg.one_of import is_one_of
from overleg.organisations.models import (
    Body,
    BodySupporter,
    Organisation,
    RoleAssignment,
    Seat,
)
from overleg.organisations.states import BODY_ROLES, Role, SeatKind

REACH_BY_ROLE = {
    Role.SUPPORT: Circle.MAYORS,
    Role.CHAIR: Circle.MAYORS,
    Role.COMMITTEE: Circle.MAYORS,
    Role.MAYOR: Circle.ADMINISTRATIONS,
    Role.DIRECTOR: Circle.ADMINISTRATIONS,
    Role.PARTNER: Circle.ADMINISTRATIONS,
    Role.SECRETARIAT: Circle.ADMINISTRATIONS,
    Role.COUNCILLOR: Circle.PUBLIC,
}
DAY: Any = bindparam("day", type_=Date)
WHO: Any = bindparam("person_id")

# One statement that every page asks, so it is built once. Its rows are, in this order: a role as it
# was given; a seat of one's own; a table reached by a role for an organisation that sits there;
# the same for an organisation that supports it.
_ROWS = union_all(
    select(
        RoleAssignment.role.label("role"),
        RoleAssignment.body_id.label("body_id"),
        RoleAssignment.organisation_id.label("organisation_id"),
        null().label("seat_kind"),
    ).where(RoleAssignment.person_id == WHO, RoleAssignment.valid_on(DAY)),
    select(null(), Seat.body_id, Seat.organisation_id, Seat.kind).where(
        Seat.person_id == WHO, Seat.valid_on(DAY)
    ),
    select(RoleAssignment.role, Seat.body_id, Seat.organisation_id, null())
    .join(Seat, Seat.organisation_id == RoleAssignment.organisation_id)
    .where(RoleAssignment.person_id == WHO, RoleAssignment.valid_on(DAY), Seat.valid_on(DAY)),
    select(RoleAssignment.role, BodySupporter.body_id, BodySupporter.organisation_id, null())
    .join(BodySupporter, BodySupporter.organisation_id == RoleAssignment.organisation_id)
    .where(RoleAssignment.person_id == WHO, RoleAssignment.valid_on(DAY)),
).subquery()
_REGION = aliased(Organisation)
# Somebody without any role or seat is a row too: the person, and nothing beside.
REACH_OF = (
    select(
        Person,
        type_coerce(_ROWS.c.role, RoleAssignment.role.type),
        _ROWS.c.body_id,
        _ROWS.c.organisation_id,
        type_coerce(_ROWS.c.seat_kind, Seat.kind.type),
        Body.name,
        Body.short_name,
        Body.slug,
        Body.is_external,
        _REGION.colour,
    )
    .select_from(Person)
    .outerjoin(_ROWS, true())
    .outerjoin(Body, Body.id == _ROWS.c.body_id)
    .outerjoin(_REGION, _REGION.id == Body.region_id)
    .where(Person.id == WHO)
    .options(load_only(Person.name, Person.email, Person.session_version, Person.disabled_at_utc))
)

PROPOSING_ROLES = frozenset({Role.MAYOR, Role.DIRECTOR, Role.PARTNER})


@dataclass(frozen=True)
class Grant:
    """A role of the viewer and where it holds."""

    role: Role
    body_id: str | None
    organisation_id: str | None


@dataclass(frozen=True)
class Access:
    """All that decides what a viewer may see; two with the same access see the same."""

    person_id: str
    on: date
    grants: frozenset[Grant]
    reach: frozenset[tuple[str, Circle]]
    seated_in: frozenset[str]


@dataclass(frozen=True)
class KnownBody:
    """A body that exists for the viewer, as the top bar shows it."""

    name: str
    short_name: str
    slug: str
    is_external: bool
    colour: str

    @property
    def call_name(self) -> str:
        """The short name where there is one."""
        return self.short_name or self.name


@dataclass(frozen=True)
class Viewer:
    """A person (or nobody) on a day."""

    person: Person | None
    on: date
    grants: frozenset[Grant] = frozenset()
    reach: Mapping[str, Circle] = field(default_factory=dict)
    seated_in: frozenset[str] = frozenset()
    """Bodies in which this person has a seat of their own, not as a guest."""
    bodies: Mapping[str, KnownBody] = field(default_factory=dict)
    """The bodies of ``reach``, by id."""

    @property
    def signed_in(self) -> bool:
        """Whether somebody signed in."""
        return self.person is not None

    @property
    def person_id(self) -> str:
        """The person's id; an empty text, which matches nothing, for nobody."""
        return self.person.id if self.person is not None else ""

    @property
    def access(self) -> Access:
        """What the answers of this viewer follow from, as a value to compare."""
        reach = frozenset(self.reach.items())
        return Access(self.person_id, self.on, self.grants, reach, self.seated_in)

    @property
    def is_administrator(self) -> bool:
        """Whether this person keeps the service: accounts, roles, organisations, mail."""
        return any(grant.role is Role.ADMINISTRATOR for grant in self.grants)

    @property
    def body_ids(self) -> frozenset[str]:
        """The bodies that exist for this person."""
        return frozenset(self.reach)

    def bodies_as(self, *roles: Role) -> frozenset[str]:
        """The bodies in which this person has one of these roles."""
        return frozenset(g.body_id for g in self.grants if g.role in roles and g.body_id)

    def organisations_as(self, *roles: Role) -> frozenset[str]:
        """The organisations for which this person has one of these roles."""
        return frozenset(
            g.organisation_id for g in self.grants if g.role in roles and g.organisation_id
        )

    def supports(self, body_id: str) -> bool:
        """Whether this person is support staff of the body."""
        return body_id in self.bodies_as(Role.SUPPORT)

    def steers(self, body_id: str) -> bool:
        """Whether this person prepares the body's agenda: support staff, chair or committee."""
        return body_id in self.bodies_as(*BODY_ROLES)

    def may_read(self, body_id: str, circle: Circle) -> bool:
        """Whether something of this circle in this body may be read."""
        own = self.reach.get(body_id)
        return own is not None and circle in own.readable

    def readable(
        self,
        body_id: InstrumentedAttribute[str],
        circle: InstrumentedAttribute[Circle],
    ) -> ColumnElement[bool]:
        """The same as a condition for a query, on a column of bodies and one of circles."""
        by_reach: dict[Circle, list[str]] = {}
        for body, own in sorted(self.reach.items()):
            by_reach.setdefault(own, []).append(body)
        return or_(
            false(),
            *(
                and_(is_one_of(body_id, bodies), is_one_of(circle, own.readable))
                for own, bodies in by_reach.items()
            ),
        )


def nobody(on: date) -> Viewer:
    """The viewer of somebody who did not sign in."""
    return Viewer(person=None, on=on)


def viewer_for(person: Person, on: date) -> Viewer:
    """What this person may see on a day (a calendar day in Brussels); one statement."""
    return viewer_by_id(person.id, on) or Viewer(person, on)


def viewer_by_id(person_id: str, on: date) -> Viewer | None:
    """The person of this id and what they may see on a day; None for nobody; one statement."""
    person: Person | None = None
    grants: set[Grant] = set()
    reach: dict[str, Circle] = {}
    seated_in: set[str] = set()
    bodies: dict[str, KnownBody] = {}
    rows = session().execute(REACH_OF, {"person_id": person_id, "day": on})
    for whose, role, body_id, organisation_id, seat_kind, *body in rows:
        person = whose
        if role is not None and (body_id is None or organisation_id is None):
            grants.add(Grant(role, body_id, organisation_id))
        if body_id is None:
            continue
        bodies[body_id] = KnownBody(*body)
        _widen(reach, body_id, _circle(role, seat_kind))
        if seat_kind is not None and seat_kind is not SeatKind.GUEST:
            seated_in.add(body_id)
    if person is None:
        return None
    return Viewer(person, on, frozenset(grants), reach, frozenset(seated_in), bodies)


def _circle(role: Role | None, seat_kind: SeatKind | None) -> Circle:
    """How far a role, or a seat of one's own, reads."""
    if role is not None:
        return REACH_BY_ROLE[role]
    return Circle.ADMINISTRATIONS if seat_kind is SeatKind.GUEST else Circle.MAYORS


def _widen(reach: dict[str, Circle], key: str, circle: Circle) -> None:
    if key not in reach or circle.rank > reach[key].rank:
        reach[key] = circle

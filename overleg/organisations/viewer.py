"""Who looks: the roles and seats of a person on a day, and what follows from them.

The one place that says which bodies a person may see and to which circle:

- a voting or advisory seat, or the role of support staff, chair or committee member of the body:
  up to *burgemeesters*;
- a guest's seat, or a role as mayor, director, partner or secretariat of an organisation that has
  a seat in the body or supports it: up to *besturen*;
- a councillor of such an organisation: *openbaar*;
- anyone else: the body does not exist.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from sqlalchemy import (
    ColumnElement,
    CompoundSelect,
    Date,
    Row,
    and_,
    bindparam,
    false,
    literal,
    or_,
    select,
    union_all,
)
from sqlalchemy.orm import InstrumentedAttribute

from overleg.accounts.models import Person
from overleg.db import session
from overleg.documents.states import Circle
from overleg.organisations.models import BodySupporter, RoleAssignment, Seat
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
ORGANISATIONS: Any = bindparam("organisation_ids", expanding=True)

# Every page asks these two, so they are built once.
ROLES_OF = select(
    RoleAssignment.role, RoleAssignment.body_id, RoleAssignment.organisation_id
).where(RoleAssignment.person_id == bindparam("person_id"), RoleAssignment.valid_on(DAY))
TABLES_OF: CompoundSelect[Any] = union_all(
    select(Seat.body_id, Seat.organisation_id, Seat.kind.label("own_seat")).where(
        Seat.person_id == bindparam("person_id"), Seat.valid_on(DAY)
    ),
    select(Seat.body_id, Seat.organisation_id, literal(None)).where(
        Seat.organisation_id.in_(ORGANISATIONS), Seat.valid_on(DAY)
    ),
    select(BodySupporter.body_id, BodySupporter.organisation_id, literal(None)).where(
        BodySupporter.organisation_id.in_(ORGANISATIONS)
    ),
)

PROPOSING_ROLES = frozenset({Role.MAYOR, Role.DIRECTOR, Role.PARTNER})


@dataclass(frozen=True)
class Grant:
    """A role of the viewer and where it holds."""

    role: Role
    body_id: str | None
    organisation_id: str | None


@dataclass(frozen=True)
class Viewer:
    """A person (or nobody) on a day."""

    person: Person | None
    on: date
    grants: frozenset[Grant] = frozenset()
    reach: Mapping[str, Circle] = field(default_factory=dict)
    seated_in: frozenset[str] = frozenset()
    """Bodies in which this person has a seat of their own, not as a guest."""

    @property
    def signed_in(self) -> bool:
        """Whether somebody signed in."""
        return self.person is not None

    @property
    def person_id(self) -> str:
        """The person's id; an empty text, which matches nothing, for nobody."""
        return self.person.id if self.person is not None else ""

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
                and_(body_id.in_(bodies), circle.in_(sorted(own.readable)))
                for own, bodies in by_reach.items()
            ),
        )


def nobody(on: date) -> Viewer:
    """The viewer of somebody who did not sign in."""
    return Viewer(person=None, on=on)


def viewer_for(person: Person, on: date) -> Viewer:
    """What this person may see on a day (a calendar day in Brussels); two statements."""
    rows = session().execute(ROLES_OF, {"person_id": person.id, "day": on})
    grants = frozenset(Grant(role, body, organisation) for role, body, organisation in rows)
    reach, seated_in = _reach(person, grants, on)
    return Viewer(person=person, on=on, grants=grants, reach=reach, seated_in=seated_in)


def _reach(
    person: Person, grants: frozenset[Grant], on: date
) -> tuple[dict[str, Circle], frozenset[str]]:
    """The circle per body, and the bodies with a seat of one's own."""
    reach: dict[str, Circle] = {}
    seated_in: set[str] = set()
    by_organisation: dict[str, Circle] = {}
    for grant in grants:
        circle = REACH_BY_ROLE.get(grant.role)
        if circle is not None and grant.body_id:
            _widen(reach, grant.body_id, circle)
        elif circle is not None and grant.organisation_id:
            _widen(by_organisation, grant.organisation_id, circle)
    for body_id, organisation_id, own_seat in _tables(person.id, sorted(by_organisation), on):
        if own_seat is None:
            _widen(reach, body_id, by_organisation[organisation_id])
        elif own_seat == SeatKind.GUEST.value:
            _widen(reach, body_id, Circle.ADMINISTRATIONS)
        else:
            _widen(reach, body_id, Circle.MAYORS)
            seated_in.add(body_id)
    return reach, frozenset(seated_in)


def _tables(
    person_id: str, organisation_ids: list[str], on: date
) -> list[tuple[str, str, str | None]]:
    """Body, organisation, and the kind of the person's own seat (None: the organisation's)."""
    given = {"person_id": person_id, "organisation_ids": organisation_ids, "day": on}
    rows: Iterable[Row[str, str, str | None]] = session().execute(TABLES_OF, given)
    return [(body, organisation, seat) for body, organisation, seat in rows]


def _widen(reach: dict[str, Circle], key: str, circle: Circle) -> None:
    if key not in reach or circle.rank > reach[key].rank:
        reach[key] = circle

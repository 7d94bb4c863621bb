"""Who is told about an agenda, and up to which circle they may read it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import String, cast, literal, or_, select, union_all

from overleg.accounts.models import Person
from overleg.db import session
from overleg.documents.states import Circle
from overleg.one_of import is_one_of
from overleg.organisations.models import BodySupporter, RoleAssignment, Seat
from overleg.organisations.queries.bodies import people_with_role
from overleg.organisations.states import BODY_ROLES, Role, SeatKind
from overleg.organisations.viewer import REACH_BY_ROLE

TOLD_ORGANISATION_ROLES = (Role.DIRECTOR, Role.PARTNER)


@dataclass(frozen=True)
class Reader:
    """Somebody who is told, and the narrowest circle this person may read."""

    person: Person
    circle: Circle


def readers_of(body_id: str, on: date) -> list[Reader]:
    """Who gets the agenda of a body by mail on a day in Brussels, by name; two statements.

    Those are: who holds a seat; support staff, chair and committee; directors and partners of the
    organisations that have a seat or support the body. Without an e-mail address nobody is told.
    """
    reach: dict[str, Circle] = {}
    for person_id, seat_kind, role in _rows(body_id, on):
        circle = _circle(seat_kind, role)
        if person_id not in reach or circle.rank > reach[person_id].rank:
            reach[person_id] = circle
    people = session().scalars(
        select(Person)
        .where(Person.id.in_(reach), Person.email.is_not(None), Person.disabled_at_utc.is_(None))
        .order_by(Person.name, Person.id)
    )
    return [Reader(person, reach[person.id]) for person in people]


def _circle(seat_kind: str | None, role: str | None) -> Circle:
    if role is not None:
        return REACH_BY_ROLE[Role(role)]
    return Circle.ADMINISTRATIONS if seat_kind == SeatKind.GUEST else Circle.MAYORS


def _rows(body_id: str, on: date) -> Sequence[tuple[str, str | None, str | None]]:
    nothing = cast(literal(None), String)
    held = (Seat.body_id == body_id) & Seat.valid_on(on)
    seats = select(Seat.person_id, cast(Seat.kind, String), nothing).where(
        held, Seat.person_id.is_not(None)
    )
    organisations = union_all(
        select(Seat.organisation_id).where(held),
        select(BodySupporter.organisation_id).where(BodySupporter.body_id == body_id),
    )
    roles = select(RoleAssignment.person_id, nothing, cast(RoleAssignment.role, String)).where(
        RoleAssignment.valid_on(on),
        or_(
            (RoleAssignment.body_id == body_id) & is_one_of(RoleAssignment.role, BODY_ROLES),
            RoleAssignment.organisation_id.in_(organisations)
            & is_one_of(RoleAssignment.role, TOLD_ORGANISATION_ROLES),
        ),
    )
    both: Any = union_all(seats, roles)
    rows = session().execute(both)
    return [(row[0], row[1], row[2]) for row in rows]


def has_chair(body_id: str, on: date) -> bool:
    """Whether somebody chairs the body on a day and can sign in."""
    return bool(people_with_role(body_id, Role.CHAIR, on))

"""Who signs off for an organisation."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import ColumnElement, exists, select
from sqlalchemy.orm import InstrumentedAttribute

from overleg.accounts.models import Person
from overleg.db import session
from overleg.organisations.models import RoleAssignment
from overleg.organisations.states import Role


def directors_of(organisation_id: str, on: date) -> Sequence[Person]:
    """The general directors with an account on a day (in Brussels), by name."""
    return (
        session()
        .scalars(
            select(Person)
            .where(
                Person.id.in_(
                    select(RoleAssignment.person_id).where(
                        RoleAssignment.organisation_id == organisation_id,
                        RoleAssignment.role == Role.DIRECTOR,
                        RoleAssignment.valid_on(on),
                    )
                ),
                Person.email.is_not(None),
                Person.disabled_at_utc.is_(None),
            )
            .order_by(Person.name, Person.id)
        )
        .all()
    )


def has_director(organisation_id: InstrumentedAttribute[str], on: date) -> ColumnElement[bool]:
    """The same as a condition on a column of organisations: whether there is any."""
    return exists(
        select(RoleAssignment.id)
        .join(Person, Person.id == RoleAssignment.person_id)
        .where(
            RoleAssignment.organisation_id == organisation_id,
            RoleAssignment.role == Role.DIRECTOR,
            RoleAssignment.valid_on(on),
            Person.email.is_not(None),
            Person.disabled_at_utc.is_(None),
        )
    )

"""Who takes a validation step, and what would keep proposals waiting."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import select

from overleg.accounts.models import Person
from overleg.db import session
from overleg.lib.text import count_of
from overleg.organisations.models import Body, Seat
from overleg.organisations.queries.bodies import people_with_role
from overleg.organisations.states import Role, SeatKind, ValidatedBy

ROLE_OF_STEP = {
    ValidatedBy.CHAIR: Role.CHAIR,
    ValidatedBy.COMMITTEE: Role.COMMITTEE,
    ValidatedBy.SUPPORT: Role.SUPPORT,
}


def validators(
    body_id: str, validated_by: ValidatedBy, on: date, *, asked_body_id: str | None = None
) -> Sequence[Person]:
    """Who answers in a step of this kind on a day (in Brussels) and can sign in, by name.

    Of another body these are the holders of its voting seats.
    """
    if validated_by is not ValidatedBy.BODY:
        return people_with_role(body_id, ROLE_OF_STEP[validated_by], on)
    seated = select(Seat.person_id).where(
        Seat.body_id == asked_body_id, Seat.kind == SeatKind.VOTING, Seat.valid_on(on)
    )
    return (
        session()
        .scalars(
            select(Person)
            .where(Person.id.in_(seated), Person.disabled_at_utc.is_(None))
            .order_by(Person.name, Person.id)
        )
        .all()
    )


def validation_warnings(body: Body, on: date) -> list[str]:
    """What would keep proposals waiting on a day: nobody who can answer, or fewer than quorum."""
    found = []
    for step in body.validation_steps:
        people = validators(body.id, step.validated_by, on, asked_body_id=step.asked_body_id)
        if step.validated_by is ValidatedBy.CHAIR:
            if not people:
                found.append(f"Stap {step.position} wacht op de voorzitter, maar die is er niet.")
        elif len(people) < step.quorum:
            whose = "de " + step.validated_by.label
            if step.asked_body is not None:
                whose = step.asked_body.call_name
            found.append(
                f"Stap {step.position} vraagt {count_of(step.quorum, 'antwoord', 'antwoorden')}, "
                f"maar {whose} telt {count_of(len(people), 'lid', 'leden')}."
            )
    return found

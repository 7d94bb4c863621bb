"""Who takes a validation step, and what would keep proposals waiting."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import select

from overleg.accounts.models import Person
from overleg.db import session
from overleg.lib.text import count_of
from overleg.organisations.models import Body, Seat
from overleg.organisations.queries.bodies import people_with_role
from overleg.organisations.states import OF_ONE, Role, SeatKind, ValidatedBy
from overleg.organisations.wording import AskedStep

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


def asked_steps(body: Body, on: date) -> list[AskedStep]:
    """The steps of a body, with how many people can answer in each on a day (in Brussels)."""
    return [
        AskedStep(
            step,
            len(validators(body.id, step.validated_by, on, asked_body_id=step.asked_body_id)),
        )
        for step in body.validation_steps
    ]


def validation_warnings(body: Body, on: date) -> list[str]:
    """What would keep proposals waiting on a day: nobody who can answer, or fewer than quorum."""
    found = []
    has_chair = bool(people_with_role(body.id, Role.CHAIR, on)) if body.validation_steps else True
    for asked in asked_steps(body, on):
        step = asked.step
        if step.validated_by in OF_ONE:
            if not asked.people:
                found.append(f"Stap {step.position} wacht op {asked.who}, maar die is er niet.")
        elif asked.people < step.quorum:
            found.append(
                f"Stap {step.position} vraagt {count_of(step.quorum, 'antwoord', 'antwoorden')}, "
                f"maar {asked.table} telt {count_of(asked.people, 'lid', 'leden')}."
            )
        if asked.ends_with_chair and not has_chair:
            found.append(f"In stap {step.position} beslist de voorzitter, maar die is er niet.")
    return found

"""What tests about validation need: steps of every kind, the people for them, and their mails."""

import re
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from overleg.accounts.models import Person
from overleg.agenda.models import Proposal, ValidationRound
from overleg.agenda.workflow.validation import open_round
from overleg.mail.models import OutboxMessage
from overleg.organisations.models import Body, Organisation, RoleAssignment, Seat, ValidationStep
from overleg.organisations.states import BodyKind, Role, SeatFunction, SeatKind
from tests.plugins.cast import Cast
from tests.reading import ReadingClient

SINCE = date(2026, 1, 1)
YESTERDAY = date(2026, 3, 1)


def set_steps(session: Session, body: Body, *steps: dict[str, Any]) -> None:
    """Give a body these steps, in this order."""
    body.validation_steps.clear()
    session.flush()
    for position, step in enumerate(steps, start=1):
        body.validation_steps.append(ValidationStep(position=position, **step))
    session.commit()


def give_role(session: Session, person: Person, role: Role, body: Body) -> None:
    """Give somebody a role in a body."""
    session.add(RoleAssignment(person_id=person.id, role=role, body_id=body.id, valid_from=SINCE))
    session.commit()


def end_role(session: Session, person: Person, role: Role) -> None:
    """Let somebody's role end before today."""
    for found in session.scalars(
        select(RoleAssignment).where(
            RoleAssignment.person_id == person.id, RoleAssignment.role == role
        )
    ):
        found.valid_to = YESTERDAY
    session.commit()


def add_directors(session: Session, cast: Cast, *people: tuple[Person, Organisation]) -> Body:
    """An AD-overleg of the region of Midwest, with these people at its table."""
    body = Body(
        slug="ad-midwest",
        name="AD-overleg Midwest",
        kind=BodyKind.DIRECTORS_CONSULTATION,
        region_id=cast.midwest.region_id,
    )
    session.add(body)
    session.flush()
    for person, organisation in people:
        session.add(
            Seat(
                body_id=body.id,
                organisation_id=organisation.id,
                person_id=person.id,
                function=SeatFunction.GENERAL_DIRECTOR,
                kind=SeatKind.VOTING,
                valid_from=SINCE,
            )
        )
    session.commit()
    return body


def opened_of(proposal: Proposal) -> ValidationRound:
    """The step that is open."""
    opened = open_round(proposal)
    assert opened is not None
    return opened


def answer(client: ReadingClient, proposal: Proposal, said: str, **fields: str) -> Any:
    """Open the page to validate and press one of its buttons."""
    address = f"/voorstellen/{proposal.id}/valideren"
    assert client.get(address).status_code == 200
    return client.press(address, {"round_id": opened_of(proposal).id, "answer": said, **fields})


def mails_to(session: Session, person: Person) -> list[OutboxMessage]:
    """The mails to somebody, in the order in which they were posted."""
    return list(
        session.scalars(
            select(OutboxMessage)
            .where(OutboxMessage.to_email == person.email)
            .order_by(OutboxMessage.created_at_utc, OutboxMessage.id)
        )
    )


def subjects_to(session: Session, person: Person) -> list[str]:
    """What those mails are called, without the title of the proposal."""
    return [mail.subject.partition(":")[0] for mail in mails_to(session, person)]


def link_in(mail: OutboxMessage) -> str:
    """The path of the link to answer with in a mail."""
    found = re.search(r"/antwoord/[\w.-]+", mail.text)
    assert found, mail.text
    return found.group(0)

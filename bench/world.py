"""A body of our own: 200 meetings, some of them with points, the same at each scale."""

from datetime import datetime, timedelta

from sqlalchemy import select

from overleg.accounts.models import Person
from overleg.accounts.tokens import hash_token, new_token
from overleg.agenda.models import AgendaItem
from overleg.agenda.states import Asked, ItemKind
from overleg.calendars.models import Feed
from overleg.db import db
from overleg.documents.states import Circle
from overleg.organisations.models import Body, RoleAssignment, Seat
from overleg.organisations.states import BodyKind, Role, SeatFunction
from overleg.scheduling.models import Meeting

SUPPORT = "ondersteuner@midwest.demo.test"
MAYOR = "burgemeester.roeselare@midwest.demo.test"
EXPLANATION = "<p>" + "Een toelichting zoals een ondersteuner ze schrijft. " * 6 + "</p>"


def person_of(email: str) -> Person:
    """Somebody of the demo."""
    return db.session.scalars(select(Person).where(Person.email == email)).one()


def add_body(slug: str, now: datetime) -> Body:
    """A body with the demo's support staff and one seat, that of the mayor of the demo."""
    body = Body(slug=slug, name=f"Overleg {slug}", kind=BodyKind.MAYORS_CONSULTATION)
    db.session.add(body)
    db.session.flush()
    mayor = person_of(MAYOR)
    seat = db.session.scalars(select(Seat).where(Seat.person_id == mayor.id).limit(1)).one()
    support = person_of(SUPPORT)
    db.session.add_all(
        [
            RoleAssignment(person=support, role=Role.SUPPORT, body=body, valid_from=now.date()),
            Seat(
                body=body,
                organisation_id=seat.organisation_id,
                person=mayor,
                function=SeatFunction.MAYOR,
                valid_from=now.date(),
            ),
        ]
    )
    return body


def add_meetings(body: Body, count: int, now: datetime) -> list[Meeting]:
    """So many meetings of a body, one a day from tomorrow."""
    meetings = []
    for number in range(1, count + 1):
        starts = now + timedelta(days=number)
        meetings.append(
            Meeting(
                body=body,
                year=now.year,
                number=number,
                starts_at_utc=starts,
                ends_at_utc=starts + timedelta(hours=2),
                place="Stadhuis",
                calendar_uid=f"{body.slug}-{number}@overleg.invalid",
                created_at_utc=now,
                changed_at_utc=now,
            )
        )
    db.session.add_all(meetings)
    db.session.flush()
    return meetings


def add_feed(person: Person, body: Body, now: datetime) -> str:
    """A calendar feed of this person; returns its token."""
    token = new_token()
    db.session.add(Feed(person=person, body=body, token_hash=hash_token(token), created_at_utc=now))
    return token


def add_items(meeting: Meeting, count: int, now: datetime) -> None:
    """So many points of support staff's own on the agenda of a meeting."""
    db.session.add_all(
        AgendaItem(
            meeting=meeting,
            kind=ItemKind.OWN,
            position=position,
            title=f"Punt {position} van de meting",
            explanation_html=EXPLANATION,
            asked=Asked.DISCUSS,
            circle=Circle.ADMINISTRATIONS,
            added_at_utc=now,
        )
        for position in range(1, count + 1)
    )

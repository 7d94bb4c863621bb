"""What is measured: the demo's pages, and a body of our own.

That body has 200 meetings, one with 20 items and one with 30, whatever the size of the demo's data
around it, so that the scales compare.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from flask import Flask
from flask_migrate import upgrade
from sqlalchemy import select

from overleg.accounts.models import Person
from overleg.agenda.models import AgendaItem
from overleg.agenda.states import Asked, ItemKind
from overleg.agenda.workflow.sending import send_agenda
from overleg.calendars.models import Feed
from overleg.calendars.tokens import hash_of, new_token
from overleg.db import db
from overleg.demo.loading import load
from overleg.documents.states import Circle
from overleg.organisations.loading import load_reference
from overleg.organisations.models import Body, RoleAssignment, Seat
from overleg.organisations.states import BodyKind, Role, SeatFunction
from overleg.scheduling.models import Meeting

SUPPORT = "ondersteuner@midwest.demo.test"
MAYOR = "burgemeester.roeselare@midwest.demo.test"
PASSWORD = "overleg-demo"  # noqa: S105 - the demo's, on its sign-in page
MEETINGS = 200
PAGE_ITEMS = 20
WORD_ITEMS = 30
EXPLANATION = "<p>" + "Een toelichting zoals een ondersteuner ze schrijft. " * 6 + "</p>"


@dataclass(frozen=True)
class Subject:
    """One address to measure, as ``reader`` or nobody; ``floor`` is what it is held against."""

    name: str
    path: str
    floor: str = "page"
    headers: Mapping[str, str] = field(default_factory=dict)
    reader: str | None = SUPPORT
    revalidated: bool = False


def fill(app: Flask, *, scale: int, now: datetime) -> list[Subject]:
    """Migrate and fill the database of this application, and return what to measure there."""
    with app.app_context():
        upgrade()
        load_reference(now)
        db.session.commit()
        load(now, scale=scale)
        person = _person(SUPPORT)
        body = _body(person, now)
        sent, made, long, *_ = meetings = _meetings(body, now)
        for meeting, count in ((sent, PAGE_ITEMS), (made, PAGE_ITEMS), (long, WORD_ITEMS)):
            _items(meeting, count, now)
        send_agenda(sent, message="", by=person, now=now)
        feed = f"/kalender/{_feed_token(person, body, now)}.ics"
        db.session.commit()
        page, draft, word = (f"/vergaderingen/{meeting.id}" for meeting in meetings[:3])
        subjects = [
            Subject("startpagina", "/"),
            Subject("vergadering, 20 punten", page, reader=MAYOR),
            Subject("in voorbereiding, 20 punten", draft),
            Subject("opvolging", "/opvolging"),
            Subject("kalender, 200 vergaderingen", feed, reader=None),
            Subject("kalender, 304", feed, reader=None, revalidated=True),
            Subject("agenda.docx, 30 punten", f"{word}/agenda.docx", "docx"),
        ]
        db.session.remove()
        db.engine.dispose()
    return subjects


def _person(email: str) -> Person:
    return db.session.scalars(select(Person).where(Person.email == email)).one()


def _body(person: Person, now: datetime) -> Body:
    body = Body(slug="meting", name="Overleg van de meting", kind=BodyKind.MAYORS_CONSULTATION)
    db.session.add(body)
    db.session.flush()
    mayor = _person(MAYOR)
    seat = db.session.scalars(select(Seat).where(Seat.person_id == mayor.id).limit(1)).one()
    db.session.add_all(
        [
            RoleAssignment(person=person, role=Role.SUPPORT, body=body, valid_from=now.date()),
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


def _meetings(body: Body, now: datetime) -> list[Meeting]:
    meetings = []
    for number in range(1, MEETINGS + 1):
        starts = now + timedelta(days=number)
        meetings.append(
            Meeting(
                body=body,
                year=now.year,
                number=number,
                starts_at_utc=starts,
                ends_at_utc=starts + timedelta(hours=2),
                place="Stadhuis",
                calendar_uid=f"meting-{number}@overleg.invalid",
                created_at_utc=now,
                changed_at_utc=now,
            )
        )
    db.session.add_all(meetings)
    db.session.flush()
    return meetings


def _feed_token(person: Person, body: Body, now: datetime) -> str:
    token = new_token()
    db.session.add(Feed(person=person, body=body, token_hash=hash_of(token), created_at_utc=now))
    return token


def _items(meeting: Meeting, count: int, now: datetime) -> None:
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

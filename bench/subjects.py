"""What is measured: the demo's pages, and bodies of our own.

Those have the same number of meetings, points, proposals and texts whatever the size of the demo's
data around them, so that the scales compare.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from flask import Flask
from sqlalchemy import select

from bench.bundles import send_with_annexes
from bench.crowds import QUESTION, add_texts, add_waiting
from bench.follow_ups import add_released
from bench.world import MAYOR, SUPPORT, add_body, add_feed, add_items, add_meetings, person_of
from overleg.agenda.models import AgendaItem
from overleg.agenda.workflow.sending import send_agenda
from overleg.db import close_database, db
from overleg.demo.loading import load
from overleg.migrating import migrate_database
from overleg.organisations.loading import load_reference
from overleg.organisations.queries.bodies import seats_of
from overleg.scheduling.models import Meeting
from overleg.scheduling.states import MeetingState

PASSWORD = "overleg-demo"  # noqa: S105 - the demo's, on its sign-in page
MEETINGS = 200
PAGE_ITEMS = 20
WORD_ITEMS = 30
PREPARED_ITEMS = 40
WAITING = 2_000
TEXTS = 50_000
OUTCOMES = 200
FEED_EVENTS = 500
SUBSCRIBERS = 200
SEARCH = "zoeken in 50.000 teksten"
BARE_SEARCH = "zoeken, nog niets gevraagd"


@dataclass(frozen=True)
class Subject:
    """One address to measure, as ``reader`` or nobody; ``floor`` is what it is held against."""

    name: str
    path: str
    floor: str = "page"
    headers: Mapping[str, str] = field(default_factory=dict)
    reader: str | None = SUPPORT
    revalidated: bool = False
    connections: int | None = None
    """That ask at once, where that is not as for the others."""
    bare: str | None = None
    """The page when nothing is asked of it, which is measured in turns with this one."""


@dataclass(frozen=True)
class World:
    """What was filled: the pages to measure, the version to make bundles of, a verslag to write."""

    subjects: list[Subject]
    bundled_version_id: str
    written_path: str
    """Where the verslag of a meeting is written, with one point open."""


def fill(app: Flask, *, scale: int, now: datetime) -> World:
    """Migrate and fill the database of this application, and return what to measure there."""
    with app.app_context():
        migrate_database()
        load_reference(now)
        db.session.commit()
        load(now, scale=scale)
        world = _own_bodies(now)
        db.session.commit()
        _tidy()
        close_database()
    return world


def _tidy() -> None:
    """Let PostgreSQL do now what it would do by itself a minute later, while pages are measured."""
    connection = db.engine.raw_connection()
    connection.cursor().execute("VACUUM ANALYZE")
    connection.close()


def _own_bodies(now: datetime) -> World:
    support, mayor = person_of(SUPPORT), person_of(MAYOR)
    body = add_body("meting", now)
    sent, made, long, prepared, bundled, *others = meetings = add_meetings(body, MEETINGS, now)
    for meeting, count in zip(
        meetings, (PAGE_ITEMS, PAGE_ITEMS, WORD_ITEMS, PREPARED_ITEMS), strict=False
    ):
        add_items(meeting, count, now)
    send_agenda(sent, message="", by=support, now=now)
    version = send_with_annexes(bundled, support, now)
    add_texts(others, TEXTS, now)
    crowded = add_body("wachtlijst", now)
    (next_up,) = add_meetings(crowded, 1, now)
    seat = seats_of(crowded.id, now.date())[0]
    add_waiting(crowded, WAITING, mayor, seat.organisation_id, now)
    followed = add_body("opgevolgd", now)
    (agreed,) = add_meetings(followed, 1, now)
    towns = add_released(agreed, OUTCOMES, now)
    often = add_body("dikwijls", now)
    add_meetings(often, FEED_EVENTS, now)
    written, point = _in_session(add_meetings(add_body("geschreven", now), 1, now)[0], now)
    feed = f"/kalender/{add_feed(support, body, now)}.ics"
    long_feed = f"/kalender/{add_feed(support, often, now)}.ics"
    page, draft, word, prepare = (f"/vergaderingen/{m.id}" for m in (sent, made, long, prepared))
    subjects = [
        Subject("startpagina", "/"),
        Subject("vergadering, 20 punten", page, reader=MAYOR),
        Subject("in voorbereiding, 20 punten", draft),
        Subject("voorbereiden, 40 punten", f"{prepare}/voorbereiden"),
        Subject("wachtlijst, 2.000 voorstellen", f"/vergaderingen/{next_up.id}/voorbereiden"),
        Subject("opvolging", "/opvolging"),
        Subject(f"matrix, {OUTCOMES} bij {towns}", "/opvolging?overleg=opgevolgd"),
        Subject("matrix in Excel", "/opvolging.xlsx?overleg=opgevolgd"),
        Subject(BARE_SEARCH, "/zoeken"),
        Subject(SEARCH, f"/zoeken?q={QUESTION}", bare="/zoeken"),
        Subject("kalender, 200 vergaderingen", feed, reader=None),
        Subject("kalender, 304", feed, reader=None, revalidated=True),
        Subject("kalender, 500 vergaderingen", long_feed, reader=None),
        Subject(
            "kalender, 200 abonnees",
            long_feed,
            reader=None,
            revalidated=True,
            connections=SUBSCRIBERS,
        ),
        Subject("agenda.docx, 30 punten", f"{word}/agenda.docx", "docx"),
    ]
    return World(subjects, version.id, f"/vergaderingen/{written}/verslag?punt={point}")


def _in_session(meeting: Meeting, now: datetime) -> tuple[str, str]:
    """A meeting that is under way, and its first point; their ids."""
    add_items(meeting, PAGE_ITEMS, now)
    meeting.state = MeetingState.IN_SESSION
    db.session.flush()
    first = select(AgendaItem.id).where(AgendaItem.meeting_id == meeting.id)
    return meeting.id, db.session.scalars(first.order_by(AgendaItem.position).limit(1)).one()

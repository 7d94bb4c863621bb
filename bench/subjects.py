"""What is measured: the demo's pages, and bodies of our own.

Those have the same number of meetings, points, proposals and texts whatever the size of the demo's
data around them, so that the scales compare.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from flask import Flask
from flask_migrate import upgrade

from bench.bundles import send_with_annexes
from bench.crowds import QUESTION, add_texts, add_waiting
from bench.world import MAYOR, SUPPORT, add_body, add_feed, add_items, add_meetings, person_of
from overleg.agenda.workflow.sending import send_agenda
from overleg.db import db
from overleg.demo.loading import load
from overleg.organisations.loading import load_reference
from overleg.organisations.queries.bodies import seats_of

PASSWORD = "overleg-demo"  # noqa: S105 - the demo's, on its sign-in page
MEETINGS = 200
PAGE_ITEMS = 20
WORD_ITEMS = 30
PREPARED_ITEMS = 40
WAITING = 2_000
TEXTS = 50_000
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


@dataclass(frozen=True)
class World:
    """What was filled: the pages to measure, and the version to make bundles of."""

    subjects: list[Subject]
    bundled_version_id: str


def fill(app: Flask, *, scale: int, now: datetime) -> World:
    """Migrate and fill the database of this application, and return what to measure there."""
    with app.app_context():
        upgrade()
        load_reference(now)
        db.session.commit()
        load(now, scale=scale)
        world = _own_bodies(now)
        db.session.commit()
        db.session.remove()
        db.engine.dispose()
    return world


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
    feed = f"/kalender/{add_feed(support, body, now)}.ics"
    page, draft, word, prepare = (f"/vergaderingen/{m.id}" for m in (sent, made, long, prepared))
    subjects = [
        Subject("startpagina", "/"),
        Subject("vergadering, 20 punten", page, reader=MAYOR),
        Subject("in voorbereiding, 20 punten", draft),
        Subject("voorbereiden, 40 punten", f"{prepare}/voorbereiden"),
        Subject("wachtlijst, 2.000 voorstellen", f"/vergaderingen/{next_up.id}/voorbereiden"),
        Subject("opvolging", "/opvolging"),
        Subject(BARE_SEARCH, "/zoeken"),
        Subject(SEARCH, f"/zoeken?q={QUESTION}"),
        Subject("kalender, 200 vergaderingen", feed, reader=None),
        Subject("kalender, 304", feed, reader=None, revalidated=True),
        Subject("agenda.docx, 30 punten", f"{word}/agenda.docx", "docx"),
    ]
    return World(subjects, version.id)

"""A page takes the same number of statements for much as for little."""

from datetime import datetime

from flask import Flask
from sqlalchemy import event
from sqlalchemy.orm import Session

from overleg.calendars.workflow import create_feed
from overleg.db import db
from overleg.lib.dates import local_date
from overleg.organisations.viewer import viewer_for
from tests.house.sizes import Midwest
from tests.house.visiting import VisitAs, Visitor
from tests.plugins.cast import Cast

LITTLE, MUCH = 3, 12
WHO = ("support", "chair", "mayor", "secretariat")
PAGES = {
    "start page": "/",
    "body": "/overleg/midwestoverleg",
    "bodies": "/overleg",
    "seats": "/overleg/midwestoverleg/leden",
    "meetings": "/vergaderingen",
    "past meetings": "/vergaderingen?toon=voorbij",
    "meeting": "/vergaderingen/{meeting}",
    "preparing": "/vergaderingen/{coming}/voorbereiden",
    "documents": "/vergaderingen/{meeting}/documenten",
    "attendance": "/vergaderingen/{meeting}/deelnemers",
    "minutes": "/vergaderingen/{meeting}/verslag",
    "outcomes of a meeting": "/vergaderingen/{meeting}/uitkomsten",
    "history": "/vergaderingen/{meeting}/historiek",
    "agenda in Word": "/vergaderingen/{meeting}/agenda.docx",
    "minutes in Word": "/vergaderingen/{meeting}/verslag.docx",
    "proposals": "/voorstellen",
    "all proposals": "/voorstellen?lijst=alle",
    "validating in one go": "/overleg/midwestoverleg/valideren",
    "dossiers": "/dossiers",
    "follow-up": "/opvolging",
    "municipality": "/gemeenten/37022",
    "calendar": "{feed}",
    "year planner": "/jaarplanner",
    "year of a municipality": "/gemeenten/37022/jaar",
}
Counts = dict[tuple[str, str], int]


def test_a_page_takes_as_many_statements_for_much_as_for_little(
    app: Flask, session: Session, cast: Cast, visit_as: VisitAs, now: datetime
) -> None:
    _, token = create_feed(viewer_for(cast.mayor, local_date(now)), now=now)
    visitors = {name: visit_as(getattr(cast, name)) for name in WHO}
    midwest = Midwest(session, cast, now)

    def count(size: int) -> Counts:
        named = {
            "meeting": midwest.grow(size).id,
            "coming": midwest.coming.id,
            "feed": f"/kalender/{token}.ics",
        }
        return {
            (page, who): statements_of(visitor, path.format(**named))
            for who, visitor in visitors.items()
            for page, path in PAGES.items()
        }

    little, much = count(LITTLE), count(MUCH)
    assert {key: (little[key], much[key]) for key in little if little[key] != much[key]} == {}


def statements_of(visitor: Visitor, path: str) -> int:
    """How many statements a page takes, once what is noted at a first visit was noted."""
    visitor.get(path)
    seen: list[object] = []

    def note(*arguments: object) -> None:
        seen.append(arguments)

    event.listen(db.engine, "after_cursor_execute", note)
    try:
        status = visitor.get(path).status_code
    finally:
        event.remove(db.engine, "after_cursor_execute", note)
    assert status in {200, 403, 404}, f"{path} answered {status}"
    return len(seen)

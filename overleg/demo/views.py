"""Signing in with one click, in the demo alone: outside it these pages are not registered."""

from collections.abc import Sequence
from dataclasses import dataclass

from flask import Blueprint, Flask, redirect, url_for
from sqlalchemy import select
from werkzeug.wrappers import Response

from overleg.accounts.login import sign_in
from overleg.accounts.models import Person
from overleg.db import session
from overleg.demo.people import CASTS, DOMAIN, PASSWORD
from overleg.lib.errors import NotFound
from overleg.web.access import public

blueprint = Blueprint("demo", __name__)
SHOWN_FIRST = (
    "ondersteuner",
    "voorzitter",
    "agendacommissie1",
    "burgemeester.roeselare",
    "burgemeester.bornem",
    "burgemeester.aalst",
    "ad.izegem",
    "ad.lier",
    "ad.ninove",
    "secretariaat.tielt",
    "secretariaat.mechelen",
    "secretariaat.denderleeuw",
    "partner.dvv-midwest",
    "partner.igemo",
    "partner.solva",
    "raadslid.roeselare",
)


@dataclass(frozen=True)
class Accounts:
    """The accounts of one region: those to begin with, and all the others."""

    region: str
    first: Sequence[Person]
    others: Sequence[Person]


def register(app: Flask) -> None:
    """Bind the demo's pages, and show its accounts on the sign-in page."""
    app.register_blueprint(blueprint)
    app.jinja_env.globals.update(demo_accounts=demo_accounts, demo_password=PASSWORD)


def demo_accounts() -> list[Accounts]:
    """Every demo account by region, then the administrator's; one statement."""
    people = session().scalars(
        select(Person).where(Person.email.endswith(f"{DOMAIN}")).order_by(Person.name, Person.id)
    )
    by_region: dict[str, list[Person]] = {}
    for person in people:
        by_region.setdefault(_region_of(person), []).append(person)
    return [
        _accounts(slug, by_region[slug])
        for slug in (*(c.slug for c in CASTS), "")
        if slug in by_region
    ]


@blueprint.post("/demo/aanmelden/<person_id>")
@public
def sign_in_as(person_id: str) -> Response:
    """Sign in as one of the demo's people."""
    person = session().get(Person, person_id)
    if person is None or not (person.email or "").endswith(DOMAIN) or person.disabled_at_utc:
        raise NotFound
    sign_in(person)
    return redirect(url_for("start.home"), code=303)


def _region_of(person: Person) -> str:
    place = (person.email or "").partition("@")[2]
    return place.removesuffix(DOMAIN).rstrip(".")


def _accounts(slug: str, people: Sequence[Person]) -> Accounts:
    order = {key: place for place, key in enumerate(SHOWN_FIRST)}
    keys = {person.id: (person.email or "").partition("@")[0] for person in people}
    first = sorted((p for p in people if keys[p.id] in order), key=lambda p: order[keys[p.id]])
    others = [p for p in people if keys[p.id] not in order]
    if not slug:
        return Accounts("Beheer", people, ())
    return Accounts(slug.capitalize(), first, others)

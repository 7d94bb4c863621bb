"""Who can see a thing, and why: each person asked of the same queries as the pages."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import or_, select
from sqlalchemy.orm import joinedload

from overleg.accounts.models import Person
from overleg.db import session
from overleg.documents.states import Circle
from overleg.lib.text import slugify
from overleg.organisations.models import Body, BodySupporter, Organisation, RoleAssignment, Seat
from overleg.organisations.states import Role, SeatKind
from overleg.organisations.viewer import REACH_BY_ROLE, Access, Grant, Viewer, viewer_for
from overleg.start.things import Thing, sees

STAFF = "medewerker"
"""What who works for a partner organisation is called: the name of the role is its own."""

MORE_OF_THEM = {
    Role.SUPPORT.label: "ondersteuners",
    Role.CHAIR.label: "voorzitters",
    Role.COMMITTEE.label: "leden agendacommissie",
    SeatKind.VOTING.label: "leden",
    SeatKind.ADVISORY.label: "raadgevende leden",
    SeatKind.GUEST.label: "genodigden",
    Role.MAYOR.label: "burgemeesters",
    Role.DIRECTOR.label: "algemeen directeurs",
    Role.SECRETARIAT.label: "gemeentesecretariaten",
    STAFF: "medewerkers",
    Role.COUNCILLOR.label: "gemeenteraadsleden",
}
"""What the readers of one quality are called together; the closest to the table first."""

RANK = {quality: place for place, quality in enumerate(MORE_OF_THEM)}


@dataclass(frozen=True)
class Reason:
    """Why somebody has to do with a body or organisation."""

    words: str
    alone: Viewer
    """Who has this one seat or role and nothing besides."""


@dataclass(frozen=True)
class ThingReader:
    """Somebody who can see a thing, with the reasons in words."""

    person: Person
    reasons: Sequence[str]

    @property
    def as_what(self) -> str:
        """In which quality they see it, in a word or two: ``burgemeester``, ``lid``."""
        said, _van, whose = self.reasons[0].partition(" van ") if self.reasons else ("", "", "")
        return said if whose else "wie het indiende of meeschreef"


def readers_of_thing(thing: Thing, on: date) -> list[ThingReader]:
    """Who can see a thing on a day (in Brussels), by name; who closed their account is left out."""
    reasons, suffices = _reasons(thing, on), _suffices(thing)
    candidates = session().scalars(
        select(Person)
        .where(
            Person.id.in_([*reasons, *thing.people]),
            Person.disabled_at_utc.is_(None),
        )
        .order_by(Person.name, Person.id)
    )
    return [
        ThingReader(person, _in_words(thing, reasons.get(person.id, ()), person.id, suffices))
        for person in candidates.all()
        if sees(viewer_for(person, on), thing)
    ]


def readers_by_quality(readers: Sequence[ThingReader]) -> list[tuple[str, list[ThingReader]]]:
    """The readers together by quality, the closest to the table first; in each by name.

    Before all of them who wrote or submitted it.
    """
    found: dict[str, list[ThingReader]] = {}
    for reader in readers:
        found.setdefault(reader.as_what, []).append(reader)
    by_rank = sorted(found.items(), key=lambda pair: RANK.get(pair[0], -1))
    return [
        (MORE_OF_THEM.get(what, what) if len(group) > 1 else what, group) for what, group in by_rank
    ]


def narrow_readers(readers: Sequence[ThingReader], words: str) -> list[ThingReader]:
    """Those whose name or reasons hold all of these words; capitals and accents don't matter."""
    wanted = slugify(words).split("-")
    return [
        reader
        for reader in readers
        if all(word in slugify(" ".join([reader.person.name, *reader.reasons])) for word in wanted)
    ]


def reasons_of_person(thing: Thing, person: Person, on: date) -> list[str]:
    """Why this person has to do with a thing, in words; empty when nothing ties them."""
    reasons = _reasons(thing, on).get(person.id, ())
    return _in_words(thing, reasons, person.id, _suffices(thing))


def _suffices(thing: Thing) -> Callable[[Reason], bool]:
    """Tells whether a reason is enough to see the thing; equal ones are asked once."""
    known: dict[Access, bool] = {}

    def suffices(reason: Reason) -> bool:
        access = reason.alone.access
        if access not in known:
            known[access] = sees(reason.alone, thing)
        return known[access]

    return suffices


def _in_words(
    thing: Thing,
    reasons: Sequence[Reason],
    person_id: str,
    suffices: Callable[[Reason], bool],
) -> list[str]:
    """What they did themselves first; then the seats and roles by which they see it, else any."""
    own = [thing.people[person_id]] if person_id in thing.people else []
    found = [*own, *(reason.words for reason in reasons if suffices(reason))]
    return list(dict.fromkeys(found or [reason.words for reason in reasons]))


def _reasons(thing: Thing, on: date) -> dict[str, list[Reason]]:
    """Everybody at or behind the tables where a thing is known; five statements."""
    bodies = {
        body.id: body for body in session().scalars(select(Body).where(Body.id.in_(thing.body_ids)))
    }
    found: dict[str, list[Reason]] = {}
    tables: dict[str, dict[str, str]] = {}
    for seat in session().scalars(
        select(Seat)
        .where(Seat.body_id.in_(thing.body_ids), Seat.valid_on(on))
        .options(joinedload(Seat.organisation))
        .order_by(Seat.id)
    ):
        body = bodies[seat.body_id]
        tables.setdefault(seat.organisation_id, {})[body.id] = f"zetelt in {body.the_name}"
        if seat.person_id is not None:
            is_guest = seat.kind is SeatKind.GUEST
            reach = {body.id: Circle.ADMINISTRATIONS if is_guest else Circle.MAYORS}
            seated_in = frozenset() if is_guest else frozenset({body.id})
            alone = Viewer(None, on, reach=reach, seated_in=seated_in)
            words = f"{seat.kind.label} van {body.the_name} voor {seat.organisation.name}"
            found.setdefault(seat.person_id, []).append(Reason(words, alone))
    for supporter in session().scalars(
        select(BodySupporter).where(BodySupporter.body_id.in_(thing.body_ids))
    ):
        body = bodies[supporter.body_id]
        beside = tables.setdefault(supporter.organisation_id, {})
        beside.setdefault(body.id, f"ondersteunt {body.the_name}")
    tied = {key: next(iter(there.values())) for key, there in tables.items()}
    if thing.trekker_id is not None:
        tied[thing.trekker_id] = "het dossier trekt"
    organisations = sorted({*tables, *thing.organisation_ids})
    for role in session().scalars(
        select(RoleAssignment)
        .where(
            RoleAssignment.valid_on(on),
            or_(
                RoleAssignment.body_id.in_(thing.body_ids),
                RoleAssignment.organisation_id.in_(organisations),
            ),
        )
        .options(joinedload(RoleAssignment.organisation))
        .order_by(RoleAssignment.id)
    ):
        called = STAFF if role.role is Role.PARTNER else role.role.label
        words = (
            f"{called} van {bodies[role.body_id].the_name}"
            if role.body_id is not None
            else _for_organisation(called, role.organisation, tied)
        )
        reached = [role.body_id] if role.body_id else tables.get(role.organisation_id or "", ())
        alone = Viewer(
            None,
            on,
            frozenset({Grant(role.role, role.body_id, role.organisation_id)}),
            dict.fromkeys(reached, REACH_BY_ROLE[role.role]),
        )
        found.setdefault(role.person_id, []).append(Reason(words, alone))
    return found


def _for_organisation(label: str, organisation: Organisation | None, tied: dict[str, str]) -> str:
    if organisation is None:
        return label
    how = f", dat {tied[organisation.id]}" if organisation.id in tied else ""
    return f"{label} van {organisation.name}{how}"

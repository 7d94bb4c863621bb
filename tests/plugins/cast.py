"""The cast: a small world with somebody in every role, and a stranger from another region.

Two regions. In Midwest the chair validates; in Rivierenland an agendacommissie of six. The
stranger sits in Denderregio. ``former_mayor`` had a seat in the Midwestoverleg until last year.
"""

from dataclasses import dataclass, fields
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import select

from overleg import create_app
from overleg.accounts.models import Person
from overleg.db import close_database, db
from overleg.organisations.models import (
    Body,
    Membership,
    Organisation,
    RoleAssignment,
    Seat,
    ValidationStep,
)
from overleg.organisations.states import (
    BodyKind,
    OrganisationKind,
    Role,
    SeatFunction,
    SeatKind,
    ValidatedBy,
)
from tests.plugins.databases import MIGRATED, Prepared, settings_for

SINCE = date(2025, 1, 1)
LONG_AGO = date(1970, 1, 1)
MADE_AT = datetime(2025, 1, 1, tzinfo=UTC)

MUNICIPALITIES = {
    "roeselare": ("Roeselare", "36015"),
    "izegem": ("Izegem", "36008"),
    "tielt": ("Tielt", "37022"),
    "mechelen": ("Mechelen", "12025"),
    "lier": ("Lier", "12021"),
    "bornem": ("Bornem", "12007"),
    "aalst": ("Aalst", "41002"),
}
REGIONS = {
    "midwest": ("Midwest", ("roeselare", "izegem", "tielt")),
    "rivierenland": ("Rivierenland", ("mechelen", "lier", "bornem")),
    "denderregio": ("Denderregio", ("aalst",)),
}


@dataclass
class Cast:
    """People by what they do; bodies and municipalities by name."""

    support: Person
    chair: Person
    mayor: Person
    tielt_mayor: Person
    director: Person
    partner: Person
    secretariat: Person
    other_secretariat: Person
    councillor: Person
    former_mayor: Person
    administrator: Person
    committee_support: Person
    committee_mayor: Person
    committee_1: Person
    committee_2: Person
    committee_3: Person
    committee_4: Person
    committee_5: Person
    committee_6: Person
    stranger: Person

    midwest: Body
    rivierenland: Body
    denderregio: Body
    zone_council: Body

    roeselare: Organisation
    izegem: Organisation
    tielt: Organisation
    mechelen: Organisation
    lier: Organisation
    bornem: Organisation
    aalst: Organisation
    dvv: Organisation
    igemo: Organisation

    @property
    def committee(self) -> list[Person]:
        """The six of the agendacommissie of Rivierenland."""
        return [getattr(self, f"committee_{n}") for n in range(1, 7)]


NAMES = {
    "support": "Ondersteuner Midwest",
    "chair": "Burgemeester Izegem",
    "mayor": "Burgemeester Roeselare",
    "tielt_mayor": "Burgemeester Tielt",
    "director": "Algemeen directeur Izegem",
    "partner": "Medewerker DVV Midwest",
    "secretariat": "Secretariaat Tielt",
    "other_secretariat": "Secretariaat Roeselare",
    "councillor": "Raadslid Roeselare",
    "former_mayor": "Vorige burgemeester Tielt",
    "administrator": "Beheerder",
    "committee_support": "Ondersteuner Rivierenland",
    "committee_mayor": "Burgemeester Bornem",
    **{f"committee_{n}": f"Lid {n} agendacommissie Rivierenland" for n in range(1, 7)},
    "stranger": "Burgemeester Aalst",
}


def build_cast(url: str) -> None:
    """Put the cast in a migrated database."""
    app = create_app(settings_for(url, Path("instance").resolve()))
    with app.app_context():
        _Builder().build()
        db.session.commit()
        close_database()


WITH_CAST = Prepared("cast", build_cast, upon=MIGRATED)


@pytest.fixture
def cast(app: Flask) -> Cast:
    """Everybody, loaded in the session of the test."""
    return load_cast()


def load_cast() -> Cast:
    """Everybody, loaded in the session at hand."""
    people = {person.email: person for person in db.session.scalars(select(Person))}
    bodies = {body.slug: body for body in db.session.scalars(select(Body))}
    organisations = {o.slug: o for o in db.session.scalars(select(Organisation))}
    found: dict[str, object] = {name: people[_email(name)] for name in NAMES}
    found |= {
        "midwest": bodies["midwestoverleg"],
        "rivierenland": bodies["mandaatgroep-rivierenland"],
        "denderregio": bodies["dbo"],
        "zone_council": bodies["zoneraad-midwest"],
        "dvv": organisations["dvv-midwest"],
        "igemo": organisations["igemo"],
    }
    found |= {key: organisations[key] for key in MUNICIPALITIES}
    return Cast(**{field.name: found[field.name] for field in fields(Cast)})  # type: ignore[arg-type]


def _email(name: str) -> str:
    return f"{name.replace('_', '.')}@cast.test"


class _Builder:
    def __init__(self) -> None:
        self.people = {
            name: Person(name=label, email=_email(name), created_at_utc=MADE_AT)
            for name, label in NAMES.items()
        }
        self.towns = {
            key: Organisation(
                kind=OrganisationKind.MUNICIPALITY,
                slug=key,
                name=name,
                nis_code=nis,
                valid_from=SINCE if key == "tielt" else LONG_AGO,
            )
            for key, (name, nis) in MUNICIPALITIES.items()
        }

    def build(self) -> None:
        """Add everything to the session, from the ground up."""
        db.session.add_all([*self.people.values(), *self.towns.values()])
        regions = {key: self._region(key, *about) for key, about in REGIONS.items()}
        dvv = self._association("DVV Midwest", "dvv-midwest")
        igemo = self._association("IGEMO", "igemo")
        db.session.flush()
        self._midwest(regions["midwest"], dvv)
        self._rivierenland(regions["rivierenland"], igemo)
        self._denderregio(regions["denderregio"])
        self._role("administrator", Role.ADMINISTRATOR)

    def _region(self, slug: str, name: str, towns: tuple[str, ...]) -> Organisation:
        region = Organisation(
            kind=OrganisationKind.REGION, slug=slug, name=name, valid_from=LONG_AGO
        )
        db.session.add(region)
        for town in towns:
            member = self.towns[town]
            db.session.add(Membership(group=region, member=member, valid_from=member.valid_from))
        return region

    def _association(self, name: str, slug: str) -> Organisation:
        association = Organisation(
            kind=OrganisationKind.DEVELOPMENT_ASSOCIATION,
            slug=slug,
            name=name,
            valid_from=LONG_AGO,
        )
        db.session.add(association)
        return association

    def _midwest(self, region: Organisation, dvv: Organisation) -> None:
        body = Body(
            slug="midwestoverleg",
            name="Midwestoverleg",
            kind=BodyKind.MAYORS_CONSULTATION,
            region=region,
            supporters=[dvv],
            default_place="Stadhuis Roeselare",
            validation_steps=[ValidationStep(position=1, validated_by=ValidatedBy.CHAIR)],
        )
        zone_council = Body(
            slug="zoneraad-midwest",
            name="Zoneraad Midwest",
            kind=BodyKind.EMERGENCY_ZONE_COUNCIL,
            region=region,
            is_external=True,
        )
        db.session.add_all([body, zone_council])
        db.session.flush()
        for town, person in {
            "roeselare": "mayor",
            "izegem": "chair",
            "tielt": "tielt_mayor",
        }.items():
            self._seat(body, self.towns[town], person)
            self._seat(zone_council, self.towns[town], person)
            self._role(person, Role.MAYOR, organisation=self.towns[town])
        self._seat(body, dvv, None, function=SeatFunction.COORDINATOR, kind=SeatKind.ADVISORY)
        self._seat(body, self.towns["tielt"], "former_mayor", until=date(2025, 12, 31))
        self._role("support", Role.SUPPORT, body=body)
        self._role("support", Role.SUPPORT, body=zone_council)
        self._role("chair", Role.CHAIR, body=body)
        self._role("director", Role.DIRECTOR, organisation=self.towns["izegem"])
        self._role("partner", Role.PARTNER, organisation=dvv)
        self._role("secretariat", Role.SECRETARIAT, organisation=self.towns["tielt"])
        self._role("other_secretariat", Role.SECRETARIAT, organisation=self.towns["roeselare"])
        self._role("councillor", Role.COUNCILLOR, organisation=self.towns["roeselare"])

    def _rivierenland(self, region: Organisation, igemo: Organisation) -> None:
        body = Body(
            slug="mandaatgroep-rivierenland",
            name="Regionale mandaatgroep Rivierenland",
            short_name="Mandaatgroep",
            kind=BodyKind.MAYORS_CONSULTATION,
            region=region,
            supporters=[igemo],
            validation_steps=[
                ValidationStep(
                    position=1,
                    validated_by=ValidatedBy.COMMITTEE,
                    quorum=4,
                    majority_percent=50,
                )
            ],
        )
        db.session.add(body)
        db.session.flush()
        self._seat(body, self.towns["mechelen"], None)
        self._seat(body, self.towns["lier"], None)
        self._seat(body, self.towns["bornem"], "committee_mayor")
        self._role("committee_mayor", Role.MAYOR, organisation=self.towns["bornem"])
        self._role("committee_support", Role.SUPPORT, body=body)
        for number in range(1, 7):
            self._role(f"committee_{number}", Role.COMMITTEE, body=body)

    def _denderregio(self, region: Organisation) -> None:
        body = Body(
            slug="dbo",
            name="Denderregio Burgemeestersoverleg",
            short_name="DBO",
            kind=BodyKind.MAYORS_CONSULTATION,
            region=region,
        )
        db.session.add(body)
        db.session.flush()
        self._seat(body, self.towns["aalst"], "stranger")
        self._role("stranger", Role.MAYOR, organisation=self.towns["aalst"])

    def _seat(
        self,
        body: Body,
        organisation: Organisation,
        person: str | None,
        *,
        function: SeatFunction = SeatFunction.MAYOR,
        kind: SeatKind = SeatKind.VOTING,
        until: date | None = None,
    ) -> None:
        db.session.add(
            Seat(
                body=body,
                organisation=organisation,
                person=self.people[person] if person else None,
                function=function,
                kind=kind,
                valid_from=SINCE,
                valid_to=until,
            )
        )

    def _role(
        self,
        person: str,
        role: Role,
        *,
        body: Body | None = None,
        organisation: Organisation | None = None,
    ) -> None:
        db.session.add(
            RoleAssignment(
                person=self.people[person],
                role=role,
                body=body,
                organisation=organisation,
                valid_from=SINCE,
            )
        )

"""The people of the demo: invented, named by what they do, one account each."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, time

from sqlalchemy import select

from overleg.accounts.models import Person
from overleg.accounts.passwords import hash_password
from overleg.audit.workflow import System
from overleg.db import new_id, session
from overleg.lib.dates import to_utc
from overleg.organisations.models import Body, Organisation, Seat
from overleg.organisations.queries.bodies import bodies_with_slugs
from overleg.organisations.queries.organisations import members_of, region_by_slug
from overleg.organisations.states import (
    BodyKind,
    OrganisationKind,
    Role,
    SeatFunction,
    SeatKind,
)
from overleg.organisations.workflow import add_seat, change_seat, grant_role

PASSWORD = "overleg-demo"  # noqa: S105 - shown to everybody, and only the demo has it
DOMAIN = "demo.test"
SIGNED_OFF_IN = "ninove"
AT_WORK = time(9)
COMMITTEE = (
    "Voorzitter IGEMO",
    "Voorzitter IVAREM",
    "Voorzitter hulpverleningszone",
    "Voorzitter welzijnskoepel",
    "Voorzitter mandaatgroep",
    "Federaal parlementslid",
)


@dataclass
class Region:
    """A demo region: its bodies, its municipalities, and who does what."""

    slug: str
    name: str
    bodies: dict[str, Body]
    towns: list[Organisation]
    partners: dict[str, Organisation]
    people: dict[str, Person] = field(default_factory=dict)
    """By the part of the address before the @: ``burgemeester.roeselare``."""

    @property
    def support(self) -> Person:
        """The support staff of the region."""
        return self.people["ondersteuner"]


@dataclass(frozen=True)
class Cast:
    """What a region starts from."""

    slug: str
    body_slugs: tuple[str, ...]
    partner_slugs: tuple[str, ...]
    chair_town: str
    """The municipality whose mayor chairs the region's bodies."""
    external: tuple[tuple[str, str, BodyKind], ...] = ()


CASTS = (
    Cast(
        "midwest",
        ("midwestoverleg",),
        ("dvv-midwest",),
        "izegem",
        (
            ("zoneraad-midwest", "Zoneraad Midwest", BodyKind.EMERGENCY_ZONE_COUNCIL),
            (
                "vervoerregioraad-roeselare",
                "Vervoerregioraad Roeselare",
                BodyKind.TRANSPORT_REGION_COUNCIL,
            ),
        ),
    ),
    Cast("rivierenland", ("mandaatgroep-rivierenland",), ("igemo",), "mechelen"),
    Cast(
        "denderregio",
        ("dbo", "dado", "stuurgroep-regiovorming-denderregio"),
        ("solva", "dds"),
        "denderleeuw",
    ),
)


@dataclass(frozen=True)
class Staff:
    """Who gives everybody a role and a seat, and when: on a day in Brussels, at a moment in UTC."""

    administrator: Person
    since: date
    at: datetime

    def grant(
        self,
        person: Person,
        role: Role,
        *,
        body: Body | None = None,
        organisation: Organisation | None = None,
    ) -> None:
        """Give somebody a role."""
        grant_role(
            person,
            role,
            body=body,
            organisation=organisation,
            valid_from=self.since,
            by=self.administrator,
            now=self.at,
        )

    def seat(
        self,
        body: Body,
        organisation: Organisation,
        person: Person,
        function: SeatFunction,
        kind: SeatKind,
    ) -> None:
        """Give somebody a seat."""
        add_seat(
            body,
            organisation=organisation,
            person=person,
            function=function,
            kind=kind,
            valid_from=max(self.since, organisation.valid_from),
            by=self.administrator,
            now=self.at,
        )

    def fill(self, seat: Seat, person: Person) -> None:
        """Give somebody a seat that was vacant."""
        change_seat(
            seat,
            function=seat.function,
            kind=seat.kind,
            title=seat.title,
            person=person,
            valid_from=seat.valid_from,
            valid_to=seat.valid_to,
            revision=seat.revision,
            by=self.administrator,
            now=self.at,
        )


def settle_people(now: datetime, since: date) -> list[Region]:
    """Make every account, seat and role, valid from ``since``; nobody has an e-mail address yet."""
    administrator = _person("Beheerder", now)
    staff = Staff(administrator, since, to_utc(since, AT_WORK))
    grant_role(administrator, Role.ADMINISTRATOR, valid_from=since, by=System(), now=staff.at)
    regions = [_region(cast, now, staff) for cast in CASTS]
    regions[0].people["beheerder"] = administrator
    session().flush()
    return regions


def give_addresses(regions: Iterable[Region]) -> None:
    """Give everybody an e-mail address and the demo's password: from now on mails reach them."""
    password_hash = hash_password(PASSWORD)
    for region in regions:
        # The chair comes last: who is a mayor too has the chair's address.
        for key, person in region.people.items():
            place = DOMAIN if key == "beheerder" else f"{region.slug}.{DOMAIN}"
            person.email = f"{key}@{place}"
            person.password_hash = password_hash
    session().flush()


def ask_sign_off(regions: Iterable[Region]) -> None:
    """In one municipality the general director signs proposals off, from now on."""
    for region in regions:
        for town in region.towns:
            if town.slug == SIGNED_OFF_IN:
                town.requires_sign_off = True
    session().flush()


def _region(cast: Cast, now: datetime, staff: Staff) -> Region:
    organisation = region_by_slug(cast.slug)
    found = {
        partner.slug: partner
        for partner in session().scalars(
            select(Organisation).where(
                Organisation.kind == OrganisationKind.DEVELOPMENT_ASSOCIATION,
                Organisation.slug.in_(cast.partner_slugs),
            )
        )
    }
    region = Region(
        slug=cast.slug,
        name=organisation.name,
        bodies={body.slug: body for body in bodies_with_slugs(cast.body_slugs)},
        towns=list(members_of(organisation, now.date())),
        partners=found,
    )
    for slug, name, kind in cast.external:
        body = Body(slug=slug, name=name, kind=kind, region=organisation, is_external=True)
        session().add(body)
        region.bodies[slug] = body
    session().flush()
    _add_staff(region, now, staff)
    _add_towns(region, now, staff)
    _add_chair(region, cast.chair_town, staff)
    if cast.slug == "rivierenland":
        _add_committee(region, now, staff)
    session().flush()
    return region


def _person(name: str, now: datetime) -> Person:
    person = Person(id=new_id(), name=name, created_at_utc=now)
    session().add(person)
    return person


def _add_staff(region: Region, now: datetime, staff: Staff) -> None:
    support = region.people["ondersteuner"] = _person(f"Ondersteuner {region.name}", now)
    own = [body for body in region.bodies.values() if not body.is_external]
    for body in region.bodies.values():
        staff.grant(support, Role.SUPPORT, body=body)
    for slug, organisation in region.partners.items():
        person = _person(f"Medewerker {organisation.name}", now)
        region.people[f"partner.{slug}"] = person
        staff.grant(person, Role.PARTNER, organisation=organisation)
        for body in own:
            staff.seat(body, organisation, person, SeatFunction.COORDINATOR, SeatKind.ADVISORY)


def _add_towns(region: Region, now: datetime, staff: Staff) -> None:
    roles = {
        "burgemeester": ("Burgemeester", Role.MAYOR),
        "ad": ("Algemeen directeur", Role.DIRECTOR),
        "secretariaat": ("Secretariaat", Role.SECRETARIAT),
        "raadslid": ("Raadslid", Role.COUNCILLOR),
    }
    for town in region.towns:
        for key, (name, role) in roles.items():
            person = _person(f"{name} {town.name}", now)
            region.people[f"{key}.{town.slug}"] = person
            staff.grant(person, role, organisation=town)
    for body in region.bodies.values():
        directors = body.kind in {BodyKind.DIRECTORS_CONSULTATION, BodyKind.STEERING_GROUP}
        function = SeatFunction.GENERAL_DIRECTOR if directors else SeatFunction.MAYOR
        key = "ad" if directors else "burgemeester"
        towns = region.towns[:5] if body.kind is BodyKind.STEERING_GROUP else region.towns
        vacant = {
            seat.organisation_id: seat
            for seat in session().scalars(
                select(Seat).where(
                    Seat.body_id == body.id,
                    Seat.person_id.is_(None),
                    Seat.function == function,
                    Seat.valid_on(now.date()),
                )
            )
        }
        for town in towns:
            person = region.people[f"{key}.{town.slug}"]
            if town.id in vacant:
                staff.fill(vacant[town.id], person)
            else:
                staff.seat(body, town, person, function, SeatKind.VOTING)


def _add_chair(region: Region, town_slug: str, staff: Staff) -> None:
    """One of the mayors is the chair too; the account is the chair's."""
    town = next(town for town in region.towns if town.slug == town_slug)
    chair = region.people[f"burgemeester.{town.slug}"]
    chair.name = f"Voorzitter {region.name} (burgemeester {town.name})"
    region.people["voorzitter"] = chair
    for body in region.bodies.values():
        if not body.is_external:
            staff.grant(chair, Role.CHAIR, body=body)


def _add_committee(region: Region, now: datetime, staff: Staff) -> None:
    body = region.bodies["mandaatgroep-rivierenland"]
    for number, name in enumerate(COMMITTEE, 1):
        person = region.people[f"agendacommissie{number}"] = _person(name, now)
        staff.grant(person, Role.COMMITTEE, body=body)

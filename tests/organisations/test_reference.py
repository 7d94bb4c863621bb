"""The reference facts: complete, dated, and loaded without touching what people corrected."""

from datetime import UTC, date, datetime

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from overleg.audit.models import JournalEntry
from overleg.organisations.loading import load_reference
from overleg.organisations.models import Body, Membership, Organisation, Seat
from overleg.organisations.reference import cities
from overleg.organisations.states import OrganisationKind, SeatKind

NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)
BEFORE_MERGERS = date(2024, 12, 31)
AFTER_MERGERS = date(2025, 1, 1)


def count_on(session: Session, kind: OrganisationKind, day: date) -> int:
    return (
        session.scalar(
            select(func.count()).where(Organisation.kind == kind, Organisation.valid_on(day))
        )
        or 0
    )


def voting_seats(session: Session, slug: str, day: date) -> int:
    return (
        session.scalar(
            select(func.count())
            .select_from(Seat)
            .join(Body)
            .where(Body.slug == slug, Seat.kind == SeatKind.VOTING, Seat.valid_on(day))
        )
        or 0
    )


def test_there_are_300_municipalities_before_the_mergers_and_285_after(facts: Session) -> None:
    assert count_on(facts, OrganisationKind.MUNICIPALITY, BEFORE_MERGERS) == 300
    assert count_on(facts, OrganisationKind.MUNICIPALITY, AFTER_MERGERS) == 285


@pytest.mark.parametrize(
    ("kind", "number"),
    [
        (OrganisationKind.PROVINCE, 5),
        (OrganisationKind.REGION, 15),
        (OrganisationKind.EMERGENCY_ZONE, 20),
        (OrganisationKind.TRANSPORT_REGION, 15),
        (OrganisationKind.DEVELOPMENT_ASSOCIATION, 13),
    ],
)
def test_all_groups_are_there(facts: Session, kind: OrganisationKind, number: int) -> None:
    assert count_on(facts, kind, AFTER_MERGERS) == number


@pytest.mark.parametrize("day", [BEFORE_MERGERS, AFTER_MERGERS, date(2023, 1, 1)])
def test_every_municipality_is_in_exactly_one_region(facts: Session, day: date) -> None:
    region, town = Organisation.__table__.alias("region"), Organisation
    rows = facts.execute(
        select(town.id, func.count(region.c.id))
        .outerjoin(Membership, (Membership.member_id == town.id) & Membership.valid_on(day))
        .outerjoin(region, (region.c.id == Membership.group_id) & (region.c.kind == "region"))
        .where(town.kind == OrganisationKind.MUNICIPALITY, town.valid_on(day))
        .group_by(town.id)
    ).all()
    assert {count for _, count in rows} == {1}


def test_every_merged_municipality_leads_to_a_successor_that_exists_the_next_day(
    facts: Session,
) -> None:
    ended = facts.scalars(select(Organisation).where(Organisation.valid_to.is_not(None))).all()
    assert len(ended) == 27
    assert all(town.successor and town.successor.valid_on(AFTER_MERGERS) for town in ended)


@pytest.mark.parametrize(
    ("slug", "before", "after"),
    [
        ("midwestoverleg", 16, 14),
        ("toekomstforum-halle-vilvoorde", 35, 33),
        ("westhoekoverleg", 18, 18),
        ("burgemeestersoverleg-oost-brabant", 30, 30),
        ("dado", 14, 14),
        ("regioraad-limburg", 42, 38),
    ],
)
def test_each_table_has_the_seats_the_guides_name(
    facts: Session, slug: str, before: int, after: int
) -> None:
    assert voting_seats(facts, slug, BEFORE_MERGERS) == before
    assert voting_seats(facts, slug, AFTER_MERGERS) == after


def test_cities_are_named_so_before_and_after_a_merger(facts: Session) -> None:
    towns = facts.scalars(
        select(Organisation)
        .where(Organisation.name.in_(["Mechelen", "Ardooie", "Tielt", "Bilzen-Hoeselt"]))
        .order_by(Organisation.name, Organisation.nis_code)
    )
    assert [town.government_name for town in towns if town.nis_code] == [
        *("Gemeente Ardooie", "Stad Bilzen-Hoeselt", "Stad Mechelen", "Stad Tielt", "Stad Tielt")
    ]
    today = {
        town.name
        for town in facts.scalars(select(Organisation).where(Organisation.valid_on(AFTER_MERGERS)))
        if town.nis_code in cities()
    }
    assert len(today) == 65


def test_waasland_is_a_region_without_a_body(facts: Session) -> None:
    region = facts.scalars(
        select(Organisation).where(
            Organisation.kind == OrganisationKind.REGION, Organisation.slug == "waasland"
        )
    ).one()
    assert facts.scalars(select(Body).where(Body.region == region)).all() == []


def test_the_mandaatgroep_is_validated_by_four_of_six(facts: Session) -> None:
    body = facts.scalars(select(Body).where(Body.slug == "mandaatgroep-rivierenland")).one()
    (step,) = body.validation_steps
    assert (step.validated_by.value, step.quorum, step.majority_percent) == ("committee", 4, 50)


def test_the_history_of_a_body_begins_with_its_name_as_it_is_said(facts: Session) -> None:
    started = facts.scalars(
        select(JournalEntry)
        .join(Body, Body.id == JournalEntry.subject_id)
        .where(Body.slug == "midwestoverleg")
    ).one()
    assert started.sentence == "startte het Midwestoverleg"


def test_loading_again_adds_nothing_and_keeps_corrections(facts: Session) -> None:
    body = facts.scalars(select(Body).where(Body.slug == "midwestoverleg")).one()
    body.name = "Midwestoverleg van burgemeesters"
    membership = facts.scalars(select(Membership).where(Membership.valid_to.is_(None))).first()
    assert membership
    membership.valid_to = date(2026, 1, 31)
    facts.flush()
    assert load_reference(NOW) == 0
    assert body.name == "Midwestoverleg van burgemeesters"
    assert membership.valid_to == date(2026, 1, 31)

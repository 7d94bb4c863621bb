"""Who belonged where on a day, and who leads."""

from datetime import date, datetime

import pytest
from flask import Flask
from sqlalchemy import event, select
from sqlalchemy.orm import Session

from overleg.db import db
from overleg.lib.errors import NotFound
from overleg.organisations.models import Body, Organisation
from overleg.organisations.queries import (
    bodies,
    body_by_slug,
    body_to_manage,
    current_chair,
    find_municipality,
    members_of,
    municipality_by_nis,
    organisations_to_propose_for,
    people_with_role,
    predecessors,
    region_by_slug,
    seats_of,
    successors,
    validation_warnings,
    validators,
    voting_municipalities,
)
from overleg.organisations.states import Role, ValidatedBy
from overleg.organisations.viewer import viewer_for
from tests.plugins.cast import Cast

TODAY = date(2026, 3, 2)
BEFORE = date(2024, 6, 1)
AFTER = date(2025, 1, 1)


def test_who_belonged_to_midwest_before_and_after_the_mergers(facts: Session) -> None:
    region = region_by_slug("midwest")
    before = {town.nis_code for town in members_of(region, BEFORE)}
    after = {town.nis_code for town in members_of(region, AFTER)}
    assert (len(before), len(after)) == (17, 15)
    assert before - after == {"37007", "37012", "37015", "37018"}
    assert after - before == {"37021", "37022"}


def test_members_are_one_statement(facts: Session) -> None:
    region = region_by_slug("midwest")
    sent: list[str] = []

    def note(*arguments: str) -> None:
        sent.append(arguments[2])

    event.listen(db.engine, "after_cursor_execute", note)
    members_of(region, BEFORE)
    event.remove(db.engine, "after_cursor_execute", note)
    assert len(sent) == 1


def test_meulebeke_and_the_old_tielt_lead_to_the_new_tielt(facts: Session) -> None:
    (following,) = successors(municipality_by_nis("37007"))
    assert following.nis_code == "37022"
    assert [town.name for town in predecessors(following)] == ["Meulebeke", "Tielt"]


def test_an_unknown_nis_code_is_not_found(facts: Session) -> None:
    with pytest.raises(NotFound):
        municipality_by_nis("99999")


@pytest.mark.parametrize(
    ("written", "nis"),
    [
        ("Roeselare", "36015"),
        ("roeselare", "36015"),
        ("Ardoorie", "37020"),
        ("PuursSintAmands", "12041"),
        ("Spierle-Helkijn", "34043"),
        ("Tielt", "37022"),
        ("Atlantis", None),
    ],
)
def test_municipalities_are_found_however_they_are_spelled(
    facts: Session, written: str, nis: str | None
) -> None:
    town = find_municipality(written, TODAY)
    assert (town.nis_code if town else None) == nis


def test_on_an_earlier_day_tielt_is_the_municipality_of_then(facts: Session) -> None:
    town = find_municipality("Tielt", BEFORE)
    assert town is not None
    assert town.nis_code == "37015"


def test_fourteen_municipalities_follow_up_for_midwest_today(facts: Session) -> None:
    body = facts.scalars(select(Body).where(Body.slug == "midwestoverleg")).one()
    names = [town.name for town in voting_municipalities(body, TODAY)]
    assert len(names) == 14
    assert names == sorted(names)
    assert "Dentergem" not in names


def test_the_table_lists_members_before_advisory_members(app: Flask, cast: Cast) -> None:
    kinds = [seat.kind.value for seat in seats_of(cast.midwest.id, TODAY)]
    assert kinds == ["voting", "voting", "voting", "advisory"]


def test_a_former_mayor_sat_there_then(app: Flask, cast: Cast) -> None:
    holders = {seat.person_id for seat in seats_of(cast.midwest.id, date(2025, 6, 1))}
    assert cast.former_mayor.id in holders


def test_the_chair_and_the_committee(app: Flask, cast: Cast) -> None:
    assert current_chair(cast.midwest, TODAY) == cast.chair
    assert current_chair(cast.rivierenland, TODAY) is None
    assert people_with_role(cast.rivierenland.id, Role.COMMITTEE, TODAY) == cast.committee


def test_a_closed_account_is_no_longer_asked_but_did_chair_then(
    app: Flask, cast: Cast, now: datetime
) -> None:
    cast.chair.disabled_at_utc = now
    assert people_with_role(cast.midwest.id, Role.CHAIR, TODAY) == []
    assert current_chair(cast.midwest, TODAY) == cast.chair
    assert "voorzitter" in validation_warnings(cast.midwest, TODAY)[0]


def test_the_members_of_another_body_are_who_holds_its_voting_seats(app: Flask, cast: Cast) -> None:
    found = validators(cast.denderregio.id, ValidatedBy.BODY, TODAY, asked_body_id=cast.midwest.id)
    assert found == [cast.chair, cast.mayor, cast.tielt_mayor]


def test_a_stranger_does_not_find_midwest(app: Flask, cast: Cast) -> None:
    viewer = viewer_for(cast.stranger, TODAY)
    assert bodies(viewer) == [cast.denderregio]
    with pytest.raises(NotFound):
        body_by_slug(viewer, "midwestoverleg")


def test_an_administrator_keeps_every_body_but_reads_none(app: Flask, cast: Cast) -> None:
    viewer = viewer_for(cast.administrator, TODAY)
    assert body_to_manage(viewer, "midwestoverleg") == cast.midwest
    with pytest.raises(NotFound):
        body_by_slug(viewer, "midwestoverleg")


def test_a_mayor_does_not_manage(app: Flask, cast: Cast) -> None:
    with pytest.raises(NotFound):
        body_to_manage(viewer_for(cast.mayor, TODAY), "midwestoverleg")


def test_own_bodies_come_before_those_of_others(app: Flask, cast: Cast) -> None:
    assert bodies(viewer_for(cast.support, TODAY)) == [cast.midwest, cast.zone_council]


@pytest.mark.parametrize(
    ("who", "expected"),
    [
        ("mayor", ["Roeselare"]),
        ("director", ["Izegem"]),
        ("partner", ["DVV Midwest"]),
        ("support", ["DVV Midwest"]),
        ("secretariat", []),
        ("councillor", []),
    ],
)
def test_for_whom_one_proposes(app: Flask, cast: Cast, who: str, expected: list[str]) -> None:
    viewer = viewer_for(getattr(cast, who), TODAY)
    assert [o.name for o in organisations_to_propose_for(viewer)] == expected


def test_an_empty_chair_and_a_small_committee_are_told(app: Flask, cast: Cast) -> None:
    assert validation_warnings(cast.midwest, TODAY) == []
    cast.rivierenland.validation_steps[0].quorum = 9
    assert validation_warnings(cast.rivierenland, TODAY) == [
        "Stap 1 vraagt 9 antwoorden, maar de agendacommissie telt 6 leden."
    ]
    cast.denderregio.validation_steps = cast.midwest.validation_steps[:]
    assert "voorzitter" in validation_warnings(cast.denderregio, TODAY)[0]


def test_every_region_has_a_colour_of_the_palette(facts: Session) -> None:
    regions = facts.scalars(select(Organisation).where(Organisation.kind == "region")).all()
    assert {region.colour for region in regions} <= {
        "petrol",
        "forest",
        "indigo",
        "plum",
        "brick",
        "slate",
    }
    assert all(region.colour for region in regions)

"""Two people change one body, organisation, seat or membership: nobody's words are lost."""

import pytest
from sqlalchemy.orm import Session

from overleg.organisations.models import Seat
from tests.at_once import ON_BOTH
from tests.house.world import World
from tests.plugins.application import SignInAs
from tests.reading import ReadingClient
from tests.second_writers import form_at, save_second

SETTINGS = "/overleg/midwestoverleg/instellingen"


@pytest.fixture
def two(sign_in_as: SignInAs, world: World) -> list[ReadingClient]:
    """Two browsers of support staff."""
    return [sign_in_as(world.cast.support), sign_in_as(world.cast.support)]


@ON_BOTH
def test_who_saves_the_settings_second_reads_those_of_the_first(
    world: World, two: list[ReadingClient], session: Session, database_kind: str
) -> None:
    first = {
        "description": "Elke maand,\nmet de zone.",
        "rhythm": "maandelijks",
        "step_2-who": "support",
        "supporters": [world.cast.dvv.id],
    }
    told = save_second(two, SETTINGS, first, {"description": "Om de zes weken."})
    assert "Iemand anders bewaarde deze instellingen terwijl u typte." in told.text, database_kind
    assert "Omschrijving Elke maand, met de zone." in told.text
    assert "Ritme maandelijks" in told.text
    assert "Stap 2: Wie valideert ondersteuning" in told.text
    session.expire_all()
    assert world.cast.midwest.description == "Elke maand,\nmet de zone."
    assert two[1].press(SETTINGS, told.form).status_code == 302
    session.expire_all()
    assert world.cast.midwest.description == "Om de zes weken."
    assert len(world.cast.midwest.validation_steps) == 1


@ON_BOTH
def test_who_changes_an_organisation_second_reads_what_the_first_wrote(
    world: World, sign_in_as: SignInAs, session: Session, database_kind: str
) -> None:
    two = [sign_in_as(world.cast.administrator), sign_in_as(world.cast.administrator)]
    page = f"/organisaties/{world.cast.dvv.id}/wijzigen"
    name = world.cast.dvv.name
    told = save_second(two, page, {"name": "DVV Midden"}, {"short_name": "DVVM"})
    assert "Iemand anders bewaarde deze organisatie terwijl u typte." in told.text, database_kind
    assert "Nu bewaard Naam DVV Midden" in told.text
    session.expire_all()
    assert world.cast.dvv.name == "DVV Midden"
    assert two[1].press(page, told.form).status_code == 302
    session.expire_all()
    assert (world.cast.dvv.name, world.cast.dvv.short_name) == (name, "DVVM")


@ON_BOTH
def test_who_corrects_a_seat_second_reads_what_the_first_wrote(
    world: World, two: list[ReadingClient], session: Session, database_kind: str
) -> None:
    seat = session.get_one(Seat, world.values["seat_id"])
    page = f"/overleg/midwestoverleg/leden/{seat.id}"
    told = save_second(two, page, {"title": "Eerste schepen"}, {"title": "Schepen"})
    assert "Iemand anders bewaarde deze zetel terwijl u typte." in told.text, database_kind
    assert "Eerste schepen" in told.text
    session.expire_all()
    assert seat.title == "Eerste schepen"
    assert two[1].press(page, told.form).status_code == 302
    session.expire_all()
    assert seat.title == "Schepen"


def test_somebody_new_is_not_added_by_who_corrects_a_seat_second(
    world: World, two: list[ReadingClient], session: Session
) -> None:
    page = f"/overleg/midwestoverleg/leden/{world.values['seat_id']}"
    somebody = {"new_name": "Burgemeester Nieuw", "new_email": "nieuw@tielt.test"}
    told = save_second(two, page, {"title": "Eerste schepen"}, somebody)
    assert "Nieuw" in told.form["new_name"]
    found = two[0].get("/beheer/personen?zoek=nieuw@tielt.test")
    assert "Burgemeester Nieuw" not in found.text


@ON_BOTH
def test_who_corrects_a_membership_second_reads_what_the_first_wrote(
    world: World, two: list[ReadingClient], session: Session, database_kind: str
) -> None:
    membership = world.membership
    page = f"/organisaties/{membership.group_id}/leden/{membership.id}"
    first = {"valid_from": "2026-02-01", "reason": "Verkeerd jaar"}
    second = {"valid_from": "2026-03-01", "reason": "Verkeerde maand"}
    told = save_second(two, page, first, second)
    assert "Iemand anders bewaarde dit lidmaatschap terwijl u typte." in told.text, database_kind
    assert "Nu bewaard Eerste dag 1 februari 2026" in told.text
    session.expire_all()
    assert f"{membership.valid_from}" == "2026-02-01"
    assert two[1].press(page, told.form).status_code == 302
    session.expire_all()
    assert f"{membership.valid_from}" == "2026-03-01"


def test_a_refused_end_of_a_membership_leaves_its_correction_as_it_was(
    world: World, two: list[ReadingClient]
) -> None:
    page = f"/organisaties/{world.membership.group_id}/leden/{world.membership.id}"
    refused = two[0].send(page, {"last_day": "1999-01-01"})
    assert refused.status_code == 422
    corrected = {**form_at(refused.text, "reason"), "reason": "Toch beter"}
    assert two[0].press(page, corrected).status_code == 302


@ON_BOTH
def test_who_corrects_a_name_second_reads_that_of_the_first(
    world: World, two: list[ReadingClient], session: Session, database_kind: str
) -> None:
    page = f"/beheer/personen/{world.cast.mayor.id}/gegevens"
    told = save_second(two, page, {"name": "An Peeters"}, {"name": "Anna Peeters"})
    assert "Iemand anders bewaarde deze gegevens terwijl u typte." in told.text, database_kind
    assert "Nu bewaard Naam An Peeters" in told.text
    session.expire_all()
    assert world.cast.mayor.name == "An Peeters"
    assert two[1].press(page, told.form).status_code == 302
    session.expire_all()
    assert world.cast.mayor.name == "Anna Peeters"

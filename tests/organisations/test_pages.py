"""The pages about bodies, seats, organisations and regions, for each who may and may not."""

from collections.abc import Callable
from datetime import date

import pytest
from flask import Flask
from sqlalchemy import event, select
from sqlalchemy.orm import Session

from overleg.accounts.models import Person
from overleg.db import db
from overleg.organisations.models import Body, Organisation, RoleAssignment, Seat
from overleg.organisations.periods import FLOOR
from overleg.organisations.queries import seats_of
from overleg.organisations.states import BodyKind, OrganisationKind
from tests.parsing import parse
from tests.plugins.cast import Cast
from tests.reading import ReadingClient, text_of

SIGN_IN = Callable[[Person], ReadingClient]
TODAY = date(2026, 3, 2)
EMOJI = "Overleg 🚀 مرحبا"


def seat_of_mayor(cast: Cast, session: Session) -> Seat:
    return session.scalars(
        select(Seat).where(Seat.person_id == cast.mayor.id, Seat.body_id == cast.midwest.id)
    ).one()


def test_support_staff_see_every_page_of_their_body(
    cast: Cast, sign_in_as: SIGN_IN, session: Session
) -> None:
    client = sign_in_as(cast.support)
    seat = seat_of_mayor(cast, session)
    for address in [
        "/overleg",
        "/overleg/nieuw",
        "/overleg/midwestoverleg/instellingen",
        "/overleg/midwestoverleg/leden",
        "/overleg/midwestoverleg/leden?op=2024-06-01",
        "/overleg/midwestoverleg/leden?op=vandaag",
        "/overleg/midwestoverleg/leden/nieuw",
        f"/overleg/midwestoverleg/leden/{seat.id}",
        f"/overleg/midwestoverleg/leden/{seat.id}/overname",
        "/overleg/midwestoverleg/rollen",
        "/organisaties",
        "/organisaties?zoek=roes&soort=municipality",
        "/organisaties?soort=zot&pagina=-3",
        "/organisaties/nieuw",
        f"/organisaties/{cast.tielt.id}",
        "/regios",
        "/regios/midwest",
        "/regios/midwest?op=2024-06-01",
        "/beheer/personen",
        "/beheer/personen?zoek=burge",
        "/beheer/personen/nieuw",
        f"/beheer/personen/{cast.mayor.id}",
    ]:
        assert client.get(address).status_code == 200, address


@pytest.mark.parametrize("who", ["mayor", "chair", "secretariat", "councillor"])
def test_members_read_who_sits_there_but_do_not_manage(
    cast: Cast, sign_in_as: SIGN_IN, session: Session, who: str
) -> None:
    client = sign_in_as(getattr(cast, who))
    page = client.get("/overleg/midwestoverleg/leden")
    assert page.status_code == 200
    assert "Zetel toevoegen" not in page.text
    seat = seat_of_mayor(cast, session)
    for address in [
        "/overleg/nieuw",
        "/overleg/midwestoverleg/instellingen",
        "/overleg/midwestoverleg/leden/nieuw",
        f"/overleg/midwestoverleg/leden/{seat.id}",
        "/overleg/midwestoverleg/rollen",
        "/beheer/personen",
        f"/beheer/personen/{cast.support.id}",
        "/organisaties/nieuw",
    ]:
        assert client.get(address).status_code == 404, address


@pytest.mark.parametrize("who", ["stranger", "committee_support"])
def test_another_regions_body_does_not_exist(
    cast: Cast, sign_in_as: SIGN_IN, session: Session, who: str
) -> None:
    client = sign_in_as(getattr(cast, who))
    seat = seat_of_mayor(cast, session)
    for address in [
        "/overleg/midwestoverleg/leden",
        "/overleg/midwestoverleg/instellingen",
        "/overleg/midwestoverleg/rollen",
        f"/overleg/midwestoverleg/leden/{seat.id}",
        f"/overleg/mandaatgroep-rivierenland/leden/{seat.id}",
        "/overleg/bestaat-niet/leden",
        f"/beheer/personen/{cast.mayor.id}",
    ]:
        assert client.get(address).status_code == 404, address
    assert "Midwestoverleg" not in client.get("/overleg").text


@pytest.mark.parametrize(("who", "reads"), [("mayor", True), ("administrator", False)])
def test_the_year_of_a_region_is_offered_to_who_reads_it(
    cast: Cast, sign_in_as: SIGN_IN, who: str, reads: bool
) -> None:
    client = sign_in_as(getattr(cast, who))
    assert ("/regios/midwest/jaar" in client.get("/regios/midwest").text) is reads
    assert (client.get("/regios/midwest/jaar").status_code == 200) is reads


def test_an_administrator_manages_every_body(cast: Cast, sign_in_as: SIGN_IN) -> None:
    client = sign_in_as(cast.administrator)
    for slug in ["midwestoverleg", "dbo", "mandaatgroep-rivierenland"]:
        assert client.get(f"/overleg/{slug}/instellingen").status_code == 200
        assert client.get(f"/overleg/{slug}/leden").status_code == 200
    assert "In beheer" in client.get("/overleg").text


def test_support_staff_add_a_body_of_others_with_the_people_of_their_own(
    cast: Cast, sign_in_as: SIGN_IN, session: Session
) -> None:
    client = sign_in_as(cast.support)
    given = {"name": "Gemeenteraad Tielt", "kind": "council", "same_people_as": cast.midwest.id}
    assert client.send("/overleg/van-anderen/nieuw", {**given, "name": "!!"}).status_code == 422
    page = client.get(client.send("/overleg/van-anderen/nieuw", given).location or "")
    assert "De Gemeenteraad Tielt is toegevoegd. Geef nu de data." in page.text
    body = session.scalars(select(Body).where(Body.slug == "gemeenteraad-tielt")).one()
    assert (body.is_external, body.kind) == (True, BodyKind.COUNCIL)
    assert {seat.person_id for seat in seats_of(body.id, TODAY)} == {
        cast.mayor.id,
        cast.chair.id,
        cast.tielt_mayor.id,
    }
    assert "Gemeenteraad Tielt" in sign_in_as(cast.mayor).get("/jaarplanner").text
    assert sign_in_as(cast.stranger).get("/overleg/gemeenteraad-tielt/data").status_code == 404


def test_a_body_of_mayors_needs_a_region(cast: Cast, sign_in_as: SIGN_IN) -> None:
    answer = sign_in_as(cast.support).send("/overleg/nieuw", {"name": EMOJI})
    assert answer.status_code == 422
    assert "Kies de regio" in answer.text
    assert EMOJI in answer.text


def test_settings_are_saved_and_kept_when_wrong(
    cast: Cast, sign_in_as: SIGN_IN, session: Session
) -> None:
    client = sign_in_as(cast.support)
    page = "/overleg/midwestoverleg/instellingen"
    good = client.get(
        client.send(page, {"rhythm": EMOJI, "step_2-who": "committee"}).location or ""
    )
    assert "bewaard" in good.text
    assert "agendacommissie telt geen leden" in good.text
    session.expire_all()
    assert cast.midwest.rhythm == EMOJI
    assert cast.midwest.region is not None
    assert cast.midwest.supporters == [cast.dvv]
    wrong = client.send(page, {"default_duration_minutes": "5", "rhythm": "om de maand"})
    assert wrong.status_code == 422
    assert "van 15 tot 720" in wrong.text
    assert "om de maand" in wrong.text


def test_a_stale_revision_keeps_what_was_typed(
    cast: Cast, sign_in_as: SIGN_IN, session: Session
) -> None:
    client = sign_in_as(cast.support)
    page = "/overleg/midwestoverleg/instellingen"
    client.send(page, {"rhythm": "eerst"})
    stale = client.send(page, {"rhythm": "later", "revision": "1"})
    assert stale.status_code == 409
    assert "later" in stale.text
    session.expire_all()
    assert cast.midwest.rhythm == "eerst"


def test_a_hundred_thousand_characters_are_too_many(cast: Cast, sign_in_as: SIGN_IN) -> None:
    client = sign_in_as(cast.support)
    answer = client.send("/overleg/midwestoverleg/instellingen", {"name": "x" * 100_000})
    assert answer.status_code == 422
    assert "te veel tekens" in answer.text


def test_an_address_without_a_name_asks_for_the_name(
    cast: Cast, sign_in_as: SIGN_IN, session: Session
) -> None:
    seat = seat_of_mayor(cast, session)
    answer = sign_in_as(cast.support).send(
        f"/overleg/midwestoverleg/leden/{seat.id}/overname", {"new_email": "wie@ergens.test"}
    )
    assert answer.status_code == 422
    assert "Vul ook de naam in" in answer.text


def test_a_merged_municipality_is_refused_on_the_page(
    cast: Cast, sign_in_as: SIGN_IN, session: Session
) -> None:
    cast.aalst.valid_to = TODAY.replace(month=1)
    cast.aalst.successor = cast.tielt
    session.commit()
    answer = sign_in_as(cast.support).send(
        "/overleg/midwestoverleg/leden/nieuw", {"organisation": cast.aalst.id}
    )
    assert answer.status_code == 422
    assert "Aalst ging op 3 januari 2026 op in Tielt" in answer.text


def test_a_seat_ends_on_the_page(cast: Cast, sign_in_as: SIGN_IN, session: Session) -> None:
    seat = seat_of_mayor(cast, session)
    client = sign_in_as(cast.support)
    page = f"/overleg/midwestoverleg/leden/{seat.id}"
    wrong = client.send(page, {"last_day": "2020-01-01"})
    assert wrong.status_code == 422
    assert "begon pas op 1 januari 2025" in wrong.text
    client.send(page, {"last_day": "2026-03-01"})
    assert (
        "Burgemeester Roeselare"
        not in (client.get("/overleg/midwestoverleg/leden").text.split("<main")[1])
    )


def test_the_chair_changes_on_the_page(cast: Cast, sign_in_as: SIGN_IN, session: Session) -> None:
    client = sign_in_as(cast.support)
    page = "/overleg/midwestoverleg/rollen"
    nobody = client.send(page, {"role": "chair", "person": ""})
    assert nobody.status_code == 422
    given = client.get(client.send(page, {"role": "chair", "person": cast.mayor.id}).location or "")
    assert "Burgemeester Roeselare is voorzitter" in given.text
    role = session.scalars(
        select(RoleAssignment).where(
            RoleAssignment.person_id == cast.chair.id, RoleAssignment.role == "chair"
        )
    ).one()
    ended = client.get(
        client.send(
            f"/beheer/rollen/{role.id}/einde?van=overleg", {"last_day": "2026-03-01"}
        ).location
        or ""
    )
    assert "Beëindigd: de rol voorzitter" in ended.text


def test_a_partner_organisation_is_added_and_changed(
    cast: Cast, sign_in_as: SIGN_IN, session: Session
) -> None:
    client = sign_in_as(cast.support)
    added = client.get(client.send("/organisaties/nieuw", {"name": "Zorgpunt"}).location or "")
    assert "Zorgpunt is toegevoegd" in added.text
    partner = session.scalars(select(Organisation).where(Organisation.slug == "zorgpunt")).one()
    wrong = client.send(f"/organisaties/{partner.id}/wijzigen", {"kbo_number": "1"})
    assert wrong.status_code == 422
    assert client.get(f"/organisaties/{cast.tielt.id}/wijzigen").status_code == 200
    assert client.get(f"/organisaties/{cast.aalst.id}/wijzigen").status_code == 404


def test_a_municipality_that_is_no_more_says_who_it_was_and_submits_nothing(
    cast: Cast, sign_in_as: SIGN_IN, session: Session
) -> None:
    client = sign_in_as(cast.mayor)
    cast.tielt.kbo_number = "0207509229"
    session.commit()
    page = f"/organisaties/{cast.tielt.id}"
    assert "Voorstellen gaan rechtstreeks" in client.get(page).text
    cast.tielt.valid_to = date(2026, 1, 31)
    session.commit()
    gone = client.get(page).text
    assert "0207.509.229" in gone
    assert "Voorstellen gaan rechtstreeks" not in gone


def test_organisations_fold_per_kind_and_province_and_are_found_by_name(
    cast: Cast, sign_in_as: SIGN_IN, session: Session
) -> None:
    province = Organisation(
        kind=OrganisationKind.PROVINCE,
        slug="west",
        name="Provincie West",
        short_name="West",
        valid_from=cast.tielt.valid_from,
    )
    cast.tielt.province = province
    session.commit()
    client = sign_in_as(cast.mayor)
    told = {
        fold.findtext("summary/h2"): [link.text for link in fold.iter("a")]
        for fold in parse(client.get("/organisaties").text).iter("details")
        if fold.get("class") == "fold"
    }
    assert told["Gemeenten in West"] == ["Tielt"]
    assert {"Izegem", "Roeselare"} <= set(told["Gemeenten"])
    assert "Midwest" in told["Referentieregio’s"]
    assert "Tielt" not in client.get("/organisaties?soort=region").text
    found = client.get("/organisaties?zoek=tie").text
    assert "1 organisatie gevonden" in found
    assert "Izegem" not in found


def test_a_list_takes_as_many_statements_for_many_bodies_as_for_few(
    app: Flask, cast: Cast, sign_in_as: SIGN_IN, session: Session
) -> None:
    client = sign_in_as(cast.administrator)
    few = statements(app, client, "/overleg")
    session.add_all(
        Body(slug=f"b{n}", name=f"Overleg {n}", kind=cast.midwest.kind, region=cast.midwest.region)
        for n in range(20)
    )
    session.commit()
    assert statements(app, client, "/overleg") == few


def statements(app: Flask, client: ReadingClient, address: str) -> int:
    sent: list[str] = []

    def note(*arguments: object) -> None:
        sent.append(str(arguments[2]))

    event.listen(db.engine, "after_cursor_execute", note)
    assert client.get(address).status_code == 200
    event.remove(db.engine, "after_cursor_execute", note)
    return len(sent)


def test_bodies_stand_by_name_whatever_their_capitals(
    cast: Cast, sign_in_as: SIGN_IN, session: Session
) -> None:
    cast.midwest.name, cast.rivierenland.name = "overleg West", "Overleg vanhier"
    session.commit()
    page = parse(sign_in_as(cast.administrator).get("/overleg").text)
    assert "De tafels waaraan u werkt" not in text_of(page)
    names = [text_of(h) for h in page.iter("h3")]
    assert names.index("Overleg vanhier") < names.index("overleg West")


def test_a_seat_of_before_what_is_known_shows_no_day_and_keeps_none(
    cast: Cast, sign_in_as: SIGN_IN, session: Session
) -> None:
    seat = seat_of_mayor(cast, session)
    seat.valid_from = FLOOR
    session.commit()
    client = sign_in_as(cast.support)
    address = f"/overleg/midwestoverleg/leden/{seat.id}"
    page = client.get(address).text
    assert "1970" not in page
    sent = {
        "organisation": seat.organisation_id,
        "function": seat.function.value,
        "kind": seat.kind.value,
        "revision": seat.revision,
        "person": cast.mayor.id,
        "title": "eerste burger",
        "valid_from": "",
    }
    assert client.press(address, sent).status_code == 302
    session.expire_all()
    assert (seat.title, seat.valid_from) == ("eerste burger", FLOOR)

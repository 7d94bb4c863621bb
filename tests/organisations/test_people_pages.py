"""People and roles under Beheer: who sees whom, and who may give what."""

from collections.abc import Callable
from datetime import date, datetime

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from overleg.accounts.models import Person
from overleg.audit.states import Verb
from overleg.audit.workflow import record
from overleg.mail.models import OutboxMessage
from overleg.organisations.models import RoleAssignment
from overleg.organisations.queries import roles_of_person
from overleg.organisations.states import Role, SeatFunction, SeatKind
from overleg.organisations.workflow import add_seat
from tests.plugins.cast import Cast
from tests.reading import ReadingClient

SIGN_IN = Callable[[Person], ReadingClient]


def test_support_staff_see_the_people_of_their_bodies_only(cast: Cast, sign_in_as: SIGN_IN) -> None:
    page = sign_in_as(cast.support).get("/beheer/personen").text
    assert "Burgemeester Roeselare" in page
    assert "Medewerker DVV Midwest" in page
    assert "Burgemeester Aalst" not in page
    assert "Lid 1 agendacommissie" not in page


def test_an_administrator_sees_everybody(cast: Cast, sign_in_as: SIGN_IN) -> None:
    page = sign_in_as(cast.administrator).get("/beheer/personen").text
    assert "Burgemeester Aalst" in page
    assert "Burgemeester Roeselare" in page


def test_from_one_page_of_people_to_the_next(
    cast: Cast, sign_in_as: SIGN_IN, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("overleg.organisations.views.people.PER_PAGE", 2)
    client = sign_in_as(cast.support)
    first = client.get("/beheer/personen?zoek=e").text
    assert 'name="zoek" value="e" maxlength="100"' in first
    assert 'href="/beheer/personen?pagina=2&amp;zoek=e">Volgende<' in first
    assert "Pagina 2 van" in client.get("/beheer/personen?pagina=2&zoek=e").text


def test_somebody_is_invited_with_a_role(cast: Cast, sign_in_as: SIGN_IN, session: Session) -> None:
    client = sign_in_as(cast.support)
    answer = client.get(
        client.send(
            "/beheer/personen/nieuw",
            {
                "name": "Secretariaat Izegem",
                "email": "secretariaat@izegem.test",
                "role": "secretariat",
                "organisation": cast.izegem.id,
            },
        ).location
        or ""
    )
    assert "De uitnodiging vertrekt naar secretariaat@izegem.test." in answer.text
    assert "Uitgenodigd op 2 maart 2026" in answer.text
    assert "Stuur de uitnodiging opnieuw" in answer.text
    person = session.scalars(select(Person).where(Person.name == "Secretariaat Izegem")).one()
    (role,) = roles_of_person(person)
    assert (role.role, role.organisation) == (Role.SECRETARIAT, cast.izegem)
    mails = session.scalars(select(OutboxMessage).where(OutboxMessage.to_email == person.email))
    mail = mails.one()
    assert mail.subject == "Uitnodiging voor Overleg"
    assert "U hebt de rol gemeentesecretariaat (Izegem)." in mail.text
    assert "stuurde een mail naar 1 persoon: Uitnodiging" in answer.text
    path = f"/beheer/personen/{person.id}/mails/{mail.id}"
    assert "(verborgen)" in client.get(path).text
    assert client.get(path.replace(person.id, cast.mayor.id)).status_code == 404
    assert sign_in_as(cast.committee_support).get(path).status_code == 404


def test_support_staff_give_no_role_elsewhere(
    cast: Cast, sign_in_as: SIGN_IN, session: Session
) -> None:
    client = sign_in_as(cast.support)
    page = f"/beheer/personen/{cast.mayor.id}"
    for wrong in [
        {"role": "support", "body": cast.denderregio.id},
        {"role": "mayor", "organisation": cast.aalst.id},
        {"role": "administrator"},
        {"role": "chair"},
    ]:
        assert client.send(page, wrong).status_code == 422, wrong
    given = session.scalars(
        select(RoleAssignment).where(RoleAssignment.person_id == cast.mayor.id)
    ).all()
    assert [role.role for role in given] == [Role.MAYOR]


def test_a_role_of_another_region_cannot_be_ended(
    cast: Cast, sign_in_as: SIGN_IN, session: Session
) -> None:
    elsewhere = session.scalars(
        select(RoleAssignment).where(RoleAssignment.person_id == cast.stranger.id)
    ).one()
    address = f"/beheer/rollen/{elsewhere.id}/einde"
    assert sign_in_as(cast.support).get(address).status_code == 404
    assert sign_in_as(cast.administrator).get(address).status_code == 200


def test_an_account_is_closed_and_opened_again(
    app: Flask, cast: Cast, sign_in_as: SIGN_IN, session: Session
) -> None:
    client = sign_in_as(cast.support)
    address = f"/beheer/personen/{cast.mayor.id}/account"
    assert client.press(address, {"naar": "gesloten"}).status_code == 302
    session.expire_all()
    assert cast.mayor.disabled_at_utc is not None
    assert client.press(address, {"naar": "gesloten"}).status_code == 409
    assert client.press(address, {"naar": "open"}).status_code == 302
    session.expire_all()
    assert cast.mayor.disabled_at_utc is None


def test_support_staff_do_not_close_the_account_of_who_works_elsewhere_too(
    cast: Cast, sign_in_as: SIGN_IN, session: Session
) -> None:
    session.add(
        RoleAssignment(
            person=cast.mayor,
            role=Role.CHAIR,
            body=cast.denderregio,
            valid_from=cast.tielt.valid_from,
        )
    )
    session.commit()
    address = f"/beheer/personen/{cast.mayor.id}/account"
    refused = sign_in_as(cast.support).press(address, {"naar": "gesloten"})
    assert refused.status_code == 403
    page = sign_in_as(cast.support).get(f"/beheer/personen/{cast.mayor.id}").text
    assert "Denderregio" not in page.split("<main")[1]
    assert sign_in_as(cast.administrator).press(address).status_code == 302


def test_the_last_administrator_cannot_stop(
    cast: Cast, sign_in_as: SIGN_IN, session: Session
) -> None:
    role = session.scalars(
        select(RoleAssignment).where(RoleAssignment.role == Role.ADMINISTRATOR)
    ).one()
    answer = sign_in_as(cast.administrator).send(
        f"/beheer/rollen/{role.id}/einde", {"last_day": "2026-03-02"}
    )
    assert answer.status_code == 409
    assert "laatste beheerder" in answer.text


def test_a_seat_for_another_regions_municipality_opens_no_role_there(
    cast: Cast, sign_in_as: SIGN_IN, session: Session
) -> None:
    client = sign_in_as(cast.support)
    client.send("/overleg/midwestoverleg/leden/nieuw", {"organisation": cast.aalst.id})
    assert "Aalst" in client.get("/overleg/midwestoverleg/leden").text
    page = client.get("/overleg/midwestoverleg/leden/nieuw").text
    assert str(cast.stranger.email) not in page
    refused = client.send(
        f"/beheer/personen/{cast.mayor.id}", {"role": "mayor", "organisation": cast.aalst.id}
    )
    assert refused.status_code == 422
    assert client.get(f"/beheer/personen/{cast.stranger.id}").status_code == 404


def test_when_somebody_of_elsewhere_signs_in_is_not_told(
    cast: Cast, sign_in_as: SIGN_IN, session: Session, now: datetime
) -> None:
    add_seat(
        cast.midwest,
        organisation=cast.aalst,
        function=SeatFunction.MAYOR,
        title="",
        kind=SeatKind.GUEST,
        person=cast.stranger,
        valid_from=date(2026, 3, 1),
        valid_to=None,
        by=cast.support,
        now=now,
    )
    record(Verb.PERSON_SIGNED_IN, cast.stranger, by=cast.stranger, now=now)
    session.commit()
    told = "meldde zich aan"
    support, keeper = sign_in_as(cast.support), sign_in_as(cast.administrator)
    assert told not in support.get(f"/beheer/personen/{cast.stranger.id}").text
    assert told in keeper.get(f"/beheer/personen/{cast.stranger.id}").text

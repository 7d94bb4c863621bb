"""A person's name and e-mail address are corrected: who may, who is told, and what stays."""

from collections.abc import Callable
from datetime import datetime

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from overleg.accounts.models import Person, SignInLink
from overleg.accounts.queries import person_by_email
from overleg.accounts.workflow import ask_for_link, correct_person
from overleg.audit.models import JournalEntry
from overleg.audit.states import Verb
from overleg.lib.errors import Refused
from overleg.mail.models import OutboxMessage
from overleg.organisations.models import RoleAssignment
from overleg.organisations.queries import roles_of_person, seats_of_person
from overleg.organisations.states import Role
from tests.plugins.cast import SINCE, Cast
from tests.reading import ReadingClient
from tests.second_writers import form_at

SIGN_IN = Callable[[Person], ReadingClient]


def address_of(person: Person) -> str:
    return f"/beheer/personen/{person.id}/gegevens"


def corrected(person: Person, name: str, email: str, cast: Cast, now: datetime) -> None:
    """Correct somebody as support staff who read what stands there now."""
    correct_person(
        person, name=name, email=email, revision=person.revision, by=cast.support, now=now
    )


def test_the_person_keeps_everything_and_both_addresses_are_told(
    app: Flask, cast: Cast, session: Session, now: datetime
) -> None:
    mayor = cast.mayor
    before = (mayor.session_version, len(roles_of_person(mayor)), len(seats_of_person(mayor)))
    corrected(mayor, "An Peeters", " An@Roeselare.test ", cast, now)
    assert (mayor.name, mayor.email) == ("An Peeters", "an@roeselare.test")
    assert person_by_email("mayor@cast.test") is None
    after = (mayor.session_version, len(roles_of_person(mayor)), len(seats_of_person(mayor)))
    assert after == before
    mails = session.scalars(select(OutboxMessage).order_by(OutboxMessage.to_email)).all()
    assert [mail.to_email for mail in mails] == ["an@roeselare.test", "mayor@cast.test"]
    assert "Voortaan meldt u zich aan met dit adres" in mails[0].text
    assert "an@roeselare.test" not in mails[1].text
    assert "Ondersteuner Midwest wijzigde" in mails[1].text
    told = session.scalars(
        select(JournalEntry).where(JournalEntry.verb == Verb.PERSON_CORRECTED)
    ).one()
    assert told.reason == "eerst Burgemeester Roeselare, een ander e-mailadres"


def test_links_sent_to_the_old_address_end(
    app: Flask, cast: Cast, session: Session, now: datetime
) -> None:
    ask_for_link(cast.mayor.email or "", network="192.0.2.1", go_to=None, now=now)
    session.flush()
    corrected(cast.mayor, cast.mayor.name, "nieuw@roeselare.test", cast, now)
    assert session.scalars(select(SignInLink)).all() == []


def test_only_another_name_tells_nobody(
    app: Flask, cast: Cast, session: Session, now: datetime
) -> None:
    corrected(cast.mayor, "An", cast.mayor.email or "", cast, now)
    corrected(cast.mayor, "An", cast.mayor.email or "", cast, now)
    assert session.scalars(select(OutboxMessage)).all() == []
    assert len(session.scalars(select(JournalEntry)).all()) == 1


def test_an_address_of_somebody_else_is_refused_without_telling_whose(
    app: Flask, cast: Cast, now: datetime
) -> None:
    with pytest.raises(Refused) as refused:
        corrected(cast.mayor, "An", "STRANGER@cast.test", cast, now)
    assert str(refused.value) == "Er is al iemand met dit e-mailadres."


def test_who_signs_in_cannot_lose_the_address(app: Flask, cast: Cast, now: datetime) -> None:
    with pytest.raises(Refused, match="Sluit de account"):
        corrected(cast.mayor, "An", "", cast, now)


def test_support_staff_correct_somebody_of_their_table(
    cast: Cast, sign_in_as: SIGN_IN, session: Session
) -> None:
    client = sign_in_as(cast.support)
    page = address_of(cast.mayor)
    wrong = client.send(page, {"name": "An Peeters", "email": "geen adres"})
    assert wrong.status_code == 422
    assert "Dit is geen e-mailadres." in wrong.text
    taken = client.send(page, {"name": "An Peeters", "email": "stranger@cast.test"})
    assert taken.status_code == 422
    assert "Er is al iemand met dit e-mailadres." in taken.text
    assert "Burgemeester Aalst" not in taken.text
    assert 'value="An Peeters"' in taken.text
    saved = client.get(
        client.send(page, {"name": "An Peeters", "email": "an@roeselare.test"}).location or ""
    )
    assert "Het oude en het nieuwe adres krijgen een mail" in saved.text
    assert "An Peeters" in saved.text
    assert "verbeterde naam of e-mailadres" in saved.text


def test_of_who_works_elsewhere_too_they_correct_the_name_only(
    cast: Cast, sign_in_as: SIGN_IN, session: Session
) -> None:
    session.add(RoleAssignment(person=cast.mayor, role=Role.ADMINISTRATOR, valid_from=SINCE))
    session.commit()
    client = sign_in_as(cast.support)
    page = address_of(cast.mayor)
    opened = client.get(page).text
    assert "alleen een beheerder kan het adres wijzigen" in opened
    own_address = {"name": "An Peeters", "email": "support@elders.test"}
    client.press(page, {**form_at(opened, "name"), **own_address})
    session.expire_all()
    assert (cast.mayor.name, cast.mayor.email) == ("An Peeters", "mayor@cast.test")
    keeper = sign_in_as(cast.administrator)
    keeper.send(page, {"email": "an@roeselare.test"})
    session.expire_all()
    assert cast.mayor.email == "an@roeselare.test"


def test_somebody_without_an_address_gets_one_and_can_be_invited(
    cast: Cast, sign_in_as: SIGN_IN, session: Session
) -> None:
    cast.mayor.email = None
    session.commit()
    client = sign_in_as(cast.support)
    saved = client.get(
        client.send(address_of(cast.mayor), {"email": "an@roeselare.test"}).location or ""
    )
    assert "kan nu een uitnodiging krijgen op an@roeselare.test" in saved.text
    assert "Stuur een uitnodiging" in saved.text
    address = f"/beheer/personen/{cast.mayor.id}"
    again = client.get(client.press(f"{address}/uitnodiging").location or "").text
    assert "Stuur de uitnodiging opnieuw" in again
    mail = session.scalars(select(OutboxMessage).where(OutboxMessage.template == "invitation"))
    has = "de rol burgemeester (Roeselare), een zetel in de Zoneraad Midwest en een zetel in het"
    assert f"U hebt {has} Midwestoverleg." in mail.one().text


def test_nobody_else_corrects_a_person(cast: Cast, sign_in_as: SIGN_IN) -> None:
    for who in ("mayor", "chair", "committee_support", "stranger"):
        answer = sign_in_as(getattr(cast, who)).get(address_of(cast.tielt_mayor))
        assert answer.status_code == 404, who

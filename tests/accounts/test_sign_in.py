"""Signing in with a password, and everything that must not work."""

from datetime import datetime

import pytest
from argon2 import PasswordHasher
from argon2.profiles import RFC_9106_LOW_MEMORY
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from overleg.accounts import attempts
from overleg.accounts.models import SignInAttempt
from overleg.accounts.passwords import hash_password
from overleg.audit.models import JournalEntry
from overleg.audit.states import Verb
from overleg.mail.models import OutboxMessage
from tests.parsing import parse
from tests.plugins.application import INSTALLED_HASHER, Clock
from tests.plugins.cast import Cast
from tests.reading import ReadingClient, filled_in

PASSWORD = "een lange demozin"
WRONG = "horen niet bij elkaar"


@pytest.fixture
def password_hash() -> str:
    """What is kept of the password."""
    return hash_password(PASSWORD)


@pytest.fixture
def mayor(cast: Cast, session: Session, password_hash: str) -> str:
    """The e-mail address of a mayor who has a password."""
    cast.mayor.password_hash = password_hash
    session.commit()
    return cast.mayor.email or ""


def sign_in(
    client: ReadingClient, email: str, password: str, page: str = "/aanmelden"
) -> TestResponse:
    return client.send(page, {"email": email, "wachtwoord": password})


def test_a_mayor_signs_in_and_out(client: ReadingClient, cast: Cast, mayor: str) -> None:
    answer = sign_in(client, f"  {mayor.upper()} ", PASSWORD)
    assert (answer.status_code, answer.location) == (302, "/")
    assert cast.mayor.name in client.get("/account").text

    asked = client.get("/afmelden")
    assert "Wilt u zich afmelden" in asked.text
    assert client.send("/afmelden", {}, form=-1).status_code == 302
    assert client.get("/account").status_code == 302


def test_signing_in_leaves_a_row(
    client: ReadingClient, cast: Cast, mayor: str, session: Session
) -> None:
    sign_in(client, mayor, PASSWORD)
    row = session.scalars(select(JournalEntry)).one()
    assert (row.verb, row.actor_id) == (Verb.PERSON_SIGNED_IN, cast.mayor.id)


def test_wrong_unknown_and_closed_are_told_alike(
    client: ReadingClient, cast: Cast, mayor: str, session: Session, password_hash: str
) -> None:
    cast.chair.password_hash = password_hash
    cast.chair.disabled_at_utc = cast.chair.created_at_utc
    session.commit()
    for email in (mayor, "niemand@cast.test", cast.chair.email or "", cast.support.email or ""):
        password = PASSWORD if email != mayor else "iets helemaal anders"
        answer = sign_in(client, email, password)
        assert answer.status_code == 422
        assert WRONG in answer.text
        assert f'value="{email}"' in answer.text
        assert PASSWORD not in answer.text


def test_empty_fields_are_asked_for(client: ReadingClient) -> None:
    answer = sign_in(client, "", "")
    assert answer.status_code == 422
    assert "Vul uw e-mailadres in." in answer.text
    assert "Vul uw wachtwoord in." in answer.text


def test_after_ten_wrong_tries_one_must_wait(
    client: ReadingClient, mayor: str, clock: Clock
) -> None:
    for _ in range(10):
        assert sign_in(client, mayor, "iets helemaal anders").status_code == 422
    refused = sign_in(client, mayor, PASSWORD)
    assert refused.status_code == 429
    assert "Wacht 15 minuten, of vraag een link per mail: die werkt meteen." in refused.text
    clock.advance(minutes=16)
    assert sign_in(client, mayor, PASSWORD).status_code == 302


def test_who_guesses_elsewhere_locks_nobody_out(client: ReadingClient, mayor: str) -> None:
    for _ in range(11):
        guess = client.send(
            "/aanmelden",
            {"email": mayor, "wachtwoord": "geraden"},
            environ_overrides={"REMOTE_ADDR": "203.0.113.9"},
        )
    assert guess.status_code == 429
    assert sign_in(client, mayor, PASSWORD).status_code == 302


def test_guessing_from_many_places_stops_for_a_day(
    client: ReadingClient, mayor: str, clock: Clock, now: datetime
) -> None:
    attempts.count(*[attempts.email_key("password", mayor)] * 100, now=now)
    clock.advance(hours=23)
    refused = sign_in(client, mayor, PASSWORD)
    assert refused.status_code == 429
    assert "Vandaag waren er te veel verkeerde wachtwoorden voor dit adres." in refused.text
    clock.advance(hours=2)
    assert sign_in(client, mayor, PASSWORD).status_code == 302


def test_signing_in_begins_the_count_again(client: ReadingClient, mayor: str) -> None:
    for _ in range(9):
        sign_in(client, mayor, "verkeerd")
    assert sign_in(client, mayor, PASSWORD).status_code == 302
    client.send("/afmelden", {})
    for _ in range(9):
        sign_in(client, mayor, "verkeerd")
    assert sign_in(client, mayor, PASSWORD).status_code == 302


def test_who_must_wait_asks_a_link_with_one_button(
    client: ReadingClient, mayor: str, session: Session
) -> None:
    assert "Stuur mij een link" not in client.get("/aanmelden").text
    for _ in range(11):
        refused = sign_in(client, mayor, "verkeerd")
    assert "Stuur mij een link" in refused.text
    button = next(
        form for form in parse(refused.text).iter("form") if form.get("action") == "/aanmelden/link"
    )
    asked = client.post("/aanmelden/link", data=filled_in(button))
    assert asked.location == "/aanmelden/link/gevraagd"
    mail = session.scalars(select(OutboxMessage)).one()
    assert (mail.to_email, mail.subject) == (mayor, "Uw link om aan te melden")


def test_guessing_many_accounts_from_one_place_stops(
    client: ReadingClient, session: Session, now: datetime
) -> None:
    assert sign_in(client, "gok@cast.test", "x").status_code == 422
    here = session.scalars(
        select(SignInAttempt.key).where(SignInAttempt.key.contains(":network:"))
    ).one()
    attempts.count(*[here] * 49, now=now)
    assert sign_in(client, "nog.een@cast.test", "x").status_code == 429


@pytest.mark.parametrize("path", ["/voorstellen", "/voorstellen?stand=draft", "/"])
def test_one_returns_to_the_page_that_asked(client: ReadingClient, mayor: str, path: str) -> None:
    page = client.get("/aanmelden", query_string={"verder": path}).request.full_path
    assert sign_in(client, mayor, PASSWORD, page).location == path


@pytest.mark.parametrize(
    "elsewhere",
    [
        "//evil.example/x",
        "/\\evil.example",
        "\\\\evil.example",
        "https://evil.example/",
        "javascript:alert(1)",
        "/\t/evil.example",
        "/\n//evil.example",
        "evil.example",
        "http:evil",
    ],
)
def test_nobody_is_sent_elsewhere(client: ReadingClient, mayor: str, elsewhere: str) -> None:
    page = client.get("/aanmelden", query_string={"verder": elsewhere}).request.full_path
    assert sign_in(client, mayor, PASSWORD, page).location == "/"


def test_signing_in_begins_a_new_session(client: ReadingClient, mayor: str) -> None:
    client.get("/aanmelden")
    with client.session_transaction() as before:
        before["planted"] = "by somebody else"
    sign_in(client, mayor, PASSWORD)
    with client.session_transaction() as after:
        assert "planted" not in after
        assert after.permanent


def test_an_old_hash_is_renewed_at_signing_in(
    client: ReadingClient, cast: Cast, session: Session
) -> None:
    weak = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1).hash(PASSWORD)
    cast.mayor.password_hash = weak
    session.commit()
    assert sign_in(client, cast.mayor.email or "", PASSWORD).status_code == 302
    session.refresh(cast.mayor)
    assert cast.mayor.password_hash != weak
    assert (cast.mayor.password_hash or "").startswith("$argon2id$")


def test_outside_the_tests_a_hash_costs_what_rfc_9106_asks() -> None:
    asked = RFC_9106_LOW_MEMORY
    assert INSTALLED_HASHER.type is asked.type
    assert INSTALLED_HASHER.memory_cost >= asked.memory_cost
    assert INSTALLED_HASHER.time_cost >= asked.time_cost


def test_signing_out_everywhere_ends_the_other_sessions(
    app: Flask, client: ReadingClient, cast: Cast
) -> None:
    other = app.test_client()
    assert isinstance(other, ReadingClient)
    for browser in (client, other):
        browser.sign_in(cast.mayor)
        assert browser.get("/account").status_code == 200
    assert client.press("/account/overal-afmelden").status_code == 302
    assert client.get("/account").status_code == 302
    assert other.get("/account").status_code == 302


def test_a_password_is_changed_and_told_by_mail(
    client: ReadingClient, cast: Cast, mayor: str, session: Session
) -> None:
    sign_in(client, mayor, PASSWORD)
    new = "vier woorden op rij"
    wrong = {
        "current_password": "niet dit",
        "new_password": new,
        "repeated_password": new,
    }
    answer = client.send("/account", wrong)
    assert answer.status_code == 422
    assert "Dit is niet uw huidige wachtwoord." in answer.text

    assert client.send("/account", {**wrong, "current_password": PASSWORD}).status_code == 302
    assert "Uw wachtwoord is gewijzigd" in client.get("/account").text
    mail = session.scalars(select(OutboxMessage)).one()
    assert mail.to_email == mayor
    client.send("/afmelden", {})
    assert sign_in(client, mayor, PASSWORD).status_code == 422
    assert sign_in(client, mayor, new).status_code == 302


@pytest.mark.parametrize(
    ("password", "repeated", "sentence"),
    [
        ("kort", "kort", "minstens 12 tekens"),
        ("mayor@cast.test", "mayor@cast.test", "niet uw e-mailadres"),
        ("aaaaaaaaaaaaaa", "aaaaaaaaaaaaaa", "meer verschillende tekens"),
        ("x1y2" * 60, "x1y2" * 60, "hoogstens 200 tekens"),
        ("vier woorden op rij", "drie woorden op rij", "niet dezelfde"),
        ("", "", "Kies een wachtwoord."),
    ],
)
def test_a_poor_password_is_refused_with_a_reason(
    client: ReadingClient, cast: Cast, password: str, repeated: str, sentence: str
) -> None:
    client.sign_in(cast.mayor)
    answer = client.send("/account", {"new_password": password, "repeated_password": repeated})
    assert answer.status_code == 422
    assert sentence in answer.text


def test_the_session_is_renewed_on_the_first_page_of_a_day(
    client: ReadingClient, cast: Cast, clock: Clock
) -> None:
    client.sign_in(cast.mayor)
    client.get("/account")
    assert "Set-Cookie" not in client.get("/account").headers
    clock.advance(days=1)
    assert "Set-Cookie" in client.get("/account").headers
    assert "Set-Cookie" not in client.get("/account").headers

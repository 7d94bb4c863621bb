"""Error pages: the right status and a Dutch sentence, also when the database is what is broken."""

import sqlite3
from contextlib import closing
from datetime import datetime
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import event

from overleg import create_app
from overleg.accounts.models import Person
from overleg.db import db
from overleg.lib.errors import Forbidden, NotFound, NotPossible, OverlegError
from overleg.web.access import Rule, anyone, known, public, requires
from tests.parsing import parse
from tests.plugins.application import SignInAs
from tests.plugins.cast import Cast
from tests.plugins.databases import settings_for
from tests.reading import ReadingClient, read_page, text_of, way_back_on


def test_a_method_that_is_not_there_tells_which_are(client: ReadingClient, cast: Cast) -> None:
    client.sign_in(cast.support)
    answer = client.delete("/voorstellen")
    assert answer.status_code == 405
    assert {"GET", "HEAD"} <= set(answer.headers["Allow"].split(", "))
    assert "Dat kan hier niet" in answer.text


def test_an_address_that_is_too_long_says_so(client: ReadingClient, cast: Cast) -> None:
    client.sign_in(cast.mayor)
    assert client.get("/zoeken?q=" + "a" * 6000).status_code == 200
    answer = client.get("/zoeken?q=" + "a" * 7000)
    assert answer.status_code == 414
    assert "Dat adres is te lang" in answer.text
    assert "Zoek met minder woorden" in answer.text


def test_the_sign_in_page_takes_no_address_along_that_it_would_not_follow(
    client: ReadingClient,
) -> None:
    followed = client.get("/zoeken?q=" + "%C3%A9" * 330).location
    assert client.get(followed).status_code == 200
    assert client.get("/zoeken?q=" + "%C3%A9" * 1000).location == "/aanmelden"


@pytest.mark.sqlite
@pytest.mark.own_app
def test_a_locked_database_asks_to_try_again(app: Flask, cast: Cast, sign_in_as: SignInAs) -> None:
    browser = sign_in_as(cast.support)
    file = db.engine.url.database
    assert file is not None

    @event.listens_for(db.engine, "checkout")
    def hurry(connection: sqlite3.Connection, *_: object) -> None:
        connection.execute("PRAGMA busy_timeout=50")

    typed = {"body": cast.midwest.slug, "sent_as": "eens"}
    db.session.commit()
    holder = sqlite3.connect(file, isolation_level=None)
    with closing(holder):
        holder.execute("BEGIN IMMEDIATE")
        answer = browser.press("/kalender/nieuw", typed)
    assert answer.status_code == 503
    assert answer.headers["Retry-After"] == "30"
    assert "Er is niets bewaard" in answer.text
    assert browser.press("/kalender/nieuw", typed).status_code == 200


@pytest.mark.parametrize("path", ["/", "/voorstellen", "/aanmelden", "/kalender"])
def test_a_database_that_is_gone_gives_a_page(
    cast: Cast, sign_in_as: SignInAs, tmp_path: Path, path: str
) -> None:
    away = create_app(settings_for(f"sqlite:///{tmp_path / 'nowhere' / 'x.db'}", tmp_path))
    away.test_client_class = ReadingClient
    browser = away.test_client()
    assert isinstance(browser, ReadingClient)
    browser.sign_in(cast.support)
    with away.app_context():
        answer = browser.get(path)
    assert answer.status_code == 503
    assert "Even niet bereikbaar" in answer.text


@pytest.mark.own_app
def test_who_adds_what_is_there_by_now_is_told(
    app: Flask, client: ReadingClient, cast: Cast, now: datetime
) -> None:
    email = cast.support.email

    @public
    def twice() -> str:
        db.session.add(Person(name="Nog eens", email=email, created_at_utc=now))
        db.session.flush()
        return ""

    app.view_functions["jobs.health"] = twice
    answer = client.get("/healthz")
    assert answer.status_code == 409
    assert "Iemand anders" in answer.text


@pytest.mark.own_app
def test_an_unexpected_fault_shows_no_trace(app: Flask, client: ReadingClient) -> None:
    @public
    def broken() -> str:
        raise ValueError("geheim")

    app.view_functions["jobs.health"] = broken
    answer = client.ask("/healthz")
    assert answer.status_code == 500
    read_page(answer.text)
    assert "Er ging iets mis" in answer.text
    assert "geheim" not in answer.text
    assert "Traceback" not in answer.text


def refuse_at(
    app: Flask,
    endpoint: str,
    rule: Rule = known,
    *,
    error: OverlegError | None = None,
) -> None:
    """Let a page say that this can no longer be done, whatever it is asked."""

    @requires(rule)
    def refused(**_values: str) -> str:
        raise error or NotPossible("Dat kan niet meer.")

    app.view_functions[endpoint] = refused


@pytest.mark.own_app
def test_what_can_no_longer_be_done_leads_to_the_page_before(
    app: Flask, client: ReadingClient, cast: Cast
) -> None:
    """Only to a page of ours, which this person may enter; nothing of what was sent is copied."""
    refuse_at(app, "minutes.settle_remark")
    client.sign_in(cast.support)
    led = {}
    for came_from in (
        "http://localhost/kalender?kwaad",
        "http://localhost/nergens",
        "http://localhost/beheer/taken",
        "http://localhost//kwaad.test",
        "http://kwaad.test/kalender",
        "http://localhost@kwaad.test/kalender",
        "http://[kwaad",
        "javascript:kwaad()",
    ):
        answer = client.press("/opmerkingen/een", headers={"Referer": came_from})
        assert answer.status_code == 409
        assert "Naar mijn startpagina" in answer.text
        assert "kwaad" not in answer.text
        led[came_from] = way_back_on(answer.text)
    assert led.pop("http://localhost/kalender?kwaad") == "/kalender"
    assert set(led.values()) == {None}


@pytest.mark.own_app
def test_what_can_no_longer_be_done_leads_to_the_thing_it_lies_under(
    app: Flask, client: ReadingClient, cast: Cast
) -> None:
    refuse_at(app, "organisations.switch_sign_off")
    client.sign_in(cast.administrator)
    answer = client.press(
        f"/organisaties/{cast.tielt.id}/aftekenen", headers={"Referer": "http://localhost/kalender"}
    )
    assert way_back_on(answer.text) == f"/organisaties/{cast.tielt.id}"


@pytest.mark.own_app
def test_a_page_that_is_refused_does_not_lead_to_itself(
    app: Flask, client: ReadingClient, cast: Cast
) -> None:
    client.sign_in(cast.support)
    client.open_page()
    refuse_at(app, "accounts.my_account")
    itself = {"Referer": "http://localhost/account"}
    assert way_back_on(client.get("/account", headers=itself).text) is None


@pytest.mark.own_app
def test_who_is_not_signed_in_is_not_led_to_the_sign_in_page(
    app: Flask, client: ReadingClient
) -> None:
    refuse_at(app, "calendars.my_invitations", anyone)
    assert way_back_on(client.get("/kalender/uitnodigingen").text) is None


@pytest.mark.own_app
def test_what_can_no_longer_be_done_gives_the_typed_texts_back(
    app: Flask, client: ReadingClient, cast: Cast
) -> None:
    refuse_at(app, "minutes.settle_remark")
    client.sign_in(cast.support)
    typed = {
        "motive": "Een lange reden <b>zonder</b> opmaak.\nMet een tweede regel.",
        "answer": "<p>Met <strong>opmaak</strong>.</p>",
        "answer-format": "html",
        "wachtwoord": "een geheime zin",
        "state": "adopted",
    }
    page = client.press("/opmerkingen/een", typed)
    assert page.status_code == 409
    assert "Uw tekst staat hieronder" in page.text
    assert "Een lange reden &lt;b&gt;zonder&lt;/b&gt; opmaak.\nMet een tweede regel." in page.text
    assert "Met opmaak." in page.text
    for unsaid in ("geheime", "adopted", "<b>zonder"):
        assert unsaid not in page.text
    assert "Uw tekst" not in client.press("/opmerkingen/een", {"state": "adopted"}).text


@pytest.mark.own_app
@pytest.mark.parametrize("error", [Forbidden(), NotFound()])
def test_what_is_no_more_or_not_ones_own_gives_the_typed_texts_back(
    app: Flask, client: ReadingClient, cast: Cast, error: OverlegError
) -> None:
    refuse_at(app, "minutes.settle_remark", error=error)
    client.sign_in(cast.support)
    page = client.press("/opmerkingen/een", {"answer": "Een lange zin die ik typte"})
    assert page.status_code == error.status
    assert "Een lange zin die ik typte" in page.text


def test_words_that_were_sent_to_no_page_are_not_shown(client: ReadingClient, cast: Cast) -> None:
    client.sign_in(cast.mayor)
    page = client.press("/nergens", {"title": "Woorden van elders"})
    assert page.status_code == 404
    assert "Woorden van elders" not in page.text


@pytest.mark.own_app
def test_what_is_too_large_names_the_limits_and_leads_back_to_the_form(
    app: Flask, client: ReadingClient, cast: Cast
) -> None:
    client.sign_in(cast.mayor)
    app.config["MAX_CONTENT_LENGTH"] = 1000
    form = f"/voorstellen/nieuw?overleg={cast.midwest.slug}"
    too_much = {"title": "a" * 2000}
    page = client.post(form, data=too_much)
    assert page.status_code == 413
    assert "samen mogen hoogstens 75 MB zijn, en elk bestand hoogstens 25 MB" in page.text
    assert form_on(page.text) == form

    itself = {"Referer": "http://localhost/kalender"}
    again = client.post("/kalender/nieuw", data=too_much, headers=itself)
    assert form_on(again.text) == "/kalender"


def form_on(html: str) -> str | None:
    """Where an error page leads back to the form."""
    led = {text_of(each): each.get("href") for each in parse(html).iter("a")}
    return led.get("Terug naar het formulier")

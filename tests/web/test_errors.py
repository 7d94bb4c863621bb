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
from overleg.web.access import public
from tests.plugins.application import SignInAs
from tests.plugins.cast import Cast
from tests.plugins.databases import settings_for
from tests.reading import ReadingClient, read_page


def test_a_method_that_is_not_there_tells_which_are(client: ReadingClient, cast: Cast) -> None:
    client.sign_in(cast.support)
    answer = client.delete("/voorstellen")
    assert answer.status_code == 405
    assert {"GET", "HEAD"} <= set(answer.headers["Allow"].split(", "))
    assert "Dat kan hier niet" in answer.text


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

"""A form sent twice is taken in once."""

from collections.abc import Mapping
from contextvars import Context
from datetime import timedelta
from io import BytesIO
from threading import Barrier, Thread

import pytest
from flask import Flask, redirect, render_template_string
from flask.testing import FlaskClient
from flask.typing import ResponseReturnValue
from sqlalchemy import func, select
from sqlalchemy.orm import Session
from wtforms.validators import DataRequired

from overleg.accounts.cleaning import forget_old_input
from overleg.accounts.models import Person, SentForm
from overleg.accounts.workflow import add_person
from overleg.db import db
from overleg.lib.errors import NotPossible
from overleg.web import clock
from overleg.web.access import signed_in, viewer
from overleg.web.forms import HouseForm, LineField
from tests.parsing import parse
from tests.plugins.application import Clock
from tests.plugins.cast import Cast
from tests.reading import ReadingClient, filled_in

pytestmark = pytest.mark.own_app

SAID = "Dit formulier was al verstuurd. Het is één keer verwerkt."
PAGE = """
{% extends "layouts/base.html" %}
{% from "components/forms.html" import form_start, form_end, field, submit %}
{% block title %}Proef{% endblock %}
{% block content %}
  {{ form_start("/proef", form) }}{{ field(form.label) }}{{ submit("Bewaren") }}{{ form_end() }}
{% endblock %}
"""


class PersonForm(HouseForm):
    """A form that adds something."""

    label = LineField("Naam", validators=[DataRequired("Vul een naam in.")])


@signed_in
def trial() -> ResponseReturnValue:
    """A page that adds somebody each time its form is taken in."""
    form = PersonForm()
    if form.validate_on_submit():
        if form.label.data == "Onmogelijk":
            raise NotPossible("Dat kan nu niet.")
        by = viewer().person
        person = add_person(form.label.data or "", None, by=by, now=clock.now())
        return redirect(f"/proef/{person.id}")
    page = render_template_string(PAGE, form=form)
    return page, 422 if form.is_submitted() else 200


@pytest.fixture
def browser(app: Flask, cast: Cast) -> ReadingClient:
    """Support staff in a browser, on an application with a page of our own."""
    app.add_url_rule("/proef", "trial", trial, methods=["GET", "POST"])
    made = app.test_client()
    assert isinstance(made, ReadingClient)
    made.sign_in(cast.support)
    return made


def opened(browser: FlaskClient, **changes: str) -> dict[str, str]:
    """Open the page and fill in its form, without sending it."""
    page = parse(browser.get("/proef").text)
    (form,) = [form for form in page.iter("form") if form.get("action") == "/proef"]
    return {**filled_in(form), "label": "Burgemeester Pittem", **changes}


def added(session: Session, label: str = "Burgemeester Pittem") -> int:
    return session.scalar(select(func.count()).where(Person.name == label)) or 0


def test_the_second_sending_leads_to_what_came_of_the_first(
    browser: ReadingClient, session: Session
) -> None:
    typed = opened(browser)
    first = browser.post("/proef", data=typed)
    second = browser.post("/proef", data=typed)
    assert (first.status_code, second.status_code) == (302, 303)
    assert first.location == second.location
    assert added(session) == 1
    assert SAID in browser.get("/proef").text


def test_two_at_once_are_taken_in_once(
    app: Flask, browser: ReadingClient, session: Session
) -> None:
    _send_two_at_once(app, browser, opened(browser))
    assert added(session) == 1


@pytest.mark.postgresql
def test_two_at_once_are_taken_in_once_on_postgresql(
    app: Flask, browser: ReadingClient, session: Session
) -> None:
    _send_two_at_once(app, browser, opened(browser))
    assert added(session) == 1


def _send_two_at_once(app: Flask, browser: ReadingClient, typed: Mapping[str, str]) -> None:
    cookie = browser.get_cookie("overleg")
    assert cookie is not None
    db.session.commit()
    together = Barrier(2)
    places: list[str | None] = []

    def send() -> None:
        another = FlaskClient(app, use_cookies=True)
        another.set_cookie("overleg", cookie.decoded_value)
        together.wait()
        answer = Context().run(another.post, "/proef", data=typed, buffered=True)
        places.append(answer.location)

    senders = [Thread(target=send) for _ in range(2)]
    for sender in senders:
        sender.start()
    for sender in senders:
        sender.join()
    assert len(places) == 2
    assert places[0] == places[1] is not None


def test_a_refused_form_is_corrected_and_sent(browser: ReadingClient, session: Session) -> None:
    typed = opened(browser, label="")
    assert browser.post("/proef", data=typed).status_code == 422
    assert browser.post("/proef", data=typed).status_code == 422
    assert browser.post("/proef", data={**typed, "label": "Goed"}).status_code == 302
    assert added(session, "Goed") == 1


def test_an_impossible_move_stays_impossible(browser: ReadingClient) -> None:
    typed = opened(browser, label="Onmogelijk")
    assert browser.post("/proef", data=typed).status_code == 409
    assert browser.post("/proef", data=typed).status_code == 409


def test_the_same_words_in_a_page_opened_anew_are_another_form(
    browser: ReadingClient, session: Session
) -> None:
    for _ in range(2):
        assert browser.post("/proef", data=opened(browser)).status_code == 302
    assert added(session) == 2


def test_going_back_and_changing_something_loses_nothing(
    browser: ReadingClient, session: Session
) -> None:
    typed = opened(browser)
    browser.post("/proef", data=typed)
    browser.post("/proef", data={**typed, "label": "Burgemeester Meulebeke"})
    assert added(session, "Burgemeester Meulebeke") == 1


def test_a_corrected_file_under_the_old_name_is_taken_in(
    browser: ReadingClient, session: Session
) -> None:
    typed = opened(browser)
    for content in (b"nota", b"nota, verbeterd"):
        browser.post("/proef", data={**typed, "file": (BytesIO(content), "nota.txt")})
    browser.post("/proef", data={**typed, "file": (BytesIO(content), "nota.txt")})
    assert added(session) == 2


def test_another_person_is_another_sender(
    browser: ReadingClient, cast: Cast, session: Session
) -> None:
    typed = opened(browser)
    browser.post("/proef", data=typed)
    browser.sign_in(cast.chair)
    assert browser.post("/proef", data=typed).status_code == 302
    assert added(session) == 2


def test_rows_are_forgotten_after_a_day(
    browser: ReadingClient, session: Session, clock: Clock
) -> None:
    browser.post("/proef", data=opened(browser))
    forget_old_input(clock() + timedelta(hours=23))
    assert session.scalar(select(func.count()).select_from(SentForm)) == 1
    forget_old_input(clock() + timedelta(hours=25))
    assert session.scalar(select(func.count()).select_from(SentForm)) == 0

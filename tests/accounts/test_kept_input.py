"""A session ends or a page grows stale while somebody writes: what was typed comes back."""

from datetime import datetime
from urllib.parse import parse_qs, urlsplit

import pytest
from flask import Flask, redirect, render_template_string
from flask.typing import ResponseReturnValue
from sqlalchemy import func, select
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse
from wtforms import PasswordField, SelectChoice, SelectField
from wtforms.validators import DataRequired

from overleg.accounts.cleaning import forget_old_input
from overleg.accounts.models import KeptInput
from overleg.accounts.passwords import hash_password
from overleg.web.access import signed_in
from overleg.web.forms import HouseForm, LineField, RichTextField
from tests.plugins.application import Clock
from tests.plugins.cast import Cast
from tests.reading import ReadingClient

pytestmark = pytest.mark.own_app

PASSWORD = "een lange demozin"
BACK = "Wat u typte staat er nog. Controleer en verstuur opnieuw."
PAGE = """
{% extends "layouts/base.html" %}
{% from "components/forms.html" import form_start, form_end, field, rich_text, submit %}
{% block title %}Proef{% endblock %}
{% block content %}
  {{ form_start("/proef", form) }}{{ field(form.title) }}{{ rich_text(form.text) }}
  {{ field(form.kind) }}{{ field(form.secret_password) }}{{ submit("Bewaren") }}{{ form_end() }}
  {{ form_start("/proef/zoek", other) }}{{ field(other.words) }}{{ submit("Zoek") }}{{ form_end() }}
{% endblock %}
"""
TYPED = {
    "title": "Fietspad langs de Mandel 🚲 مرحبا",
    "text": "Eerste regel.\n\nTweede <b>regel</b>.",
    "kind": "b",
    "secret_password": "dit is geheim",
}


class TrialForm(HouseForm):
    """A form as features have them."""

    title = LineField("Titel", validators=[DataRequired("Vul een titel in.")])
    text = RichTextField("Tekst")
    kind = SelectField("Soort", choices=[SelectChoice("a", "Eerste"), SelectChoice("b", "Tweede")])
    secret_password = PasswordField("Code")


class SearchForm(HouseForm):
    """Another form on the same page."""

    words = LineField("Woorden")


@signed_in
def trial() -> ResponseReturnValue:
    """A page with two forms."""
    form = TrialForm()
    if form.validate_on_submit():
        return redirect("/bewaard")
    return render_template_string(PAGE, form=form, other=SearchForm())


@signed_in
def only_post() -> ResponseReturnValue:
    """An address that takes forms only."""
    return redirect("/proef")


@pytest.fixture
def trial_app(app: Flask, session: Session, cast: Cast) -> Flask:
    """The application with a page of our own, and a mayor with a password."""
    app.add_url_rule("/proef", "trial", trial, methods=["GET", "POST"])
    app.add_url_rule("/proef/zoek", "only_post", only_post, methods=["POST"])
    cast.mayor.password_hash = hash_password(PASSWORD)
    session.commit()
    return app


@pytest.fixture
def browser(trial_app: Flask) -> ReadingClient:
    """A browser on that application."""
    made = trial_app.test_client()
    assert isinstance(made, ReadingClient)
    return made


def sign_in_again(browser: ReadingClient, asked: TestResponse, cast: Cast) -> TestResponse:
    """Sign in on the page that was asked for, and follow on."""
    assert asked.status_code == 303
    page = browser.get(asked.location)
    assert "Wat u typte, is bewaard" in page.text
    answer = browser.send(asked.location, {"email": cast.mayor.email, "wachtwoord": PASSWORD})
    return browser.get(answer.location)


def kept(session: Session) -> int:
    return session.scalar(select(func.count()).select_from(KeptInput)) or 0


def test_what_was_typed_comes_back_after_signing_in(browser: ReadingClient, cast: Cast) -> None:
    back = sign_in_again(browser, browser.post("/proef", data=TYPED), cast)
    assert BACK in back.text
    assert TYPED["title"] in back.text
    assert "Tweede &lt;b&gt;regel&lt;/b&gt;." in back.text
    assert '<option selected value="b">' in back.text
    assert TYPED["secret_password"] not in back.text
    assert back.text.count(BACK) == 1

    fields = {"title": TYPED["title"]}
    assert browser.send(back.request.full_path, fields).location == "/bewaard"


def test_passwords_and_tokens_are_not_kept(
    browser: ReadingClient, cast: Cast, session: Session
) -> None:
    browser.post("/proef", data={**TYPED, "csrf_token": "oud", "wachtwoord2": "ook geheim"})
    content = session.scalars(select(KeptInput.content)).one()
    assert "geheim" not in content
    assert "csrf_token" not in content


def test_a_form_to_an_address_without_page_comes_back_where_it_stood(
    browser: ReadingClient, cast: Cast
) -> None:
    here = {"Referer": "http://localhost/proef?soort=b"}
    asked = browser.post("/proef/zoek", data={"words": "zwembad"}, headers=here)
    back = sign_in_again(browser, asked, cast)
    assert back.request.path == "/proef"
    assert back.request.args["soort"] == "b"
    assert 'value="zwembad"' in back.text
    assert BACK in back.text


def test_without_a_page_to_return_to_one_goes_home(browser: ReadingClient) -> None:
    elsewhere = {"Referer": "https://evil.example/proef"}
    asked = browser.post("/proef/zoek", data={"words": "x"}, headers=elsewhere)
    assert parse_qs(urlsplit(asked.location).query)["verder"] == ["/"]


@pytest.mark.parametrize(
    "headers",
    [
        {"Referer": "http://[x"},
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
        {"Sec-Fetch-Site": "cross-site"},
        {"Referer": "https://evil.example/"},
    ],
)
def test_what_another_site_sends_is_not_kept(
    browser: ReadingClient, session: Session, headers: dict[str, str]
) -> None:
    asked = browser.post("/proef", data=TYPED, headers=headers)
    assert asked.status_code == 303
    assert "bewaard" not in asked.location
    assert kept(session) == 0


def test_another_browser_and_another_person_do_not_see_it(
    trial_app: Flask, browser: ReadingClient, cast: Cast
) -> None:
    asked = browser.post("/proef", data=TYPED)
    path = parse_qs(urlsplit(asked.location).query)["verder"][0]
    other = trial_app.test_client()
    assert isinstance(other, ReadingClient)
    other.sign_in(cast.stranger)
    assert TYPED["title"] not in other.get(path).text

    back = sign_in_again(browser, asked, cast)
    assert TYPED["title"] in back.text
    browser.sign_in(cast.stranger)
    assert TYPED["title"] not in browser.get(path).text


def test_after_a_day_it_is_gone(
    browser: ReadingClient, cast: Cast, session: Session, clock: Clock
) -> None:
    asked = browser.post("/proef", data=TYPED)
    clock.advance(days=1, minutes=1)
    assert TYPED["title"] not in sign_in_again(browser, asked, cast).text
    assert kept(session) == 1
    forget_old_input(clock())
    assert kept(session) == 0


def test_too_much_is_not_kept_and_that_is_said(browser: ReadingClient, session: Session) -> None:
    asked = browser.post("/proef", data={**TYPED, "text": "x" * 400_000})
    assert "kon niet bewaard worden" in browser.get(asked.location).text
    assert kept(session) == 0


def test_nobody_fills_the_database(browser: ReadingClient, session: Session) -> None:
    for _ in range(33):
        browser.post("/proef", data=TYPED)
    assert kept(session) == 30


def test_a_stale_token_brings_the_form_back(browser: ReadingClient, cast: Cast) -> None:
    browser.sign_in(cast.mayor)
    answer = browser.post("/proef", data={**TYPED, "csrf_token": "van gisteren"})
    assert answer.status_code == 303
    back = browser.get(answer.location)
    assert BACK in back.text
    assert TYPED["title"] in back.text


def test_a_form_without_token_is_refused(
    browser: ReadingClient, cast: Cast, session: Session
) -> None:
    browser.sign_in(cast.mayor)
    answer = browser.post("/proef", data=TYPED)
    assert answer.status_code == 400
    assert "stond te lang open" in answer.text
    assert kept(session) == 0


def test_a_sign_in_page_that_grew_stale_keeps_the_address_only(
    browser: ReadingClient, cast: Cast
) -> None:
    typed = {"email": cast.mayor.email, "wachtwoord": PASSWORD, "csrf_token": "oud"}
    answer = browser.post("/aanmelden?verder=/proef", data=typed)
    assert answer.status_code == 303
    page = browser.get(answer.location)
    assert f'value="{cast.mayor.email}"' in page.text
    assert PASSWORD not in page.text
    signed_in = browser.send(answer.location, {"wachtwoord": PASSWORD})
    assert signed_in.location == "/proef"


def test_a_plain_visit_is_sent_on_with_its_question(browser: ReadingClient, now: datetime) -> None:
    asked = browser.get("/proef?soort=b")
    assert parse_qs(urlsplit(asked.location).query)["verder"] == ["/proef?soort=b"]

"""Every piece pages are made of, in a real browser: axe, keyboard, with and without script."""

import re
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from flask import Flask, flash, redirect, render_template, request
from flask_wtf.csrf import CSRFProtect
from jinja2 import ChoiceLoader, FileSystemLoader, StrictUndefined
from playwright.sync_api import Page, Route, expect
from werkzeug.wrappers import Response
from wtforms import (
    BooleanField,
    DateField,
    FileField,
    IntegerField,
    PasswordField,
    RadioField,
    SelectField,
    StringField,
    TimeField,
)
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Optional

from overleg.web.assets import init_assets
from overleg.web.drawing import init_drawing
from overleg.web.filters import init_filters
from overleg.web.forms import HouseForm, RichTextField
from overleg.web.headers import init_headers
from overleg.web.navigation import Link, shared_colour
from tests.plugins.browser import PHONE, OpenPage, Watch, visit

pytestmark = [pytest.mark.browser, pytest.mark.npm]

ROOT = Path(__file__).resolve().parents[2]
GALLERY = Path(__file__).parent / "gallery"
STATES = re.findall(r'"(\w+)": \("', (ROOT / "templates/components/labels.html").read_text("utf-8"))
CIRCLES = ("openbaar", "besturen", "burgemeesters")
MUNICIPALITIES = ("Ardooie", "Hooglede", "Izegem", "Lichtervelde", "Moorslede", "Pittem", "Tielt")


class Proposal(HouseForm):
    """A form with a field of every kind."""

    title = StringField("Titel", [InputRequired()])
    explanation = RichTextField("Toelichting")
    day = DateField("Gewenste datum", [Optional()])
    hour = TimeField("Beginuur", [Optional()])
    minutes = IntegerField("Minuten nodig", [Optional()])
    kind = SelectField(
        "Soort", choices=[SelectChoice("a", "Bespreken"), SelectChoice("b", "Weten")]
    )
    circle = RadioField("Wie mag dit lezen?", choices=[SelectChoice(c, c) for c in CIRCLES])
    attendance = RadioField(
        "Aanwezigheid", choices=[SelectChoice("ja", "Aanwezig"), SelectChoice("nee", "Afwezig")]
    )
    sure = BooleanField("Het AD-overleg gaf advies")
    annex = FileField("Bijlage")
    secret = PasswordField("Wachtwoord", render_kw={"autocomplete": "current-password"})


def _named(**values: Any) -> SimpleNamespace:
    return SimpleNamespace(**values)


def _pieces() -> str:
    label, current = "Onderdeel", {"Agenda": True}
    states = [_named(value=value, label=value.replace("_", " ")) for value in STATES]
    entry = _named(
        at_utc=datetime(2026, 11, 22, 9, tzinfo=UTC),
        actor_name="Voorzitter Midwest",
        sentence="stuurde het voorstel terug.",
        reason="Graag eerst de kostprijs.",
    )
    links = [
        _named(label=name, url="/", current=current.get(name, False), count=count)
        for name, count in (("Agenda", 12), ("Deelnemers", 7), ("Documenten", None), (label, 0))
    ]
    return render_template(
        "pieces.html",
        states=states,
        circles=[_named(value=value, label=value) for value in CIRCLES],
        links=links,
        entries=[entry],
        municipalities=[_named(label=name, url="/") for name in MUNICIPALITIES],
        steps=[_named(label=s, status=s) for s in ("done", "current", "todo")],
    )


def _form() -> str | Response | tuple[str, int]:
    form = Proposal(data={"explanation": "<p>Wij vragen een <strong>standpunt</strong>.</p>"})
    if request.args.get("verlopen"):
        return render_template("sign_in.html")
    if form.is_submitted() and not form.validate():
        return render_template("form.html", form=form), 422
    if form.is_submitted():
        flash(f"Bewaard: {form.explanation.data}", "success")
        return redirect("/stukken")
    return render_template("form.html", form=form)


@pytest.fixture
def posted() -> list[Any]:
    """What scripts and buttons sent."""
    return []


@pytest.fixture
def app(posted: list[Any]) -> Flask:
    """A small application with only the layout and the pieces."""
    app = Flask(__name__, static_folder=str(ROOT / "overleg" / "static"), static_url_path="/static")
    app.config.update(SECRET_KEY="only for this test", WTF_I18N_ENABLED=False)
    app.jinja_env.undefined = StrictUndefined
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    app.jinja_loader = ChoiceLoader(
        [FileSystemLoader(ROOT / "templates"), FileSystemLoader(GALLERY)]
    )
    CSRFProtect(app)
    init_assets(app)
    init_filters(app)
    init_headers(app, https=False)
    init_drawing(app)
    # Nobody is signed in, and no file came back.
    app.jinja_env.globals.update(opened_by=str, returned_files=lambda _action: ())
    app.jinja_env.globals.update(shared_colour=shared_colour)
    app.context_processor(
        lambda: {
            "navigation": lambda: (Link("Start", "/", "house", current=True),),
            "body_links": lambda: (Link("Midwest", "/"),),
            "current_person": _named(name="Ondersteuner Midwest", id="p1"),
        }
    )

    def order() -> tuple[str, int]:
        posted.append(request.form.getlist("ids"))
        return "", 204

    def sent() -> Response:
        posted.append(request.form["versie"])
        return redirect("/stukken")

    app.add_url_rule("/stukken", view_func=_pieces)
    app.add_url_rule("/formulier", view_func=_form, methods=["GET", "POST"])
    app.add_url_rule("/volgorde", view_func=order, methods=["POST"])
    app.add_url_rule("/verstuurd", view_func=sent, methods=["POST"])
    return app


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", [(1280, 900), PHONE], ids=["desk", "phone"])
def test_axe_finds_nothing_on_any_piece(
    new_page: OpenPage,
    axe: Callable[[Page], None],
    watch: Watch,
    scheme: str,
    size: tuple[int, int],
) -> None:
    watch.expect_status(422)
    page = new_page(size=size, color_scheme=scheme)
    for path in ("/stukken", "/stukken?kleur=plum", "/formulier"):
        visit(page, path)
        axe(page)
    page.get_by_role("button", name="Indienen").click()
    expect(page.locator("[data-error-summary]")).to_be_focused()
    axe(page)


def test_targets_on_a_phone_are_large_enough(phone: Page) -> None:
    visit(phone, "/stukken")
    small = phone.evaluate(
        """() => [...document.querySelectorAll("button, summary, .button, .tabs a, .main-nav a")]
            .filter((each) => each.offsetParent && each.getBoundingClientRect().height < 44)
            .map((each) => each.outerHTML)"""
    )
    assert small == []


HYPHENS = """() => [...document.querySelectorAll("h1, .list-table tbody :is(th, td)")]
    .map((each) => getComputedStyle(each))
    .map((style) => `${style.hyphens} ${style.hyphenateLimitChars}`)"""


def test_only_a_very_long_word_is_broken_after_a_syllable_and_only_on_a_phone(
    phone: Page, page: Page
) -> None:
    visit(phone, "/stukken")
    assert set(phone.evaluate(HYPHENS)) == {"auto 20 6 5"}
    visit(page, "/stukken")
    assert set(page.evaluate(HYPHENS)) == {"manual auto"}


def test_the_editor_sends_html(page: Page) -> None:
    visit(page, "/formulier")
    editor = page.get_by_role("textbox", name="Toelichting")
    expect(editor).to_contain_text("Wij vragen een standpunt.")
    # Selecting by keys races with the editor, which hears of a selection later: empty it instead.
    editor.evaluate("e => e.editor.loadHTML('')")
    expect(editor).to_have_text("")
    editor.press_sequentially("Een")
    expect(editor).to_have_text("Een")
    page.get_by_role("button", name="Opsomming").click()
    expect(editor.locator("li")).to_have_text("Een")
    page.get_by_label("Titel").fill("Energieloket")
    page.get_by_label("burgemeesters").check()
    page.get_by_label("Aanwezig", exact=True).check()
    page.get_by_role("button", name="Indienen").click()
    expect(page.locator("[data-flash]")).to_have_text("Bewaard: <ul><li>Een</li></ul>")


def test_without_script_plain_text_is_taken(new_page: OpenPage) -> None:
    page = new_page(javascript=False)
    page.goto("/formulier")
    area = page.get_by_label("Toelichting")
    expect(area).to_have_value("Wij vragen een standpunt.")
    area.fill("Eerste.\n\nTweede <b>.")
    page.get_by_label("Titel").fill("Energieloket")
    page.get_by_label("burgemeesters").check()
    page.get_by_label("Aanwezig", exact=True).check()
    page.get_by_role("button", name="Indienen").click()
    expect(page.locator("[data-flash]")).to_have_text(
        "Bewaard: <p>Eerste.</p><p>Tweede &lt;b&gt;.</p>"
    )


def test_what_was_typed_is_offered_again_after_the_session_expired(page: Page) -> None:
    visit(page, "/formulier")
    page.get_by_label("Titel").fill("Energieloket")
    page.get_by_label("Wachtwoord").fill("geheim")
    visit(page, "/formulier?verlopen=1")
    visit(page, "/formulier")
    page.get_by_role("button", name="Terugzetten").click()
    expect(page.get_by_label("Titel")).to_have_value("Energieloket")
    expect(page.get_by_label("Wachtwoord")).to_have_value("")
    assert "geheim" not in page.evaluate("() => JSON.stringify(sessionStorage)")


def test_what_was_typed_before_the_scripts_came_is_kept(page: Page) -> None:
    waiting: list[Route] = []

    def hold(route: Route) -> None:
        waiting.append(route)

    page.route("**/js/unsaved.js*", hold)
    page.route("**/js/richtext.js*", hold)
    page.goto("/formulier", wait_until="commit")
    page.get_by_label("Titel").fill("Energieloket")
    page.locator("textarea").fill("Eerst lezen.")
    while len(waiting) < 2:
        page.wait_for_timeout(20)
    for route in waiting:
        route.continue_()
    expect(page.locator("trix-editor")).to_have_text("Eerst lezen.")
    page.wait_for_function("() => Object.keys(sessionStorage).length === 1")
    page.unroute_all()
    visit(page, "/formulier?verlopen=1")
    visit(page, "/formulier")
    page.get_by_role("button", name="Terugzetten").click()
    expect(page.get_by_label("Titel")).to_have_value("Energieloket")


def test_what_was_saved_is_not_offered_again(page: Page) -> None:
    visit(page, "/formulier")
    page.get_by_label("Titel").fill("Energieloket")
    page.get_by_label("burgemeesters").check()
    page.get_by_label("Aanwezig", exact=True).check()
    page.get_by_role("button", name="Indienen").click()
    expect(page.locator("[data-flash]")).to_be_visible()
    page.wait_for_function("() => Object.keys(sessionStorage).length === 0")


def test_something_final_is_asked_once_more(page: Page, posted: list[Any]) -> None:
    visit(page, "/stukken")
    page.get_by_role("button", name="Agenda versturen").click()
    question = page.get_by_role("dialog", name="34 mensen krijgen een mail.")
    question.get_by_role("button", name="Annuleren").click()
    expect(question).to_have_count(0)
    assert posted == []
    page.get_by_role("button", name="Agenda versturen").click()
    with page.expect_event("load"):
        question.get_by_role("button", name="Agenda versturen").click()
    assert posted == ["2"]


def test_a_dragged_row_is_saved_and_said(page: Page, posted: list[Any]) -> None:
    visit(page, "/stukken")
    handle = page.locator("[data-handle]").first
    expect(handle).to_be_visible()
    rows = page.locator("[data-sortable] > li")
    start, end = handle.bounding_box(), rows.nth(1).bounding_box()
    assert start
    assert end
    page.mouse.move(start["x"] + 8, start["y"] + 12)
    page.mouse.down()
    page.mouse.move(start["x"] + 8, start["y"] + 40, steps=5)
    page.mouse.move(start["x"] + 8, end["y"] + end["height"] - 8, steps=10)
    expect(rows.nth(0)).to_have_attribute("data-id", "punt2")
    page.mouse.up()
    expect(page.get_by_text("Goedkeuring van het verslag staat nu op plaats 2.")).to_be_visible()
    assert posted == [["punt2", "punt1", "punt3"]]


def test_menus_open_and_close_by_keyboard(page: Page) -> None:
    visit(page, "/stukken")
    menu = page.locator(".menu-me")
    menu.locator("summary").press("Enter")
    expect(menu.get_by_role("button", name="Afmelden")).to_be_visible()
    page.keyboard.press("Escape")
    expect(menu.get_by_role("button", name="Afmelden")).to_be_hidden()
    expect(menu.locator("summary")).to_be_focused()


def test_the_first_stop_by_keyboard_leads_to_the_content(page: Page) -> None:
    visit(page, "/stukken")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Naar de inhoud")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_be_focused()

"""Whatever somebody sends, to whatever page: an answer, never a crash, and no word lost."""

import re
from collections.abc import Callable, Iterator
from xml.etree.ElementTree import Element

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from tests.house.access_table import ACCESS, KEEPS_JOBS, KEEPS_MAIL, LOADS_INHABITANTS
from tests.house.test_access import address, addresses_of, rules_of
from tests.house.visiting import VisitAs
from tests.house.world import World
from tests.parsing import parse
from tests.reading import filled_in

KINDS = {"text", "search", "", "url", "tel"}
DAYS = {"date"}
LONG = "x" * 100_000
ODD = "Fietspad 🚲 👩‍🚒 مرحبا שלום & <b>'\"; {{ 7*7 }} %s"
NUL = "a\x00b"
SLIPS = ("0001-01-01", "0026-12-11", "9999-12-31")
"""Days that nobody means."""
COUNTS_WITH_MORE = {"/gemeenten/{nis_code}"}
"""Where a day counts for nothing until something is chosen beside it."""
ANSWERS = {200, 302, 303, 400, 403, 404, 409, 413, 422}
PLACES = [
    ("support", "/overleg/midwestoverleg/instellingen"),
    ("support", "/overleg/midwestoverleg/leden/nieuw"),
    ("support", "/overleg/midwestoverleg/vergaderingen/nieuw"),
    ("support", "/overleg/midwestoverleg/reeks"),
    ("support", "/overleg/midwestoverleg/datumprikkers/nieuw"),
    ("support", "/datumprikkers/{poll_id}/wijzigen"),
    ("support", "/datumprikkers/{poll_id}/sluiten"),
    ("mayor", "/datumprikkers/{poll_id}/antwoord"),
    ("support", "/overleg/midwestoverleg/rollen"),
    ("support", "/overleg/midwestoverleg/vragen"),
    ("support", "/overleg/midwestoverleg/data"),
    ("support", "/overleg/midwestoverleg/data/{date_id}"),
    ("support", "/overleg/midwestoverleg/leden/{seat_id}"),
    ("support", "/overleg/nieuw"),
    ("support", "/organisaties/nieuw"),
    ("support", "/beheer/personen/nieuw"),
    ("support", "/beheer/personen/{person_id}"),
    ("support", "/vergaderingen/{coming}/agenda/nieuw"),
    ("support", "/vergaderingen/{coming}/voorbereiden"),
    ("support", "/vergaderingen/{coming}/gegevens"),
    ("support", "/vergaderingen/{coming}/versturen"),
    ("support", "/vergaderingen/{coming}/annuleren"),
    ("support", "/vergaderingen/{meeting_id}/deelnemers"),
    ("support", "/vergaderingen/{meeting_id}/verslag"),
    ("support", "/vergaderingen/{meeting_id}/verslag/rondsturen"),
    ("support", "/actiepunten/{action_id}/wijzigen"),
    ("support", "/agendapunten/{item_id}/uitkomst"),
    ("support", "/uitkomsten/{outcome_id}/stemming"),
    ("support", "/standpunten/{sending_id}/antwoord"),
    ("support", "/uitkomsten/{outcome_id}/tekst/wijzigen"),
    ("support", "/uitkomsten/{outcome_id}/kosten"),
    ("support", "/uitkomsten/{outcome_id}/gemeenten"),
    ("support", "/uitkomsten/{outcome_id}/termijn"),
    ("support", "/uitkomsten/{outcome_id}/antwoorden"),
    ("support", "/overleg/midwestoverleg/inwoners"),
    ("support", "/overleg/midwestoverleg/labels/nieuw"),
    ("support", "/voorstellen/nieuw"),
    ("mayor", "/voorstellen/{proposal_id}"),
    ("chair", "/voorstellen/{proposal_id}/valideren"),
    ("chair", "/overleg/midwestoverleg/valideren"),
    ("mayor", "/account"),
    ("mayor", "/kalender"),
    ("mayor", "/aanmelden"),
    ("mayor", "/aanmelden/link"),
    ("secretariat", "/opvolging/{follow_up_id}/melden"),
    ("secretariat", "/gemeenten/{nis_code}"),
    ("secretariat", "/regiorapporten/{report_id}/plaatsen"),
]

QUESTIONS = {
    "/vergaderingen": ("overleg", "toon", "jaar"),
    "/voorstellen": ("overleg", "toon", "stand", "pagina"),
    "/voorstellen/nieuw": ("overleg", "vergadering"),
    "/vergaderingen/{meeting_id}": ("versie",),
    "/vergaderingen/{meeting_id}/agenda.docx": ("versie", "kring"),
    "/vergaderingen/{meeting_id}/verslag": ("punt",),
    "/vergaderingen/{meeting_id}/verslag.docx": ("kring",),
    "/opvolging": ("overleg", "toon", "pagina"),
    "/organisaties": ("zoek", "soort", "pagina"),
    "/overleg/midwestoverleg/leden": ("op",),
    "/regios/midwest": ("op",),
    "/beheer/personen": ("zoek", "pagina"),
    "/beheer/mails": ("stand", "pagina"),
    "/aanmelden": ("verder", "terug"),
}
HUGE = "9" * 25
ODD_VALUES = ("", "-1", "0", HUGE, "geen-getal", "%00", "%FF", "%F0%9F%9A%B2", *SLIPS)
ODD_NAMES = ("x", "%00", "%F0%9F%9A%B2", HUGE)


def test_no_button_works_without_a_token(app: Flask, world: World, visit_as: VisitAs) -> None:
    staff = visit_as(world.cast.support)
    for method, endpoint, path in addresses_of(app, world):
        if method == "POST":
            assert staff.post(path).status_code == refusal_of(endpoint), endpoint
    for rule in rules_of(app):
        if not rule.arguments and "POST" in (rule.methods or ()):
            path = address(app, rule.endpoint, {})
            assert staff.post(path).status_code == refusal_of(rule.endpoint), rule.endpoint


def refusal_of(endpoint: str) -> int:
    """How support staff without a token are refused: what they may not see does not exist."""
    return 404 if ACCESS[endpoint] in {KEEPS_JOBS, KEEPS_MAIL, LOADS_INHABITANTS} else 400


@pytest.mark.parametrize("typed", [LONG, ODD, NUL, " "], ids=["long", "odd", "nul", "space"])
def test_any_text_in_any_field_is_answered(typed: str, world: World, visit_as: VisitAs) -> None:
    send_text_everywhere(typed, world, visit_as)


@pytest.mark.postgresql
def test_text_too_long_for_any_field_is_answered_where_columns_have_lengths(
    world: World, visit_as: VisitAs
) -> None:
    send_text_everywhere(LONG, world, visit_as)


@pytest.mark.parametrize("day", SLIPS)
def test_a_day_that_nobody_means_is_refused(day: str, world: World, visit_as: VisitAs) -> None:
    refused = 0
    for place, form, sent, answer in send_everywhere(
        lambda form: typed_in(form, day, KINDS | DAYS), world, visit_as
    ):
        assert answer.status_code in ANSWERS, f"{place}: {answer.status_code}"
        asked = {name for name in named(form, DAYS) if sent.get(name) == day}
        if answer.status_code == 422 and asked:
            shown = shown_in(answer)
            assert day in shown, f"{place}: what was typed is lost"
            assert "Kies een dag" in shown, f"{place}: nothing is said of the day"
            refused += 1
        elif place not in COUNTS_WITH_MORE:
            assert not asked, f"{place}: {day} is taken, {answer.status_code}"
    assert refused


def test_a_space_is_no_choice(world: World, visit_as: VisitAs) -> None:
    for place, _form, _sent, answer in send_everywhere(with_spaces_for_choices, world, visit_as):
        assert answer.status_code in ANSWERS, f"{place}: {answer.status_code}"


def with_spaces_for_choices(form: Element) -> dict[str, str]:
    """What a program would send that leaves a space where something is chosen."""
    chosen = {
        field.get("name", "")
        for field in form.iter()
        if field.tag == "select" or (field.tag == "input" and field.get("type") == "radio")
    }
    return {**filled_in(form), **dict.fromkeys(chosen, " ")}


def send_text_everywhere(typed: str, world: World, visit_as: VisitAs) -> None:
    """Type this in every text field of every form, send it, and read what comes back."""
    for place, _form, sent, answer in send_everywhere(
        lambda form: typed_in(form, typed), world, visit_as
    ):
        assert answer.status_code in ANSWERS, f"{place}: {answer.status_code}"
        if answer.status_code == 422 and typed in sent.values() and typed != NUL:
            assert typed in shown_in(answer), f"{place}: what was typed is lost"


def send_everywhere(
    fill_in: Callable[[Element], dict[str, str]], world: World, visit_as: VisitAs
) -> Iterator[tuple[str, Element, dict[str, str], TestResponse]]:
    """Each form of each place, filled in and sent, with what was sent and the answer."""
    people = {
        "support": world.cast.support,
        "chair": world.cast.chair,
        "mayor": world.cast.mayor,
        "secretariat": world.cast.secretariat,
    }
    values = {**world.values, "coming": world.coming.id}
    count = 0
    for name, place in PLACES:
        visitor = visit_as(people[name])
        path = place.format(**values)
        page = visitor.get(path)
        if page.status_code in {302, 303}:
            continue
        assert page.status_code in {200, 409}, f"{name} {place}: {page.status_code}"
        for form in forms_of(page):
            sent = fill_in(form)
            answer = visitor.post(form.get("action") or path, data=sent)
            yield place, form, sent, answer
            if answer.status_code in {302, 303}:
                assert visitor.get(answer.location).status_code in ANSWERS - {400}
            count += 1
    assert count > len(PLACES) // 2


def forms_of(page: TestResponse) -> Iterator[Element]:
    """The forms on a page that change something."""
    for form in parse(page.text).iter("form"):
        if form.get("method", "").lower() == "post" and form.get("action") != "/afmelden":
            yield form


def named(form: Element, kinds: set[str]) -> set[str]:
    """The fields of a form where somebody types, of these kinds."""
    return {
        field.get("name", "")
        for field in form.iter()
        if (field.tag == "textarea" and "text" in kinds)
        or (field.tag == "input" and field.get("type", "") in kinds)
    }


def typed_in(form: Element, typed: str, kinds: set[str] = KINDS) -> dict[str, str]:
    """What a browser would send of this form with the same text in every field of these kinds."""
    free = named(form, kinds)
    return {name: typed if name in free else value for name, value in filled_in(form).items()}


def shown_in(page: TestResponse) -> str:
    """All that stands on a page or in its fields."""
    tree = parse(page.text)
    values = [field.get("value", "") for field in tree.iter("input")]
    return "\n".join(["".join(tree.itertext()), *values])


@pytest.mark.postgresql
def test_any_question_to_a_page_is_answered(world: World, visit_as: VisitAs) -> None:
    for place, names in QUESTIONS.items():
        keeper = place.startswith("/beheer")
        visitor = visit_as(world.cast.administrator if keeper else world.cast.support)
        path = place.format(**world.values)
        for name in names:
            for odd in ODD_VALUES:
                status = visitor.get(f"{path}?{name}={odd}").status_code
                assert status in ANSWERS, f"{place}?{name}={odd}: {status}"


@pytest.mark.postgresql
def test_an_odd_name_in_an_address_is_not_found(
    app: Flask, world: World, visit_as: VisitAs
) -> None:
    support, keeper = visit_as(world.cast.support), visit_as(world.cast.administrator)
    for rule in rules_of(app):
        if rule.arguments and "GET" in (rule.methods or ()):
            visitor = keeper if rule.rule.startswith("/beheer") else support
            for odd in ODD_NAMES:
                path = re.sub(r"<[^<>]*>", odd, rule.rule)
                status = visitor.get(path).status_code
                assert status in {302, 400, 403, 404, 410}, f"{path}: {status}"

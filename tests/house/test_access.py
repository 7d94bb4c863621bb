"""Who may enter: every page and button, for everybody of the cast, a stranger and nobody."""

import re
from collections.abc import Iterator
from dataclasses import fields, replace
from pathlib import Path
from typing import Any

import pytest
from flask import Flask, url_for
from werkzeug.routing import Rule

from overleg import create_app
from overleg.accounts.models import Person
from overleg.settings import Mode
from overleg.web.access import rule_of
from tests.house.access_table import (
    ACCESS,
    ADDS_ORGANISATIONS,
    FACTS,
    KEEPS_JOBS,
    KEEPS_MAIL,
    KEEPS_THEMES,
    LOADS_INHABITANTS,
    MANAGERS,
    MANAGES_PEOPLE,
    NOT_PROPOSING,
    PROPOSES,
    PUBLIC,
    SIGNED_IN,
    STARTS_BODIES,
    SUPPORT_STAFF,
)
from tests.house.visiting import VisitAs, Visitor
from tests.house.world import World
from tests.plugins.cast import Cast
from tests.plugins.databases import settings_for

ALIKE = {f"committee_{number}" for number in range(2, 7)}
PEOPLE = [
    field.name
    for field in fields(Cast)
    if field.type in {Person, "Person"} and field.name not in ALIKE
]
NOT_FOUND = 404
TO_SIGN_IN = {302, 303}


def rules_of(app: Flask) -> list[Rule]:
    """Every address, but that of the style sheets."""
    return [rule for rule in app.url_map.iter_rules() if rule.endpoint != "static"]


def plain_pages(app: Flask) -> list[str]:
    """The endpoints that one opens without naming anything."""
    return sorted(
        rule.endpoint
        for rule in rules_of(app)
        if not rule.arguments and "GET" in (rule.methods or ())
    )


def may_enter(name: str, declared: str) -> bool:
    """What the table of access means for somebody of the cast."""
    return {
        PUBLIC: True,
        SIGNED_IN: True,
        PROPOSES: name not in NOT_PROPOSING,
        KEEPS_JOBS: name == "administrator",
        KEEPS_MAIL: name == "administrator",
        LOADS_INHABITANTS: name == "administrator",
        KEEPS_THEMES: name in SUPPORT_STAFF,
        MANAGES_PEOPLE: name in MANAGERS,
        ADDS_ORGANISATIONS: name in MANAGERS,
        STARTS_BODIES: name in MANAGERS | {"partner"},
    }[declared]


def test_every_endpoint_stands_in_the_table_with_its_rule(app: Flask) -> None:
    declared = {
        rule.endpoint: getattr(rule_of(app.view_functions[rule.endpoint]), "__name__", "nothing")
        for rule in rules_of(app)
    }
    assert declared == ACCESS


def test_the_demo_adds_one_button_and_nothing_outside_it(tmp_path: Path) -> None:
    settings = replace(settings_for("sqlite://", tmp_path), mode=Mode.DEMO)
    endpoints = {rule.endpoint for rule in rules_of(create_app(settings))}
    assert endpoints - set(ACCESS) == {"demo.sign_in_as"}


@pytest.mark.own_app
def test_a_page_that_declares_nothing_is_refused(app: Flask) -> None:
    app.view_functions["undeclared"] = lambda: "hello"
    app.url_map.add(Rule("/niet-verklaard", endpoint="undeclared"))
    assert app.test_client().get("/niet-verklaard").status_code == NOT_FOUND


@pytest.mark.parametrize("name", PEOPLE)
def test_plain_pages_open_for_whom_they_are(
    name: str, app: Flask, cast: Cast, visit_as: VisitAs
) -> None:
    client = visit_as(getattr(cast, name))
    wrong = {}
    for endpoint in plain_pages(app):
        status = client.get(address(app, endpoint, {})).status_code
        opened = status != NOT_FOUND
        if opened != may_enter(name, ACCESS[endpoint]) or status >= 500:
            wrong[endpoint] = status
    assert not {key: status for key, status in wrong.items() if key != "jobs.ready"}


def test_nobody_is_asked_to_sign_in(app: Flask, visit_as: VisitAs) -> None:
    client = visit_as(None)
    for endpoint in plain_pages(app):
        answer = client.get(address(app, endpoint, {}))
        if ACCESS[endpoint] == PUBLIC:
            assert answer.status_code != NOT_FOUND, endpoint
        else:
            assert answer.status_code in TO_SIGN_IN, endpoint
            assert answer.location.startswith("/aanmelden?verder="), endpoint


@pytest.mark.parametrize("name", ["stranger", "former_mayor", "committee_support"])
def test_the_things_of_midwest_do_not_exist_elsewhere(
    name: str, app: Flask, world: World, visit_as: VisitAs
) -> None:
    client = visit_as(getattr(world.cast, name))
    token = token_on(client, "/account")
    for method, endpoint, path in addresses_of(app, world):
        if endpoint in FACTS or (name == "committee_support" and is_shared(endpoint)):
            continue
        status = ask(client, method, path, token).status_code
        assert status == NOT_FOUND, f"{name} {method} {endpoint}: {status}"


def test_nobody_finds_out_whether_a_thing_exists(
    app: Flask, world: World, visit_as: VisitAs
) -> None:
    client = visit_as(None)
    token = token_on(client, "/aanmelden")
    for method, endpoint, path in addresses_of(app, world):
        answer = ask(client, method, path, token)
        assert answer.status_code in TO_SIGN_IN, f"{method} {endpoint}: {answer.status_code}"
        assert answer.location.startswith("/aanmelden"), f"{method} {endpoint}"


def test_the_administrator_keeps_the_service_but_reads_no_meeting(
    app: Flask, world: World, visit_as: VisitAs
) -> None:
    client = visit_as(world.cast.administrator)
    token = token_on(client, "/account")
    for method, endpoint, path in addresses_of(app, world):
        if endpoint.partition(".")[0] in {"organisations", "mail", "jobs", "start"}:
            continue
        status = ask(client, method, path, token).status_code
        assert status == NOT_FOUND, f"{method} {endpoint}: {status}"


def test_the_same_addresses_do_exist_for_whom_they_are(
    app: Flask, world: World, visit_as: VisitAs
) -> None:
    """Otherwise the tests above would pass on addresses that exist for nobody."""
    staff, chair, keeper, mayor = (
        visit_as(person)
        for person in (
            world.cast.support,
            world.cast.chair,
            world.cast.administrator,
            world.cast.mayor,
        )
    )
    missing = {
        endpoint
        for method, endpoint, path in addresses_of(app, world)
        if method == "GET"
        and not any(is_found(who.get(path).status_code) for who in (staff, chair, keeper, mayor))
    }
    # No verslag of this world was approved; tests of the verslag itself open its versions.
    assert missing == {"minutes.approved_version"}


def is_found(status: int) -> bool:
    """Whether the answer is that of something that exists, if not to be done now."""
    return status < 400 or status in {403, 409}


def is_shared(endpoint: str) -> bool:
    """Partner organisations and themes are kept by all support staff together."""
    return endpoint == "organisations.edit_organisation" or ACCESS[endpoint] == KEEPS_THEMES


def address(app: Flask, endpoint: str, values: dict[str, str]) -> str:
    """The address of an endpoint."""
    with app.test_request_context():
        return url_for(endpoint, **values)  # type: ignore[arg-type]


def addresses_of(app: Flask, world: World) -> Iterator[tuple[str, str, str]]:
    """Method, endpoint and address of everything not public that names a thing of Midwest."""
    for rule in rules_of(app):
        if rule.arguments and ACCESS[rule.endpoint] != PUBLIC:
            values = world.values_for(rule.endpoint)
            named = {key: values[key] for key in rule.arguments}
            if rule.endpoint == "minutes.remark":
                named["punt"] = values["item_id"]
            for method in sorted({"GET", "POST"} & (rule.methods or set())):
                yield method, rule.endpoint, address(app, rule.endpoint, named)


def token_on(client: Visitor, page: str) -> str:
    """A right token for the forms of this visitor."""
    found = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', client.get(page).text)
    assert found
    return found.group(1)


def ask(client: Visitor, method: str, path: str, token: str) -> Any:
    """Open a page or press its button."""
    if method == "GET":
        return client.get(path)
    return client.post(path, data={"csrf_token": token})

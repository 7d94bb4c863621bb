"""The session ends while somebody types: after signing in the words stand there again."""

from collections.abc import Iterator
from urllib.parse import parse_qs, urlsplit
from xml.etree.ElementTree import Element

import pytest
from flask import Flask

from tests.house.access_table import ACCESS, PUBLIC
from tests.house.test_access import address, addresses_of, plain_pages
from tests.house.test_bad_input import KINDS, ODD, forms_of
from tests.house.visiting import VisitAs, Visitor
from tests.house.world import World
from tests.reading import filled_in

TYPED = {
    **dict.fromkeys(KINDS, ODD),
    "date": "2031-05-06",
    "time": "10:10",
    "email": "an@voorbeeld.test",
}
PEOPLE = ["support", "chair", "mayor", "secretariat", "administrator"]
PER_NETWORK = 20


@pytest.mark.parametrize("name", PEOPLE)
def test_what_was_typed_comes_back_on_every_page(
    name: str, app: Flask, world: World, visit_as: VisitAs
) -> None:
    person = getattr(world.cast, name)
    visitor = visit_as(person)
    lost, sent = [], 0
    for path in pages_of(app, world):
        page = visitor.get(path)
        for form in forms_of(page) if page.mimetype == "text/html" else ():
            typed = typed_in(form)
            if page.status_code != 200 or not set(TYPED.values()) & set(typed.values()):
                continue
            back = sent_too_late(
                visitor, path, form, typed, network=f"10.0.0.{sent // PER_NETWORK}"
            )
            visitor.sign_in(person)
            answer = visitor.get(back)
            if not any(typed.items() <= in_fields(each).items() for each in forms_of(answer)):
                lost.append(f"{path} -> {form.get('action')}: {answer.status_code} {back}")
            sent += 1
    assert not lost, "\n".join(lost)
    assert sent > 5


def pages_of(app: Flask, world: World) -> Iterator[str]:
    """Every page that is not for everybody; what has no such page has no session to end."""
    for endpoint in plain_pages(app):
        if ACCESS[endpoint] != PUBLIC:
            yield address(app, endpoint, {})
    for method, _endpoint, path in addresses_of(app, world):
        if method == "GET":
            yield path


def sent_too_late(
    visitor: Visitor, path: str, form: Element, typed: dict[str, str], *, network: str
) -> str:
    """Send a form of the page at ``path`` without a session; returns where to sign in leads."""
    with visitor.session_transaction() as session:
        del session["_user_id"]
    asked = visitor.post(
        form.get("action") or path,
        data={**filled_in(form), **typed},
        headers={"Referer": f"http://localhost{path}"},
        environ_base={"REMOTE_ADDR": network},
    )
    assert asked.status_code == 303, f"{path} -> {form.get('action')}: {asked.status_code}"
    return parse_qs(urlsplit(asked.location).query)["verder"][0]


def typed_in(form: Element) -> dict[str, str]:
    """Something for every field of a form, the last choice of a list; a password is never kept."""
    return {
        field.get("name", ""): value
        for field in form.iter()
        if field.get("name") and (value := typed_for(field)) is not None
    }


def typed_for(field: Element) -> str | None:
    """What somebody types or chooses in a field."""
    if field.tag == "select" and field.get("multiple") is None:
        return [option.get("value", "") for option in field.iter("option")][-1]
    return TYPED.get(kind_of(field))


def in_fields(form: Element) -> dict[str, str]:
    """What stands in the fields of a form."""
    typed = {
        field.get("name", ""): field.get("value", "") or "".join(field.itertext()).strip()
        for field in form.iter()
        if kind_of(field) in TYPED
    }
    return {**filled_in(form), **typed}


def kind_of(field: Element) -> str:
    """The type of an input; a textarea is one too."""
    if field.tag == "textarea":
        return "text"
    return field.get("type", "text") if field.tag == "input" else field.tag

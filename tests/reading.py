"""A test client that reads every page it gets, as a careful visitor would."""

import re
from collections.abc import Iterator
from contextvars import Context
from typing import Any
from xml.etree.ElementTree import Element

from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from overleg.accounts.models import Person
from overleg.db import db
from tests.parsing import parse

ENGLISH = re.compile(
    r"\b(the|and|this field|required|invalid|submit|cancel|delete|edit|save|error|please|"
    r"not a valid|none|true|false|undefined|choose|browse)\b"
)
"""Words in small letters: searching without regard to case takes thrice as long."""
FIELDS = {"input", "select", "textarea"}
NO_LABEL_NEEDED = {"hidden", "submit", "button", "image"}


class ReadingClient(FlaskClient):
    """Every HTML answer is read: a page that would annoy or shut somebody out fails the test.

    A request has an application context and a database session of its own, as on a server. What
    the test did before is committed first; what it holds is read again afterwards.
    """

    _opened = ""
    """The token of a page that is open."""
    _known = ("", "")
    """The secret of a session, and the token that stands on all its pages."""

    def open(self, *args: Any, **kwargs: Any) -> TestResponse:
        response = self.ask(*args, **kwargs)
        assert response.status_code != 500, "the application fell"
        if response.mimetype == "text/html" and response.status_code not in {301, 302, 303, 308}:
            html = response.get_data(as_text=True)
            read_page(html)
            if response.status_code == 409 and (back := way_back_on(html)):
                assert self.ask(back).status_code < 400, f"{back} is no way back"
        return response

    def ask(self, *args: Any, **kwargs: Any) -> TestResponse:
        """Only ask for the answer. A commit makes the session read again what it holds."""
        held = db.session()
        if held.in_transaction():
            held.commit()
        kwargs.setdefault("buffered", True)
        answer: TestResponse = Context().run(super().open, *args, **kwargs)
        answer.request.environ["wsgi.input"].close()  # else a large form stays open
        return answer

    def sign_in(self, person: Person) -> None:
        """Begin a session for this person, without the sign-in page."""
        with self.session_transaction() as session:
            session["_user_id"] = f"{person.id}:{person.session_version}"
            session["_fresh"] = True

    def press(self, path: str, data: dict[str, Any] | None = None, **kwargs: Any) -> TestResponse:
        """Send a form with a right token, as the button on the page would."""
        token, self._opened = self._opened or self._token(), ""
        return self.post(path, data={**(data or {}), "csrf_token": token}, **kwargs)

    def open_page(self) -> None:
        """Have a page open, from which the next button is pressed."""
        self._opened = self._token()

    def send(
        self, page: str, fields: dict[str, Any], *, form: int = -1, **kwargs: Any
    ) -> TestResponse:
        """Open a page, fill in these fields of one of its forms and send that form.

        ``form`` picks the form on the page: by default the last one with a field of each name.
        """
        answer = self.get(page)
        assert answer.status_code == 200, f"{page} answered {answer.status_code}"
        forms = [
            found
            for found in shown_forms(parse(answer.get_data(as_text=True)))
            if found.get("method", "").lower() == "post"
            and set(fields) <= {field.get("name") for field in found.iter()}
        ]
        assert forms, f"no form on {page} has the fields {', '.join(fields)}"
        chosen = forms[form]
        values = {**filled_in(chosen), **fields}
        return self.post(chosen.get("action") or page, data=values, **kwargs)

    def _token(self) -> str:
        if self._known[0] != self._secret() or not self._known[0]:
            page = self.get("/account").get_data(as_text=True)
            token = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', page)
            assert token, "no form with a token on /account"
            self._known = self._secret(), token.group(1)
        return self._known[1]

    def _secret(self) -> str:
        with self.session_transaction() as session:
            return str(session.get("csrf_token", ""))


def read_page(html: str) -> None:
    """Hold a page against what every page must be."""
    page = parse(html)
    assert page.get("lang") == "nl-BE", "the page does not say that it is Dutch"
    _read_heading(page)
    _read_ids(page)
    _read_fields(page)
    _read_safety(page)
    _read_language(page)


def shown_forms(element: Element) -> Iterator[Element]:
    """The forms on a page that are not hidden."""
    if element.get("hidden") is not None:
        return
    if element.tag == "form":
        yield element
    for child in element:
        yield from shown_forms(child)


def way_back_on(html: str) -> str | None:
    """Where an error page leads back to, besides the start page."""
    links = (each for each in parse(html).iter("a") if text_of(each) == "Kijk hoe het nu staat")
    return next((each.get("href") for each in links), None)


def text_of(element: Element) -> str:
    """All text in an element, with single spaces."""
    return " ".join("".join(element.itertext()).split())


def filled_in(form: Element) -> dict[str, Any]:
    """What a browser would send of an untouched form."""
    values: dict[str, Any] = {}
    for field in form.iter():
        name = field.get("name")
        if not name or field.get("disabled") is not None:
            continue
        if field.tag == "textarea":
            values[name] = "".join(field.itertext())
        elif field.tag == "select":
            values[name] = _selected(field)
        elif field.tag == "input" and _is_sent(field):
            values.setdefault(name, field.get("value", "on" if _is_tick(field) else ""))
    return values


def _is_tick(field: Element) -> bool:
    return field.get("type") in {"checkbox", "radio"}


def _is_sent(field: Element) -> bool:
    if field.get("type") in {"submit", "button", "file", "image"}:
        return False
    return not _is_tick(field) or field.get("checked") is not None


def _selected(field: Element) -> str:
    options = list(field.iter("option"))
    chosen = [o for o in options if o.get("selected") is not None] or options[:1]
    return chosen[0].get("value", text_of(chosen[0])) if chosen else ""


def _read_heading(page: Element) -> None:
    headings = list(page.iter("h1"))
    assert len(headings) == 1, f"the page has {len(headings)} main headings"
    titles = list(page.iter("title"))
    assert titles, "the page has no title"
    heading, title = text_of(headings[0]), text_of(titles[0])
    assert title.startswith(heading), f"title {title!r} does not start with {heading!r}"


def _read_ids(page: Element) -> None:
    ids = [element.get("id") for element in page.iter() if element.get("id")]
    twice = {name for name in ids if ids.count(name) > 1}
    assert not twice, f"ids stand twice: {twice}"


def _read_fields(page: Element) -> None:
    labelled = {label.get("for") for label in page.iter("label")}
    inside = {id(field) for label in page.iter("label") for field in label.iter()}
    for field in page.iter():
        if field.tag not in FIELDS or field.get("type") in NO_LABEL_NEEDED:
            continue
        named = field.get("aria-label") or field.get("aria-labelledby")
        assert named or field.get("id") in labelled or id(field) in inside, (
            f"the field {field.get('name')} has no label"
        )


def _read_safety(page: Element) -> None:
    for form in page.iter("form"):
        if form.get("method", "get").lower() == "post":
            names = {field.get("name") for field in form.iter("input")}
            assert "csrf_token" in names, f"the form to {form.get('action')} has no token"
    for script in page.iter("script"):
        assert script.get("nonce") or script.get("src"), "a script without nonce"
    assert not [e.tag for e in page.iter() if e.get("style")]


def _read_language(page: Element) -> None:
    shown = " ".join(text_of(body) for body in page.iter("body"))
    for script in page.iter("script"):
        shown = shown.replace(text_of(script), " ")
    english = ENGLISH.search(shown.lower())
    assert not english, f"English on the page: {shown[max(0, english.start() - 40) :][:90]!r}"

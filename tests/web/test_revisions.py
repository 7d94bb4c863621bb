"""The form of what two people can change: what it started from, and what is kept beside it."""

from datetime import date, time

import pytest
from flask import Flask
from werkzeug.datastructures import MultiDict
from wtforms import BooleanField, Form, FormField, SelectChoice, TextAreaField, TimeField

from overleg.lib.errors import EditConflict, Refused
from overleg.web.fields import DayField, SelectField, SelectMultipleField
from overleg.web.forms import LineField, RichTextField
from overleg.web.revisions import RevisedForm

TOWNS = [SelectChoice("1", "Tielt"), SelectChoice("2", "Izegem")]


class PartForm(Form):  # type: ignore[misc]
    title = LineField("Titel")


class ThingForm(RevisedForm):
    """A field of every kind."""

    name = LineField("Naam")
    address = TextAreaField("Adres")
    text = RichTextField("Tekst")
    day = DayField("Dag")
    hour = TimeField("Uur")
    is_open = BooleanField("Open")
    town = SelectField("Gemeente", choices=TOWNS)
    towns = SelectMultipleField("Gemeenten", choices=TOWNS)
    part = FormField(PartForm, "Deel 1")
    reason = LineField("Waarom")


KEPT = {
    "revision": 4,
    "name": "Oud & goed",
    "address": "Markt 1\nTielt",
    "text": "<p>Woorden.</p>",
    "day": date(2026, 3, 13),
    "hour": time(9, 30),
    "is_open": True,
    "town": "1",
    "towns": ["2", "1"],
    "part": {"title": "Begin"},
}


def fail(error: Exception) -> None:
    raise error


def sent(app: Flask, **fields: object) -> ThingForm:
    """The form as somebody sent it."""
    with app.test_request_context(method="POST"):
        return ThingForm(MultiDict(fields), data=KEPT)


@pytest.mark.parametrize(
    ("typed", "revision"),
    [("12", 12), ("", 0), (None, 0), ("abc", 0), ("-1", 0), ("9" * 5000, 0), ("²", 0)],
)
def test_what_names_no_revision_started_from_nothing(
    app: Flask, typed: str | None, revision: int
) -> None:
    fields = {} if typed is None else {"revision": typed}
    assert sent(app, name="x", **fields).revision.data == revision


def test_a_form_that_is_opened_names_what_is_kept(app: Flask) -> None:
    with app.test_request_context():
        assert 'value="4"' in ThingForm(data=KEPT).revision()
        assert 'value="0"' in ThingForm().revision()


def test_what_is_kept_otherwise_is_told_in_words(app: Flask) -> None:
    emptied = dict.fromkeys(("address", "day", "hour", "town", "part-title"), "")
    form = sent(app, name="Nieuw", revision="3", reason="Zomaar", towns="1", text="x", **emptied)
    told = {label: str(value) for label, value in form.kept}
    assert told == {
        "Naam": "Oud &amp; goed",
        "Adres": "Markt 1<br>Tielt",
        "Tekst": "<p>Woorden.</p>",
        "Dag": "13 maart 2026",
        "Uur": "9.30 uur",
        "Open": "ja",
        "Gemeente": "Tielt",
        "Gemeenten": "Tielt, Izegem",
        "Deel 1: Titel": "Begin",
    }


def test_what_makes_no_difference_is_not_told(app: Flask) -> None:
    same: MultiDict[str, str] = MultiDict(
        {
            "name": "Oud & goed",
            "address": "Markt 1\r\nTielt",
            "text": "Woorden.",
            "day": "2026-03-13",
            "hour": "09:30",
            "is_open": "y",
            "town": "1",
            "part-title": "Begin",
        }
    )
    same.setlist("towns", ["1", "2"])
    with app.test_request_context(method="POST"):
        assert ThingForm(same, data=KEPT).kept == []


def test_after_a_save_that_came_too_late_the_next_one_counts(app: Flask) -> None:
    form = sent(app, name="Nieuw", revision="3")
    with form.refusals():
        fail(EditConflict("Te laat."))
    assert (form.is_stale, form.answer_status, form.revision.data) == (True, 409, 4)
    assert form.form_errors == []
    other = sent(app, revision="4")
    with other.refusals():
        fail(Refused("Dit kan niet."))
    assert (other.is_stale, other.answer_status, other.form_errors) == (
        False,
        422,
        ["Dit kan niet."],
    )

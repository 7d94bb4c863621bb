"""What the house form makes of odd input."""

from collections.abc import Iterator
from datetime import date

import pytest
from flask import Flask
from werkzeug.datastructures import MultiDict
from wtforms import Form
from wtforms.validators import InputRequired, Length, NumberRange, Optional

from overleg.decisions.follow_up_forms import days_in
from overleg.web.fields import IntegerField, RadioField, SelectField, SelectMultipleField
from overleg.web.form_words import RowForm
from overleg.web.forms import HouseForm, LineField
from tests.agenda.proposing import NOON, make_draft
from tests.plugins.cast import Cast
from tests.reading import ReadingClient


def test_a_revision_of_five_thousand_figures_is_a_stale_one(
    client: ReadingClient, cast: Cast
) -> None:
    draft = make_draft(cast.mayor, cast.midwest, cast.roeselare, now=NOON)
    client.sign_in(cast.mayor)
    answer = client.send(f"/voorstellen/{draft.id}/wijzigen", {"revision": "9" * 5000})
    assert answer.status_code == 409


def test_days_that_are_typed_as_text_are_held_to_the_same_years() -> None:
    assert days_in("1/01/1970 31/12/2100") == ([date(1970, 1, 1), date(2100, 12, 31)], [])
    odd = ["31/12/1969", "0026-12-11", "1/01/2101", "9999-12-31"]
    assert days_in(" ".join(odd)) == ([], odd)


class Choosing(Form):  # type: ignore[misc]  # WTForms carries no types
    """Choices that may be left open."""

    one = RadioField(choices=["ja", "nee"], validators=[Optional()])
    listed = SelectField(choices=["", "ja"], validators=[Optional()])
    some = SelectMultipleField(choices=["ja", "nee"], validators=[Optional()])


@pytest.mark.parametrize("field", ["one", "listed", "some"])
@pytest.mark.parametrize("typed", [" ", "\t", "\u00a0", "misschien"])
def test_what_is_not_offered_cannot_be_chosen(field: str, typed: str) -> None:
    form = Choosing(MultiDict({field: typed}))
    assert not form.validate()
    assert list(form.errors) == [field]


def test_something_that_is_not_offered_cannot_come_along_with_nothing() -> None:
    assert not Choosing(MultiDict([("some", ""), ("some", "misschien")])).validate()


@pytest.mark.parametrize("typed", [{}, {"one": "ja", "listed": "", "some": "nee"}, {"one": ""}])
def test_a_choice_can_be_left_open(typed: dict[str, str]) -> None:
    assert Choosing(MultiDict(typed)).validate()


class Titled(Form):  # type: ignore[misc]  # WTForms carries no types
    """A line that has to be filled in."""

    title = LineField(validators=[InputRequired()])


@pytest.mark.parametrize("typed", ["", " ", "\t\n", "\u00a0"])
def test_spaces_alone_fill_in_nothing(typed: str) -> None:
    assert not Titled(MultiDict({"title": typed})).validate()
    assert Titled(MultiDict({"title": f"{typed}x"})).validate()


def of_ours(kind: type[Form]) -> Iterator[type[Form]]:
    for below in kind.__subclasses__():
        yield from of_ours(below)
        if below.__module__.startswith("overleg."):
            yield below


def test_every_form_speaks_in_the_words_of_the_house(app: Flask) -> None:
    forms = list(of_ours(Form))
    assert RowForm in forms
    assert HouseForm in forms
    strangers = [form for form in forms if not issubclass(form, RowForm | HouseForm)]
    assert strangers == []


class Counted(RowForm):
    """Two numbers and a line."""

    bounded = IntegerField(validators=[Optional(), NumberRange(1, 9, "Geef 1 tot 9.")])
    free = IntegerField(validators=[Optional()])
    short = LineField(validators=[Length(max=4)])
    needed = LineField(validators=[InputRequired()])


def test_what_is_wrong_is_said_once_and_without_jargon() -> None:
    form = Counted(MultiDict({"bounded": "1,5", "free": "veel", "short": "te lang"}))
    assert not form.validate()
    assert form.errors == {
        "bounded": ["Geef 1 tot 9."],
        "free": ["Geef een geheel getal."],
        "short": ["Houd dit onder 4 tekens."],
        "needed": ["Vul dit in."],
    }


def test_a_right_number_stays_right() -> None:
    form = Counted(MultiDict({"bounded": "9", "free": "", "needed": "x"}))
    assert form.validate()
    assert (form.bounded.data, form.free.data) == (9, None)


def test_the_summary_says_in_which_row_something_is_wrong(
    client: ReadingClient, cast: Cast
) -> None:
    client.sign_in(cast.support)
    page = f"/overleg/{cast.midwest.slug}/agendamodellen/nieuw"
    answer = client.send(page, {"name": "Gewoon", "points-1-minutes_needed": "1,5"})
    assert answer.status_code == 422
    assert "Punt 2 – Minuten: Geef een aantal minuten tussen 0 en 480." in answer.text
    assert "Not a valid" not in answer.text


def test_the_summary_follows_the_page(client: ReadingClient, cast: Cast) -> None:
    client.sign_in(cast.support)
    page = f"/overleg/{cast.midwest.slug}/vergaderingen/nieuw"
    answer = client.send(page, {"day": "", "starts": "", "ends": ""})
    said = [answer.text.index(f'href="#{name}"') for name in ("day", "starts", "ends")]
    assert (answer.status_code, said) == (422, sorted(said))

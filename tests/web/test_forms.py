"""What the house form makes of odd input."""

from datetime import date

import pytest
from werkzeug.datastructures import MultiDict
from wtforms import Form
from wtforms.validators import InputRequired, Optional

from overleg.decisions.follow_up_forms import days_in
from overleg.web.fields import RadioField, SelectField, SelectMultipleField
from overleg.web.forms import LineField
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

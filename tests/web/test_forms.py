"""What the house form makes of odd input."""

from datetime import date

import pytest

from overleg.decisions.follow_up_forms import days_in
from overleg.web.forms import as_revision
from tests.agenda.proposing import NOON, make_draft
from tests.plugins.cast import Cast
from tests.reading import ReadingClient


@pytest.mark.parametrize(
    ("typed", "revision"),
    [("12", 12), ("", 0), (None, 0), ("abc", 0), ("-1", 0), ("9" * 5000, 0), ("²", 0)],
)
def test_a_revision_is_a_number_that_can_be_one(typed: str | None, revision: int) -> None:
    assert as_revision(typed) == revision


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

"""The page that adds a seat to a body."""

from collections.abc import Callable
from datetime import date

import pytest
from sqlalchemy.orm import Session

from overleg.accounts.models import Person
from overleg.organisations.queries import seats_of
from overleg.organisations.states import SeatFunction
from tests.parsing import parse
from tests.plugins.cast import Cast
from tests.reading import ReadingClient

SIGN_IN = Callable[[Person], ReadingClient]
TODAY = date(2026, 3, 2)
EMOJI = "Overleg 🚀 مرحبا"
PAGE = "/overleg/midwestoverleg/leden/nieuw"


def test_a_seat_needs_an_organisation(cast: Cast, sign_in_as: SIGN_IN) -> None:
    answer = sign_in_as(cast.support).send(PAGE, {"title": EMOJI})
    assert answer.status_code == 422
    assert "Kies voor welke organisatie" in answer.text
    assert EMOJI in answer.text


@pytest.mark.parametrize("most", [SeatFunction.MAYOR, SeatFunction.GENERAL_DIRECTOR])
def test_a_new_seat_starts_from_the_function_most_seats_have(
    cast: Cast, sign_in_as: SIGN_IN, session: Session, most: SeatFunction
) -> None:
    for seat in seats_of(cast.midwest.id, TODAY):
        if seat.person is not None:
            seat.function = most
    session.commit()
    page = parse(sign_in_as(cast.support).get(PAGE).text)
    chosen = page.findall(".//select[@name='function']//option[@selected]")
    assert [option.get("value") for option in chosen] == [most.value]

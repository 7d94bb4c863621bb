"""The pages that add a seat to a body, give it to somebody and hand it over."""

from collections.abc import Callable
from datetime import date

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from overleg.accounts.models import Person
from overleg.mail.models import OutboxMessage
from overleg.organisations.models import Body, Organisation, Seat
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


def test_a_vacant_seat_is_given_to_somebody_new_who_is_invited(
    cast: Cast, sign_in_as: SIGN_IN, session: Session
) -> None:
    client = sign_in_as(cast.committee_support)
    assert "vrij" in client.get("/overleg/mandaatgroep-rivierenland/leden").text
    seat = session.scalars(select(Seat).where(Seat.organisation_id == cast.lier.id)).one()
    page = client.get(f"/overleg/mandaatgroep-rivierenland/leden/{seat.id}").text
    assert "Geef de zetel aan iemand" in page
    assert "Laat de zetel overnemen" not in page
    answer = client.get(
        client.send(
            f"/overleg/mandaatgroep-rivierenland/leden/{seat.id}/overname",
            {"new_name": "Nieuwe burgemeester", "new_email": "Nieuw@Lier.test"},
        ).location
        or ""
    )
    assert "De zetel is nu van Nieuwe burgemeester" in answer.text
    person = session.scalars(select(Person).where(Person.email == "nieuw@lier.test")).one()
    mail = session.scalars(select(OutboxMessage).where(OutboxMessage.to_email == person.email))
    invitation = mail.one()
    assert invitation.subject == "Uitnodiging voor Overleg"
    assert "U hebt een zetel in de Regionale mandaatgroep" in invitation.text


def test_a_seat_is_not_given_to_nobody(cast: Cast, sign_in_as: SIGN_IN, session: Session) -> None:
    vacant = _seat_of(cast.lier, cast.rivierenland)
    held = _seat_of(cast.roeselare, cast.midwest)
    for person, seat in ((cast.committee_support, vacant), (cast.support, held)):
        page = f"/overleg/{seat.body.slug}/leden/{seat.id}/overname"
        answer = sign_in_as(person).send(page, {"person": ""})
        assert answer.status_code == 422
        assert "Kies wie de zetel krijgt." in answer.text
        session.expire_all()
        assert seat.valid_to is None


def test_a_seat_that_nobody_takes_over_becomes_vacant_and_says_so(
    cast: Cast, sign_in_as: SIGN_IN
) -> None:
    client = sign_in_as(cast.support)
    page = f"/overleg/midwestoverleg/leden/{_seat_of(cast.roeselare, cast.midwest).id}/overname"
    assert "niemand: de zetel wordt vrij" in client.get(page).text
    answer = client.get(client.send(page, {"person": "niemand"}).location or "").text
    assert "De zetel is vrij vanaf 2 maart 2026." in answer
    assert "De zetel is nu van" not in answer


def _seat_of(organisation: Organisation, body: Body) -> Seat:
    return next(seat for seat in seats_of(body.id, TODAY) if seat.organisation is organisation)

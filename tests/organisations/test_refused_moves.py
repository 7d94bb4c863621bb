"""A move that is no longer possible is answered with 409, what was typed wrong with 422."""

from collections.abc import Callable
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from overleg.accounts.models import Person
from overleg.accounts.workflow import disable_person
from overleg.organisations.models import Seat
from overleg.organisations.workflow import end_seat
from tests.plugins.cast import Cast
from tests.reading import ReadingClient

SIGN_IN = Callable[[Person], ReadingClient]


def ended_seat(cast: Cast, session: Session, now: datetime) -> str:
    seat = session.scalars(
        select(Seat).where(Seat.person_id == cast.mayor.id, Seat.body_id == cast.midwest.id)
    ).one()
    end_seat(seat, on=date(2026, 1, 31), by=cast.support, now=now)
    session.commit()
    return f"/overleg/midwestoverleg/leden/{seat.id}"


def test_a_seat_that_ended_is_not_handed_over(
    cast: Cast, sign_in_as: SIGN_IN, session: Session, now: datetime
) -> None:
    page = ended_seat(cast, session, now) + "/overname"
    answer = sign_in_as(cast.support).send(
        page, {"person": cast.tielt_mayor.id, "on": "2026-03-02", "new_name": "Iemand"}
    )
    assert answer.status_code == 409
    assert "Deze zetel eindigde op 31 januari 2026. Voeg een nieuwe zetel toe." in answer.text
    assert 'value="Iemand"' in answer.text


def test_a_seat_that_ended_does_not_end_again(
    cast: Cast, sign_in_as: SIGN_IN, session: Session, now: datetime
) -> None:
    page = ended_seat(cast, session, now)
    client = sign_in_as(cast.support)
    late = client.send(page, {"last_day": "2026-02-15"})
    assert late.status_code == 409
    assert "eindigde al op 31 januari 2026" in late.text
    nothing = client.send(page, {"last_day": ""})
    assert nothing.status_code == 422


def test_nobody_with_a_closed_account_gets_a_role(
    cast: Cast, sign_in_as: SIGN_IN, session: Session, now: datetime
) -> None:
    disable_person(cast.mayor, by=cast.administrator, now=now)
    session.commit()
    client = sign_in_as(cast.support)
    for page, fields in (
        ("/overleg/midwestoverleg/rollen", {"role": "chair", "person": cast.mayor.id}),
        (f"/beheer/personen/{cast.mayor.id}", {"role": "chair", "body": cast.midwest.id}),
        (
            "/beheer/personen/nieuw",
            {
                "name": "Burgemeester Roeselare",
                "email": cast.mayor.email or "",
                "role": "chair",
                "body": cast.midwest.id,
            },
        ),
    ):
        answer = client.send(page, fields)
        assert answer.status_code == 409, page
        assert "De account van Burgemeester Roeselare is gesloten" in answer.text

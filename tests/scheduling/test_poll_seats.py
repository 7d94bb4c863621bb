"""Polls and the seats of a table: who makes the quorum, who lost a seat, and who got one later."""

from datetime import datetime, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from overleg.lib.dates import local_date
from overleg.lib.errors import NotPossible
from overleg.mail.models import OutboxMessage
from overleg.organisations.models import Seat
from overleg.organisations.queries import seats_of
from overleg.organisations.states import Quorum, SeatFunction, SeatKind
from overleg.scheduling.answers.queries import forecast_of
from overleg.scheduling.models import DatePollReply
from overleg.scheduling.polls.jobs import ask_newcomers
from tests.plugins.cast import Cast
from tests.scheduling.polling import (
    FRIDAY,
    NO,
    RATHER_NOT,
    TITLE,
    YES,
    answer,
    board_of,
    opened_poll,
    slot_on,
)


@pytest.mark.parametrize(
    ("given", "can", "rather_not", "sentence", "enough"),
    [
        ((YES, YES, NO), 2, 0, "2 van 3 stemgerechtigden kunnen, 2 nodig", True),
        ((YES, RATHER_NOT, NO), 2, 1, "2 van 3 stemgerechtigden kunnen, 2 nodig", True),
        ((YES, NO, NO), 1, 0, "1 van 3 stemgerechtigden kan, 2 nodig", False),
        ((None, None, None), 0, 0, "0 van 3 stemgerechtigden kunnen, 2 nodig", False),
    ],
)
def test_the_quorum_counts_voting_seats(
    cast: Cast,
    now: datetime,
    given: tuple[object, ...],
    can: int,
    rather_not: int,
    sentence: str,
    enough: bool,
) -> None:
    poll = opened_poll(cast, now, [slot_on(FRIDAY)])
    for person, kind in zip((cast.mayor, cast.chair, cast.tielt_mayor), given, strict=True):
        if kind is not None:
            answer(poll, person, kind, now=now)  # type: ignore[arg-type]
    (tally,) = board_of(poll, now).tallies
    assert (tally.seats_that_can, tally.seats_that_rather_not) == (can, rather_not)
    assert (tally.quorum_sentence, tally.has_quorum) == (sentence, enough)


def test_an_advisory_member_is_asked_but_does_not_make_the_quorum_nor_does_an_empty_seat(
    session: Session, cast: Cast, now: datetime
) -> None:
    seats = session.scalars(select(Seat).where(Seat.body_id == cast.midwest.id)).all()
    advisory = next(seat for seat in seats if seat.organisation_id == cast.dvv.id)
    advisory.person = cast.partner
    next(seat for seat in seats if seat.person_id == cast.tielt_mayor.id).person = None
    session.flush()
    poll = opened_poll(cast, now, [slot_on(FRIDAY)])
    answer(poll, cast.partner, YES, now=now)
    board = board_of(poll, now)
    assert [row.voter.votes for row in board.rows] == [1, 1, 0]
    assert board.tallies[0].quorum_sentence == "0 van 2 stemgerechtigden kunnen, 2 nodig"


def test_who_lost_the_seat_answers_no_more_and_is_not_counted(
    session: Session, cast: Cast, now: datetime
) -> None:
    poll = opened_poll(cast, now, [slot_on(FRIDAY)])
    answer(poll, cast.mayor, YES, now=now)
    seat = session.scalars(
        select(Seat).where(Seat.person_id == cast.mayor.id, Seat.body_id == cast.midwest.id)
    ).one()
    seat.valid_to = local_date(now) - timedelta(days=1)
    session.flush()
    with pytest.raises(NotPossible, match="zetelt niet meer"):
        answer(poll, cast.mayor, NO, now=now)
    assert board_of(poll, now).tallies[0].quorum_sentence.startswith("0 van 2")
    assert session.scalars(select(DatePollReply)).one().by_slot[poll.slots[0].id] is YES


def test_who_comes_to_the_table_later_is_asked_once_and_answers(
    session: Session, cast: Cast, now: datetime
) -> None:
    poll = opened_poll(cast, now, [slot_on(FRIDAY)])
    seat = Seat(
        body=cast.midwest,
        organisation=cast.tielt,
        person=cast.partner,
        function=SeatFunction.OTHER,
        kind=SeatKind.ADVISORY,
        valid_from=local_date(now) + timedelta(days=1),
    )
    session.add(seat)
    session.flush()
    ask_newcomers(now)
    mailed = select(OutboxMessage).where(OutboxMessage.to_email == cast.partner.email)
    assert session.scalars(mailed).all() == [], "no seat yet"
    tomorrow = now + timedelta(days=1)
    for _round in range(2):
        ask_newcomers(tomorrow)
    assert [mail.subject for mail in session.scalars(mailed)] == [f"Wanneer kunt u? {TITLE}"]
    answer(poll, cast.partner, YES, now=tomorrow)
    assert board_of(poll, tomorrow).tallies[0].answers_sentence.startswith("1 ja")


@pytest.mark.parametrize(
    ("quorum", "number", "sentence", "enough"),
    [
        (Quorum.MAJORITY, 1, "2 van 3 stemgerechtigden kunnen, 2 nodig", True),
        (Quorum.TWO_THIRDS, 1, "2 van 3 stemgerechtigden kunnen, 2 nodig", True),
        (Quorum.NUMBER, 3, "2 van 3 stemgerechtigden kunnen, 3 nodig", False),
        (Quorum.NONE, 3, "2 van 3 stemgerechtigden kunnen", True),
    ],
)
def test_each_body_has_its_own_quorum(
    cast: Cast, now: datetime, quorum: Quorum, number: int, sentence: str, enough: bool
) -> None:
    cast.midwest.quorum, cast.midwest.quorum_number = quorum, number
    poll = opened_poll(cast, now, [slot_on(FRIDAY)])
    answer(poll, cast.mayor, YES, now=now)
    answer(poll, cast.chair, YES, now=now)
    tally = board_of(poll, now).tallies[0]
    assert (tally.quorum_sentence, tally.has_quorum) == (sentence, enough)
    promise = forecast_of(cast.midwest, seats_of(cast.midwest.id, local_date(now)), {})
    assert promise.quorum == tally.needed
    assert ("quorum" in promise.sentence) == (quorum is not Quorum.NONE)

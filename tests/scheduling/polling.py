"""Polls to test with, made through the real verbs."""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta

from overleg.accounts.models import Person
from overleg.db import revision_of
from overleg.lib.dates import local_date, to_utc
from overleg.scheduling.models import DatePoll
from overleg.scheduling.polls.answering import answer_poll
from overleg.scheduling.polls.board import Board, make_board
from overleg.scheduling.polls.queries import replies_of, reply_of, voters_of
from overleg.scheduling.polls.workflow import GivenSlot, Question, draft_poll, open_poll
from overleg.scheduling.states import Availability
from tests.plugins.cast import Cast

FRIDAY = date(2026, 3, 20)
TITLE = "Extra overleg over de energiestrategie"
YES, RATHER_NOT, NO = Availability.YES, Availability.RATHER_NOT, Availability.NO


def slot_on(day: date, hour: time = time(9, 30), place: str = "Stadhuis Izegem") -> GivenSlot:
    """Two hours from an hour in Brussels."""
    starts_at = to_utc(day, hour)
    return GivenSlot(starts_at, starts_at + timedelta(hours=2), place)


def question(*, answer_by: date | None = None, shows_answers: bool = True) -> Question:
    """What is asked, in the same words each time."""
    return Question(TITLE, "Na de zoneraad.", answer_by, shows_answers)


def opened_poll(
    cast: Cast,
    now: datetime,
    slots: Sequence[GivenSlot] = (slot_on(FRIDAY), slot_on(FRIDAY + timedelta(days=7))),
    *,
    answer_by: date | None = None,
    shows_answers: bool = True,
) -> DatePoll:
    """A poll of Midwest that was sent."""
    asked = question(answer_by=answer_by, shows_answers=shows_answers)
    poll = draft_poll(cast.midwest, asked, slots, by=cast.support, now=now)
    open_poll(poll, by=cast.support, now=now)
    return poll


def answer(
    poll: DatePoll, person: Person, *answers: Availability, now: datetime, remark: str = ""
) -> None:
    """Answer on the moments in order, from what stands there now."""
    reply = reply_of(poll, person)
    answer_poll(
        poll,
        person,
        {slot.id: given for slot, given in zip(poll.slots, answers, strict=True)},
        remark=remark,
        revision=revision_of(reply),
        by=person,
        now=now,
    )


def board_of(poll: DatePoll, now: datetime) -> Board:
    """The board of who has a seat now."""
    voters = voters_of(poll.body_id, local_date(now))
    return make_board(poll, voters, replies_of(poll), {})

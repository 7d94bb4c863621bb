"""Polls for a date: in Midwest one is open and one found none; in Denderregio one was picked."""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from itertools import cycle

from sqlalchemy import select

from overleg.db import NO_ROW, session
from overleg.demo.days import MONDAY, THURSDAY, TUESDAY
from overleg.demo.people import Region
from overleg.lib.dates import local_date, to_utc
from overleg.organisations.models import Body
from overleg.organisations.states import Quorum
from overleg.scheduling.models import DatePoll, DatePollSlot, Meeting
from overleg.scheduling.polls.answering import answer_poll
from overleg.scheduling.polls.ending import close_poll, pick_slot
from overleg.scheduling.polls.queries import voters_of
from overleg.scheduling.polls.workflow import GivenSlot, Question, draft_poll, open_poll
from overleg.scheduling.states import Availability

YES, RATHER_NOT, NO = Availability.YES, Availability.RATHER_NOT, Availability.NO
MIDWEST, ZONE_COUNCIL = "midwestoverleg", "zoneraad-midwest"
PLACE = "Stadhuis Izegem"
STEERING, STEERING_PLACE = "stuurgroep-regiovorming-denderregio", "DDS, Dendermonde"
TOGETHER_AT = time(7, 30)
"""When the moment begins at which the zoneraad meets as well."""
ANSWERS = (
    (YES, YES, NO),
    (YES, NO, YES),
    (RATHER_NOT, YES, NO),
    (YES, RATHER_NOT, YES),
    (NO, YES, NO),
)
"""What the mayors answer in turn on the other moments; of those at once, one in five can."""
HARDLY = ((NO, NO, YES), (NO, YES, NO), (RATHER_NOT, NO, NO), (NO, NO, NO), (YES, NO, NO))
"""The same for the poll that found no date."""
REMARK = "Ik kan pas een halfuur later."
WILLING = ((YES, NO), (YES, YES), (YES, YES), (RATHER_NOT, YES), (YES, NO), (YES, RATHER_NOT))
"""Enough for the first moment, also where two thirds are asked."""
SILENT = 2
"""So many did not answer yet."""


def play_polls(region: Region, now: datetime) -> None:
    """Ask twice when the mayors can meet."""
    body = region.bodies[MIDWEST]
    _without_date(region, body, now - timedelta(days=70))
    asked_at = now - timedelta(days=4)
    question = Question(
        title="Extra overleg over de regionale energiestrategie",
        explanation=(
            "De provincie vraagt een standpunt voor de volgende vergadering. We voorzien twee uur, "
            "met Fluvius en de WVI als genodigden. Een ontbijtvergadering kan ook."
        ),
        answer_by=local_date(now) + timedelta(days=6),
        shows_answers=True,
    )
    support = region.support
    poll = draft_poll(body, question, _moments(region, now), by=support, now=asked_at)
    open_poll(poll, by=support, now=asked_at)
    _answer(poll, asked_at, ANSWERS, silent=SILENT)


def play_picked(region: Region, now: datetime) -> None:
    """Let a table that asks two thirds find a date: who said yes stands as coming."""
    body = region.bodies[STEERING]
    body.quorum = Quorum.TWO_THIRDS
    asked_at = now - timedelta(days=12)
    question = Question("Extra stuurgroep over de hoppinpunten", "", None, shows_answers=True)
    first = _next(local_date(now) + timedelta(days=19), TUESDAY)
    slots = [_slot(first + timedelta(days=each), time(14), 90, STEERING_PLACE) for each in (0, 2)]
    poll = draft_poll(body, question, slots, by=region.support, now=asked_at)
    open_poll(poll, by=region.support, now=asked_at)
    _answer(poll, asked_at, WILLING, silent=0)
    pick_slot(poll, poll.slots[0], by=region.support, now=now - timedelta(days=2))


def _without_date(region: Region, body: Body, at: datetime) -> None:
    question = Question("Werkbezoek aan de waterbom in Limburg", "", None, shows_answers=False)
    first = _next(local_date(at) + timedelta(days=28), MONDAY)
    slots = [_slot(first + timedelta(days=each), time(13), 240) for each in range(4)]
    poll = draft_poll(body, question, slots, by=region.support, now=at)
    open_poll(poll, by=region.support, now=at)
    _answer(poll, at, HARDLY, silent=7)
    close_poll(
        poll,
        reason="Op geen enkele dag kon een meerderheid. We nodigen de spreker uit op het overleg.",
        by=region.support,
        now=at + timedelta(days=9),
    )


def _moments(region: Region, now: datetime) -> list[GivenSlot]:
    """Three that are free, and one just when the zoneraad meets."""
    ahead = local_date(now) + timedelta(days=17)
    meeting = session().scalar(
        select(Meeting)
        .where(
            Meeting.body_id == region.bodies[ZONE_COUNCIL].id,
            Meeting.starts_at_utc > now + timedelta(days=14),
        )
        .order_by(Meeting.starts_at_utc)
        .limit(1)
    )
    slots = [
        _slot(_next(ahead, TUESDAY), time(17)),
        _slot(_next(ahead, THURSDAY), time(14)),
        _slot(_next(ahead + timedelta(days=14), TUESDAY), time(9, 30)),
    ]
    if meeting is not None:
        slots.append(_slot(meeting.day, TOGETHER_AT))
    return slots


def _next(day: date, weekday: int) -> date:
    """The first such day of the week from a day on."""
    return day + timedelta(days=(weekday - day.weekday()) % 7)


def _slot(day: date, hour: time, minutes: int = 120, place: str = PLACE) -> GivenSlot:
    starts_at = to_utc(day, hour)
    return GivenSlot(starts_at, starts_at + timedelta(minutes=minutes), place)


def _answer(
    poll: DatePoll, at: datetime, turns_of: Sequence[Sequence[Availability]], *, silent: int
) -> None:
    voters = voters_of(poll.body_id, local_date(at))
    free = [slot for slot in poll.slots if slot.starts_at_utc != _together(slot)]
    turns = cycle(turns_of)
    for number, voter in enumerate(voters[: len(voters) - silent], 1):
        answers = {slot.id: YES if number % 5 == 0 else NO for slot in poll.slots}
        answers |= {slot.id: kind for slot, kind in zip(free, cycle(next(turns)), strict=False)}
        answer_poll(
            poll,
            voter.person,
            answers,
            remark=REMARK if number == 2 else "",
            revision=NO_ROW,
            by=voter.person,
            now=at + timedelta(minutes=25 * number),
        )


def _together(slot: DatePollSlot) -> datetime:
    return to_utc(slot.day, TOGETHER_AT)

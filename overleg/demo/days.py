"""On which days the demo's bodies meet, a year behind and half a year ahead; and the colleges."""

from datetime import date, timedelta

from overleg.decisions.states import Organ
from overleg.decisions.workflow.organ_days import Rule
from overleg.scheduling.rhythm import LAST, Rhythm, RhythmKind, days_of

BEHIND, AHEAD = timedelta(days=365), timedelta(days=183)
MONDAY, TUESDAY, WEDNESDAY, THURSDAY, FRIDAY = range(5)
SUMMER = {7, 8}


def rule_of(organ: Organ, place: int, since: date) -> Rule:
    """When the college or council of the municipality at this place in its region meets."""
    if organ is Organ.COUNCIL:
        return Rule(RhythmKind.MONTHLY, THURSDAY, LAST, 1, since)
    return Rule(RhythmKind.WEEKLY, MONDAY if place % 3 else TUESDAY, LAST, 1, since)


def sessions_between(organ: Organ, place: int, first: date, last: date) -> list[date]:
    """The days on which it meets, both ends included."""
    rule = rule_of(organ, place, first)
    return days_of(Rhythm(rule.kind, rule.weekday, first, last, nth=rule.nth))


def session_from(organ: Organ, place: int, day: date) -> date:
    """The first day on which it meets, from this day on."""
    return sessions_between(organ, place, day, day + timedelta(days=40))[0]


def monthly(today: date, weekday: int, nth: int, *, every: int = 1) -> list[date]:
    """Every ``every`` months on the nth weekday, not in July and August."""
    days = days_of(
        Rhythm(
            RhythmKind.MONTHLY,
            weekday=weekday,
            nth=nth,
            first_day=today - BEHIND,
            last_day=today + AHEAD,
        )
    )
    return [day for day in days if day.month not in SUMMER][::every]


def every_weeks(today: date, weekday: int, weeks: int) -> list[date]:
    """Every so many weeks, not in July and August."""
    days = days_of(
        Rhythm(
            RhythmKind.WEEKLY,
            weekday=weekday,
            every_weeks=weeks,
            first_day=today - BEHIND,
            last_day=today + AHEAD,
        )
    )
    return [day for day in days if day.month not in SUMMER]

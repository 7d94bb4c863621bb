"""On which days the demo's bodies meet: a year behind and half a year ahead."""

from datetime import date, timedelta

from overleg.scheduling.rhythm import Rhythm, RhythmKind, days_of

BEHIND, AHEAD = timedelta(days=365), timedelta(days=183)
MONDAY, TUESDAY, WEDNESDAY, THURSDAY, FRIDAY = range(5)
SUMMER = {7, 8}


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

"""Rhythms: from "every second Friday" to the days it falls on. Pure; days are Brussels days.

Only days are repeated. The hour is added afterwards, on the clock in Brussels, so that a meeting at
9.00 stays at 9.00 when the clock changes.
"""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum

from dateutil.rrule import MONTHLY, WEEKLY, rrule
from dateutil.rrule import weekday as nth_weekday

from overleg.lib.dates import WEEKDAYS

MOST_DAYS = 60
LAST = -1
NTH_LABELS = {1: "eerste", 2: "tweede", 3: "derde", 4: "vierde", LAST: "laatste"}


class RhythmKind(StrEnum):
    """How a series repeats."""

    MONTHLY = "monthly"
    WEEKLY = "weekly"

    @property
    def label(self) -> str:
        return {
            "monthly": "Elke maand, op een vaste weekdag",
            "weekly": "Om de zoveel weken",
        }[self.value]


@dataclass(frozen=True)
class Rhythm:
    """Every month on the nth weekday, or every n weeks on a weekday; both ends included."""

    kind: RhythmKind
    weekday: int
    """0 is Monday."""
    first_day: date
    last_day: date
    nth: int = 1
    """1 to 4, or -1 for the last; for a monthly rhythm."""
    every_weeks: int = 1

    @property
    def sentence(self) -> str:
        """``elke tweede vrijdag van de maand``; ``om de 6 weken op vrijdag``."""
        day = WEEKDAYS[self.weekday]
        if self.kind is RhythmKind.MONTHLY:
            return f"elke {NTH_LABELS[self.nth]} {day} van de maand"
        if self.every_weeks == 1:
            return f"elke {day}"
        return f"om de {self.every_weeks} weken op {day}"


def on_or_after(day: date, weekday: int) -> date:
    """The first such weekday from a day on, that day included; 0 is Monday."""
    return day + timedelta(days=(weekday - day.weekday()) % 7)


def days_of(rhythm: Rhythm, *, at_most: int = MOST_DAYS + 1) -> list[date]:
    """The days of a rhythm, in order; one more than ``MOST_DAYS`` tells that there are too many.

    Weeks are counted from the first such weekday in the period.
    """
    start = datetime.combine(rhythm.first_day, time())
    until = datetime.combine(rhythm.last_day, time())
    if rhythm.kind is RhythmKind.MONTHLY:
        rule = rrule(
            MONTHLY,
            dtstart=start,
            until=until,
            byweekday=nth_weekday(rhythm.weekday, rhythm.nth),
        )
    else:
        start = datetime.combine(on_or_after(rhythm.first_day, rhythm.weekday), time())
        rule = rrule(WEEKLY, dtstart=start, until=until, interval=rhythm.every_weeks)
    return [moment.date() for moment in rule.xafter(start, count=at_most, inc=True)]

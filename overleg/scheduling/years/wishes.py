"""From a rhythm to wishes: the day it asks each time, and how far from it one may go. Pure."""

from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

from overleg.lib.dates import MONTHS, WEEKDAYS, format_date
from overleg.scheduling.rhythm import NTH_LABELS, Rhythm, RhythmKind, days_of
from overleg.scheduling.states import YearKind

SUMMER = frozenset({7, 8})
LEGISLATURE_YEARS, A_LAST_YEAR = 6, 2030
DAY = timedelta(days=1)
MORE_THAN_ENOUGH = 400
"""Weeks in more years than anybody may ask at once."""


@dataclass(frozen=True)
class YearRhythm:
    """How often a body meets between two days, both included; days are those of Brussels."""

    kind: YearKind
    weekday: int
    """The one that is liked best; 0 is Monday."""
    first_day: date
    last_day: date
    nth: int = 1
    """1 to 4, or -1 for the last; for a monthly rhythm."""
    every_weeks: int = 6
    times: int = 5
    """In a year."""
    skips_summer: bool = False
    """Whether nothing is planned in July and August."""

    @property
    def sentence(self) -> str:
        """``elke tweede vrijdag van de maand``; ``5 keer per jaar``."""
        if self.kind is YearKind.TIMES:
            return f"{self.times} keer per jaar"
        return self._days.sentence

    @property
    def wished(self) -> str:
        """What a wish is called: ``de tweede vrijdag van de maand``; empty where none is named."""
        if self.kind is YearKind.MONTHLY:
            return f"de {NTH_LABELS[self.nth]} {WEEKDAYS[self.weekday]} van de maand"
        return self.sentence if self.kind is YearKind.WEEKLY else ""

    @property
    def _days(self) -> Rhythm:
        kind = RhythmKind.MONTHLY if self.kind is YearKind.MONTHLY else RhythmKind.WEEKLY
        return Rhythm(
            kind=kind,
            weekday=self.weekday,
            first_day=self.first_day,
            last_day=self.last_day,
            nth=self.nth,
            every_weeks=self.every_weeks if self.kind is YearKind.WEEKLY else 1,
        )

    def allows(self, day: date) -> bool:
        """Whether the rhythm may fall on this day at all."""
        return not (self.skips_summer and day.month in SUMMER)


@dataclass(frozen=True)
class Wish:
    """One time that a body wants to meet: rather on this day, else between two others."""

    day: date
    first: date
    last: date
    title: str
    """``maart 2027``, or ``rond 12 maart 2027``."""


def wishes_of(rhythm: YearRhythm) -> list[Wish]:
    """The wishes of a rhythm, in order; their spans never overlap."""
    match rhythm.kind:
        case YearKind.MONTHLY:
            return [_of_month(day, rhythm) for day in _allowed(rhythm)]
        case YearKind.WEEKLY:
            return [_of_weeks(day, rhythm) for day in _allowed(rhythm)]
        case YearKind.TIMES:
            return _spread(rhythm)


def legislature_end(day: date) -> date:
    """The last day of the municipal legislature in which a day lies.

    Councils are chosen for six years, in October 2024, 2030 and so on (Lokaal en Provinciaal
    Kiesdecreet of 8 July 2011, art. 6); a legislature is reckoned here in whole calendar years.
    """
    ahead = -(-(day.year - A_LAST_YEAR) // LEGISLATURE_YEARS)
    return date(A_LAST_YEAR + ahead * LEGISLATURE_YEARS, 12, 31)


def _allowed(rhythm: YearRhythm) -> list[date]:
    days = days_of(rhythm._days, at_most=MORE_THAN_ENOUGH)
    return [day for day in days if rhythm.allows(day)]


def _of_month(day: date, rhythm: YearRhythm) -> Wish:
    first = day.replace(day=1)
    last = (first + timedelta(days=31)).replace(day=1) - DAY
    return _within(rhythm, day, first, last, f"{MONTHS[day.month - 1]} {day.year}")


def _of_weeks(day: date, rhythm: YearRhythm) -> Wish:
    between = 7 * rhythm.every_weeks
    first = day - timedelta(days=(between - 1) // 2)
    last = day + timedelta(days=between // 2)
    return _within(rhythm, day, first, last, f"rond {format_date(day)}")


def _spread(rhythm: YearRhythm) -> list[Wish]:
    """Equal parts of the days that count; of each the liked weekday nearest to its middle."""
    whole = (rhythm.last_day - rhythm.first_day).days + 1
    days = [rhythm.first_day + timedelta(days=number) for number in range(whole)]
    counted = [day for day in days if rhythm.allows(day)]
    parts = min(max(1, round(rhythm.times * whole / 365.25)), len(counted))
    bounds = [number * len(counted) // parts for number in range(parts + 1)] if parts else []
    found = []
    for start, end in pairwise(bounds):
        part = counted[start:end]
        middle = part[len(part) // 2]
        liked = [day for day in part if day.weekday() == rhythm.weekday] or part
        day = min(liked, key=lambda each: abs(each - middle))
        found.append(_within(rhythm, day, part[0], part[-1], f"rond {format_date(day)}"))
    return found


def _within(rhythm: YearRhythm, day: date, first: date, last: date, title: str) -> Wish:
    return Wish(day, max(first, rhythm.first_day), min(last, rhythm.last_day), title)

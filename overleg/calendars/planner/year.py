"""A year of several bodies, ready to be drawn, listed and written. Pure; days are of Brussels."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from itertools import groupby

from overleg.lib.dates import MONTHS, format_span, format_weekday_date
from overleg.organisations.models import Body
from overleg.scheduling.models import BodyDate, Meeting
from overleg.scheduling.rules.free_days import holiday_on, school_holiday_on
from overleg.scheduling.rules.queries import Loose
from overleg.scheduling.states import DateState


@dataclass(frozen=True)
class Gathering:
    """One time that a body meets: a meeting of ours, or a date that is kept elsewhere."""

    body: Body
    starts_at: datetime
    ends_at: datetime
    day: date
    place: str
    meeting: Meeting | None = None
    is_all_day: bool = False
    is_tentative: bool = False
    loose: Loose | None = None
    """The rules it breaks."""
    double: str = ""
    """Where who looks has to be as well; mostly nothing."""

    @property
    def hours(self) -> str:
        """``9.30 tot 11.00 uur``; ``hele dag``."""
        return "hele dag" if self.is_all_day else format_span(self.starts_at, self.ends_at)

    @property
    def label(self) -> str:
        """``Midwestoverleg, vrijdag 13 maart 2026, 9.30 tot 11.00 uur``."""
        return f"{self.body.call_name}, {format_weekday_date(self.day)}, {self.hours}"

    @property
    def is_wrong(self) -> bool:
        """Whether it breaks a rule that must be kept."""
        return self.loose is not None and any(each.rule.is_hard for each in self.loose.broken)

    @property
    def stand(self) -> str:
        """What is to be said of it in a word: ``past niet meer``; mostly nothing."""
        if self.loose is not None:
            return "past niet meer" if self.is_wrong else "liever anders"
        return "onder voorbehoud" if self.is_tentative else ""

    @property
    def why_stays(self) -> str:
        """Why it stays there all the same, when it only breaks what is liked better."""
        return self.loose.why_stays if self.loose is not None else ""

    @property
    def why_loose(self) -> str:
        """Which rules it breaks and why; empty when it breaks none."""
        broken = self.loose.broken if self.loose is not None else ()
        return "; ".join(f"{each.rule.sentence} ({each.why})" for each in broken)

    @property
    def free_day(self) -> str:
        """The holiday or school holiday it falls in."""
        return holiday_on(self.day) or school_holiday_on(self.day)


@dataclass(frozen=True)
class Band:
    """Days on which Flanders rather does not meet, both ends included."""

    name: str
    first: date
    last: date
    is_public: bool
    """A public holiday; else a school holiday."""


@dataclass(frozen=True)
class Lane:
    """A body with what it does this year, in order."""

    body: Body
    gatherings: Sequence[Gathering]


@dataclass(frozen=True)
class Month:
    """A month with what is in it."""

    year: int
    number: int
    gatherings: Sequence[Gathering]

    @property
    def title(self) -> str:
        """``Maart 2026``."""
        return f"{MONTHS[self.number - 1].capitalize()} {self.year}"


@dataclass(frozen=True)
class DayOfMonth:
    """A day in the grid of a month."""

    day: date
    is_inside: bool
    """Whether it belongs to the month; the weeks at both ends hold days of others."""
    free: str
    is_public: bool
    gatherings: Sequence[Gathering]


@dataclass(frozen=True)
class Year:
    """A year of several bodies."""

    number: int
    lanes: Sequence[Lane]
    bands: Sequence[Band] = field(default_factory=list)

    @property
    def gatherings(self) -> list[Gathering]:
        """All of it, in order of time."""
        found = [each for lane in self.lanes for each in lane.gatherings]
        return sorted(found, key=lambda each: (each.starts_at, each.body.name, each.body.id))

    @property
    def loose(self) -> list[Gathering]:
        """What breaks a rule."""
        return [each for each in self.gatherings if each.loose is not None]

    @property
    def wrong(self) -> list[Gathering]:
        """What breaks a rule that must be kept."""
        return [each for each in self.gatherings if each.is_wrong]

    @property
    def months(self) -> list[Month]:
        """The months in which something happens."""
        grouped = groupby(self.gatherings, key=lambda each: each.day.month)
        return [Month(self.number, number, list(each)) for number, each in grouped]

    def weeks(self, month: int) -> list[list[DayOfMonth]]:
        """The grid of a month: weeks from Monday to Sunday."""
        by_day: dict[date, list[Gathering]] = {}
        for each in self.gatherings:
            by_day.setdefault(each.day, []).append(each)
        first = date(self.number, month, 1)
        day = first - timedelta(days=first.weekday())
        weeks: list[list[DayOfMonth]] = []
        while day < _next_month(first):
            weeks.append([_day(day + timedelta(days=plus), month, by_day) for plus in range(7)])
            day += timedelta(days=7)
        return weeks


def _next_month(first: date) -> date:
    return (first + timedelta(days=31)).replace(day=1)


def _day(day: date, month: int, by_day: dict[date, list[Gathering]]) -> DayOfMonth:
    holiday = holiday_on(day)
    return DayOfMonth(
        day,
        day.month == month,
        holiday or school_holiday_on(day),
        bool(holiday),
        by_day.get(day, []) if day.month == month else [],
    )


def year_of(
    number: int,
    bodies: Sequence[Body],
    meetings: Sequence[Meeting],
    dates: Sequence[BodyDate],
    loose: Sequence[Loose],
) -> Year:
    """Lay a year out in lanes; a date that stands there as a meeting of ours counts once."""
    breaking = {each.meeting.id: each for each in loose}
    known = {(meeting.body_id, meeting.day) for meeting in meetings}
    found = [_of_meeting(meeting, breaking.get(meeting.id)) for meeting in meetings]
    found += [_of_date(each) for each in dates if (each.body_id, each.day) not in known]
    by_body: dict[str, list[Gathering]] = {}
    for each in sorted(found, key=lambda each: each.starts_at):
        by_body.setdefault(each.body.id, []).append(each)
    lanes = [Lane(body, by_body.get(body.id, [])) for body in bodies]
    return Year(number, lanes, bands_of(number))


def _of_meeting(meeting: Meeting, loose: Loose | None) -> Gathering:
    return Gathering(
        meeting.body,
        meeting.starts_at_utc,
        meeting.ends_at_utc,
        meeting.day,
        meeting.place or ("online" if meeting.online_url else ""),
        meeting=meeting,
        loose=loose,
    )


def _of_date(each: BodyDate) -> Gathering:
    return Gathering(
        each.body,
        each.starts_at_utc,
        each.ends_at_utc,
        each.day,
        each.place,
        is_all_day=each.is_all_day,
        is_tentative=each.state is DateState.TENTATIVE,
    )


def bands_of(year: int) -> list[Band]:
    """School holidays of more than a day, then public holidays, each in order."""
    days = [date(year, 1, 1) + timedelta(days=plus) for plus in range(366)]
    days = [day for day in days if day.year == year]
    school: list[Band] = []
    for name, group in groupby(days, key=school_holiday_on):
        held = list(group)
        if name and len(held) > 1:
            school.append(Band(name, held[0], held[-1], is_public=False))
    public = [Band(name, day, day, is_public=True) for day in days if (name := holiday_on(day))]
    return [*school, *public]

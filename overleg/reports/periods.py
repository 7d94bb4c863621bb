"""The months and half years of the law, on which day a report is ready, and how each stands.

Regiodecreet of 3 February 2023, article 8: the working of the region stands on every college's
agenda every month and on every council's twice a year. Days are calendar days in Brussels.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Protocol

from dateutil.easter import easter

from overleg.lib.dates import MONTHS
from overleg.reports.states import ReportKind, ReportState, Standing

FIRST_WORKING_DAY = 0
"""The setting "the first working day" instead of a fixed day of the month."""
LAST_READY_DAY = 28
"""Every month has it."""
SATURDAY = 5
SHORT = ("jan", "feb", "mrt", "apr", "mei", "jun", "jul", "aug", "sep", "okt", "nov", "dec")


@dataclass(frozen=True, order=True)
class Period:
    """A month for the college, a half year for the council; begins on ``first_day``."""

    kind: ReportKind
    first_day: date

    @property
    def last_day(self) -> date:
        """The last day on which the duty can be met."""
        return _months_later(self.first_day, self.kind.months) - timedelta(days=1)

    @property
    def label(self) -> str:
        """``november 2026`` or ``eerste helft van 2026``."""
        if self.kind is ReportKind.COLLEGE:
            return f"{MONTHS[self.first_day.month - 1]} {self.first_day.year}"
        half = "eerste" if self.first_day.month == 1 else "tweede"
        return f"{half} helft van {self.first_day.year}"

    @property
    def label_with_article(self) -> str:
        """The same within a sentence: ``november 2026`` or ``de eerste helft van 2026``."""
        return self.label if self.kind is ReportKind.COLLEGE else f"de {self.label}"

    @property
    def short_label(self) -> str:
        """``nov`` or ``1e helft``, for the head of a column."""
        if self.kind is ReportKind.COLLEGE:
            return SHORT[self.first_day.month - 1]
        return "1e helft" if self.first_day.month == 1 else "2e helft"

    @property
    def before(self) -> "Period":
        """The period before this one."""
        return Period(self.kind, _months_later(self.first_day, -self.kind.months))

    def contains(self, day: date) -> bool:
        """Whether a day lies in it."""
        return self.first_day <= day <= self.last_day


def period_of(kind: ReportKind, day: date) -> Period:
    """The month or half year in which a day lies."""
    month = day.month if kind is ReportKind.COLLEGE else 1 if day.month <= 6 else 7
    return Period(kind, date(day.year, month, 1))


def periods_of_year(year: int) -> list[Period]:
    """The twelve months of a year, then its two halves."""
    months = [Period(ReportKind.COLLEGE, date(year, month, 1)) for month in range(1, 13)]
    return [*months, *(Period(ReportKind.COUNCIL, date(year, month, 1)) for month in (1, 7))]


def ready_on(period: Period, *, ready_day: int, council_month: int) -> date:
    """On which day the report of a period is written.

    ``ready_day`` is a day of the month (1 to 28) or ``FIRST_WORKING_DAY``; ``council_month`` is the
    month of the half year (1 to 6) in which the council's report comes.
    """
    later = 0 if period.kind is ReportKind.COLLEGE else council_month - 1
    month = _months_later(period.first_day, later)
    if ready_day == FIRST_WORKING_DAY:
        return first_working_day(month)
    return month.replace(day=ready_day)


def first_working_day(month: date) -> date:
    """The first day of a month that is no weekend and no public holiday in Belgium."""
    day = month.replace(day=1)
    holidays = public_holidays(day.year)
    while day.weekday() >= SATURDAY or day in holidays:
        day += timedelta(days=1)
    return day


def public_holidays(year: int) -> frozenset[date]:
    """The legal holidays of Belgium, and 11 July, on which Flemish local governments are closed.

    Royal decree of 18 April 1974, article 1.
    """
    sunday = easter(year)
    fixed = ((1, 1), (5, 1), (7, 11), (7, 21), (8, 15), (11, 1), (11, 11), (12, 25))
    moving = (1, 39, 50)
    return frozenset(
        [date(year, month, day) for month, day in fixed]
        + [sunday + timedelta(days=days) for days in moving]
    )


class Placed(Protocol):
    """What the calendar needs to know of a report."""

    @property
    def state(self) -> ReportState: ...

    @property
    def placed_on(self) -> date | None: ...


def standing_of(period: Period, report: Placed | None, today: date) -> Standing:
    """How a period reads today; ``report`` is None where none was begun."""
    if report is not None and report.placed_on is not None:
        in_time = report.placed_on <= period.last_day
        return Standing.PLACED if in_time else Standing.PLACED_LATE
    if report is None:
        return Standing.COMING if period.last_day >= today else Standing.NOT_ASKED
    if period.last_day < today:
        return Standing.MISSED
    return Standing.OPEN if report.state is ReportState.OPEN else Standing.TO_PLACE


def _months_later(first_day: date, months: int) -> date:
    place = first_day.year * 12 + first_day.month - 1 + months
    return date(place // 12, place % 12 + 1, 1)

"""The calendar of the regiodecreet, article 8: every month a college, twice a year a council."""

from dataclasses import dataclass
from datetime import date

import pytest

from overleg.organisations.models import Organisation
from overleg.organisations.states import OrganisationKind
from overleg.reports.calendar import row_of
from overleg.reports.periods import (
    Period,
    first_working_day,
    period_of,
    periods_of_year,
    ready_on,
    standing_of,
)
from overleg.reports.reminding import reminder_days
from overleg.reports.states import ReportKind, ReportState, Standing

COLLEGE, COUNCIL = ReportKind.COLLEGE, ReportKind.COUNCIL
MARCH = Period(COLLEGE, date(2026, 3, 1))
FIRST_HALF = Period(COUNCIL, date(2026, 1, 1))


@dataclass
class Kept:
    """As much of a report as the law asks about."""

    state: ReportState
    placed_on: date | None = None


def test_a_year_has_twelve_colleges_and_two_councils() -> None:
    periods = periods_of_year(2028)
    assert [period.kind for period in periods].count(COLLEGE) == 12
    assert [str(period.last_day) for period in periods if period.kind is COUNCIL] == [
        "2028-06-30",
        "2028-12-31",
    ]
    assert periods[1].last_day == date(2028, 2, 29)
    assert periods[0].before.label == "december 2027"
    assert FIRST_HALF.before.label == "tweede helft van 2025"
    assert FIRST_HALF.label_with_article == "de eerste helft van 2026"
    assert period_of(COUNCIL, date(2026, 7, 1)).label == "tweede helft van 2026"


@pytest.mark.parametrize(
    ("month", "day"),
    [
        ("2026-01-01", "2026-01-02"),  # Nieuwjaar
        ("2026-03-01", "2026-03-02"),  # a Sunday
        ("2024-04-01", "2024-04-02"),  # paasmaandag
        ("2026-05-01", "2026-05-04"),  # Dag van de Arbeid, then a weekend
        ("2026-11-01", "2026-11-02"),  # Allerheiligen on a Sunday
        ("2026-12-01", "2026-12-01"),
    ],
)
def test_the_first_working_day_skips_weekends_and_holidays(month: str, day: str) -> None:
    assert first_working_day(date.fromisoformat(month)) == date.fromisoformat(day)


@pytest.mark.parametrize(
    ("period", "ready_day", "council_month", "day"),
    [
        (MARCH, 0, 5, "2026-03-02"),
        (MARCH, 15, 5, "2026-03-15"),
        (FIRST_HALF, 0, 5, "2026-05-04"),
        (FIRST_HALF, 28, 6, "2026-06-28"),
        (Period(COUNCIL, date(2026, 7, 1)), 1, 5, "2026-11-01"),
    ],
)
def test_a_report_is_ready_on_the_day_that_was_chosen(
    period: Period, ready_day: int, council_month: int, day: str
) -> None:
    made = ready_on(period, ready_day=ready_day, council_month=council_month)
    assert made == date.fromisoformat(day)


@pytest.mark.parametrize(
    ("period", "report", "today", "standing"),
    [
        (MARCH, None, "2026-02-10", Standing.COMING),
        (MARCH, None, "2026-03-31", Standing.COMING),
        (MARCH, None, "2026-04-01", Standing.NOT_ASKED),
        (MARCH, Kept(ReportState.OPEN), "2026-03-10", Standing.OPEN),
        (MARCH, Kept(ReportState.WRITTEN), "2026-03-31", Standing.TO_PLACE),
        (MARCH, Kept(ReportState.WRITTEN), "2026-04-01", Standing.MISSED),
        (MARCH, Kept(ReportState.OPEN), "2026-04-01", Standing.MISSED),
        (MARCH, Kept(ReportState.PLACED, date(2026, 3, 31)), "2026-03-20", Standing.PLACED),
        (MARCH, Kept(ReportState.PLACED, date(2026, 4, 1)), "2026-05-20", Standing.PLACED_LATE),
        (FIRST_HALF, Kept(ReportState.WRITTEN), "2026-06-30", Standing.TO_PLACE),
        (FIRST_HALF, Kept(ReportState.PLACED, date(2026, 6, 30)), "2026-07-20", Standing.PLACED),
        (
            FIRST_HALF,
            Kept(ReportState.PLACED, date(2026, 7, 1)),
            "2026-07-20",
            Standing.PLACED_LATE,
        ),
    ],
)
def test_a_period_reads_as_the_law_does(
    period: Period, report: Kept | None, today: str, standing: Standing
) -> None:
    assert standing_of(period, report, date.fromisoformat(today)) is standing


def test_nothing_is_asked_of_a_municipality_before_and_after_it_exists() -> None:
    merged = Organisation(
        id="tielt",
        kind=OrganisationKind.MUNICIPALITY,
        name="Tielt",
        valid_from=date(2026, 2, 1),
        valid_to=date(2026, 3, 31),
    )
    row = row_of(merged, 2026, {}, today=date(2026, 1, 5))
    months = [cell.standing for cell in row.of_kind(COLLEGE)]
    asked = [n for n, standing in enumerate(months, 1) if standing is not Standing.NOT_ASKED]
    assert asked == [2, 3]
    assert [cell.standing for cell in row.of_kind(COUNCIL)] == [
        Standing.COMING,
        Standing.NOT_ASKED,
    ]


@pytest.mark.parametrize(
    ("period", "ready", "days"),
    [
        (MARCH, "2026-03-02", ["2026-03-02", "2026-03-24", "2026-03-29", "2026-04-03"]),
        (MARCH, "2026-03-28", ["2026-03-28", "2026-03-29", "2026-04-03"]),
        (FIRST_HALF, "2026-05-04", ["2026-05-04", "2026-05-31", "2026-06-23", "2026-07-03"]),
    ],
)
def test_reminders_come_when_ready_before_the_end_and_after_it(
    period: Period, ready: str, days: list[str]
) -> None:
    found = reminder_days(period, date.fromisoformat(ready))
    assert [day.isoformat() for day in found] == days

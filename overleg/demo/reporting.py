"""The region reports of the demo's year: most placed in their month, some late, the last ones open."""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from random import Random

from overleg.demo.days import session_from, sessions_between
from overleg.demo.people import Region
from overleg.lib.dates import local_date, to_utc
from overleg.organisations.models import Organisation
from overleg.reports.models import RegionReport
from overleg.reports.periods import Period, first_working_day, period_of
from overleg.reports.queries.reports import Wishes
from overleg.reports.reminding import remind_of_region_reports
from overleg.reports.states import ReportForm, ReportKind
from overleg.reports.workflow.placing import Placing, place_report
from overleg.reports.workflow.settings import change_settings
from overleg.reports.workflow.writing import begin_and_write

MONTHS_BEHIND = {"midwest": 11}
FEW = 2
"""Loading a year of every region would take long; one shows it all."""
SEED = 8
WISHES = {
    "tielt": Wishes(
        ready_day=15,
        introduction_html="<p>Kennisneming van de regiowerking, op grond van artikel 8 van het regiodecreet van 3 februari 2023.</p>",
    ),
    "izegem": Wishes(form=ReportForm.BRIEF),
    "mechelen": Wishes(ready_day=5),
}
NEVER, LATE = 0.07, 0.15


def play_reports(regions: Sequence[Region], now: datetime) -> None:
    """Write and place the reports of the past months, and write those of this month.

    From this month on, some municipalities want theirs on another day or in another form. Who has
    one to place was mailed.
    """
    random = Random(SEED)  # noqa: S311 - the same demo each time
    today = local_date(now)
    for region in regions:
        *past, present = _months(today, MONTHS_BEHIND.get(region.slug, FEW))
        for period in past:
            _play_day(region, first_working_day(period.first_day), random, now)
        _choose(region, to_utc(present.first_day, time(2)))
        for day in _writing_days(present):
            if day <= today:
                _play_day(region, day, random, now)
    remind_of_region_reports(now - timedelta(hours=1))


def _choose(region: Region, at: datetime) -> None:
    for town in region.towns:
        if town.slug in WISHES:
            secretariat = region.people[f"secretariaat.{town.slug}"]
            change_settings(town, WISHES[town.slug], by=secretariat, now=at)


def _play_day(region: Region, day: date, random: Random, now: datetime) -> None:
    """Run the job of this day for a region; its secretariats place what was written."""
    for report in begin_and_write(region.towns, now=min(now, to_utc(day, time(4)))):
        _place(report, region, random, now)


def _writing_days(period: Period) -> list[date]:
    """The days of a month on which a municipality has its report ready, in order."""
    first = period.first_day
    fixed = {wishes.ready_day for wishes in WISHES.values() if wishes.ready_day}
    return sorted({first_working_day(first), *(first.replace(day=day) for day in fixed)})


def _months(today: date, behind: int) -> list[Period]:
    found = [period_of(ReportKind.COLLEGE, today)]
    for _ in range(behind):
        found.append(found[-1].before)
    return found[::-1]


def _place(report: RegionReport, region: Region, random: Random, now: datetime) -> None:
    """Have the secretariat tell on which session it stood, mostly in time, sometimes never."""
    chance = random.random()
    if chance < NEVER:
        return
    written = local_date(report.written_at_utc or now)
    town: Organisation = report.organisation
    organ, place = report.kind.organ, region.towns.index(town)
    if chance < LATE:
        late = report.last_day + timedelta(days=random.randint(2, 9))
        day = session_from(organ, place, late)
    else:
        from_day = written + timedelta(days=1)
        day = random.choice(sessions_between(organ, place, from_day, report.last_day))
    series = "CBS" if report.kind is ReportKind.COLLEGE else "GR"
    moment = to_utc(day, time(16))
    if moment > now:
        return
    place_report(
        report,
        Placing(day, f"{day.year}/{series}/{random.randint(100, 999)}"),
        revision=report.revision,
        by=region.people[f"secretariaat.{town.slug}"],
        now=moment,
    )

"""A year in the making for Midwest, after its zoneraad; and meetings nobody heard of yet."""

from datetime import date, datetime, time, timedelta

from sqlalchemy import func, select

from overleg.calendars.foreign.workflow import add_dates
from overleg.db import session
from overleg.demo.days import FRIDAY, WEDNESDAY
from overleg.demo.other_dates import MIDWEST, TRANSPORT_COUNCIL, ZONE_COUNCIL
from overleg.demo.people import Region
from overleg.lib.dates import local_date, to_utc
from overleg.lib.pasted_dates import PastedDate
from overleg.organisations.models import Body
from overleg.scheduling.models import Meeting
from overleg.scheduling.rhythm import Rhythm, RhythmKind, days_of
from overleg.scheduling.rules.workflow import add_rule
from overleg.scheduling.states import RuleKind, YearKind
from overleg.scheduling.workflow import plan_meeting
from overleg.scheduling.years.wishes import YearRhythm
from overleg.scheduling.years.workflow import AskedYear, ask_year

MANDATE_GROUP = "mandaatgroep-rivierenland"
SUMMER = {7, 8}
NOT_KNOWN = 12
"""The month of which the zoneraad does not say its date yet."""
IN_HOLIDAYS = 11
"""In this month it meets a week earlier, in the autumn holidays."""


def ask_years(regions: list[Region], now: datetime) -> None:
    """Ask the next year for Midwest, and plan two meetings of Rivierenland quietly."""
    midwest, rivierenland = regions[0], regions[1]
    _know_zone_council(midwest, now)
    _ask_next_year(midwest, now)
    _plan_quietly(rivierenland, now)
    _ask_every_six_weeks(rivierenland, now)


def _know_zone_council(region: Region, now: datetime) -> None:
    """Its second Fridays up to the end of next year; another table meets right after one."""
    zone, support = region.bodies[ZONE_COUNCIL], region.support
    end = date(local_date(now).year + 1, 12, 31)
    rhythm = Rhythm(RhythmKind.MONTHLY, FRIDAY, _last_day(zone) + timedelta(days=1), end, nth=2)
    days = [
        day - timedelta(days=7) if day.month == IN_HOLIDAYS else day
        for day in days_of(rhythm)
        if day.month not in SUMMER | {NOT_KNOWN}
    ]
    places = ("Stadhuis Roeselare", "Stadhuis Izegem", "Stadhuis Tielt")
    given = [
        PastedDate(to_utc(day, time(8)), to_utc(day, time(9, 15)), False, places[number % 3])
        for number, day in enumerate(days)
    ]
    add_dates(zone, given, by=support, now=now)
    beside = [
        PastedDate(to_utc(day, time(11, 45)), to_utc(day, time(13)), False, "Provinciehuis, Brugge")
        for day in days[-2:-1]
    ]
    add_dates(region.bodies[TRANSPORT_COUNCIL], beside, by=support, now=now)


def _ask_next_year(region: Region, now: datetime) -> None:
    year = local_date(now).year + 1
    rhythm = YearRhythm(
        YearKind.MONTHLY,
        FRIDAY,
        date(year, 1, 1),
        date(year, 12, 31),
        nth=2,
        skips_summer=True,
    )
    asked = AskedYear(rhythm, time(9, 30), time(11, 30), "Stadhuis Roeselare")
    ask_year(region.bodies[MIDWEST], asked, by=region.support, now=now - timedelta(hours=2))


def _ask_every_six_weeks(region: Region, now: datetime) -> None:
    """A body that follows no other has a choice of days; the school holidays are avoided."""
    body, year = region.bodies[MANDATE_GROUP], local_date(now).year + 1
    add_rule(body, RuleKind.NO_SCHOOL_HOLIDAY, is_hard=False, by=region.support, now=now)
    rhythm = YearRhythm(
        YearKind.WEEKLY,
        WEDNESDAY,
        date(year, 7, 1),
        date(year, 12, 31),
        every_weeks=6,
        skips_summer=True,
    )
    asked = AskedYear(rhythm, time(19), time(21, 30), "IGEMO, Mechelen")
    ask_year(body, asked, by=region.support, now=now - timedelta(hours=2))


def _plan_quietly(region: Region, now: datetime) -> None:
    body = region.bodies[MANDATE_GROUP]
    last = _last_day(body)
    for weeks in (3, 6):
        day = last + timedelta(weeks=weeks)
        plan_meeting(
            body,
            starts_at=to_utc(day, time(19)),
            ends_at=to_utc(day, time(21, 30)),
            place="IGEMO, Mechelen",
            online_url="",
            by=region.support,
            now=now - timedelta(days=1),
            quiet=True,
        )


def _last_day(body: Body) -> date:
    """The day of the last meeting that stands in the calendar of a body."""
    last = session().scalars(
        select(func.max(Meeting.starts_at_utc)).where(Meeting.body_id == body.id)
    )
    return local_date(last.one())

"""Who is reminded when: as soon as a report is ready, when its period runs out, and after it.

The job of each morning counts per report how many of these days have come; so one that was missed
is made up for, and running it twice mails nobody twice. All that concerns one person on a day is
one mail.
"""

from collections.abc import Iterable
from datetime import date, datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import defer, joinedload

from overleg.accounts.models import Person
from overleg.db import session
from overleg.lib.dates import local_date
from overleg.organisations.queries.people import people_for_organisations
from overleg.organisations.states import Role
from overleg.reports.models import RegionReport
from overleg.reports.notices import remind
from overleg.reports.periods import Period
from overleg.reports.states import ReportKind, ReportState

JOB = "remind_of_region_reports"
BEFORE_THE_END = {ReportKind.COLLEGE: (7, 2), ReportKind.COUNCIL: (30, 7)}
"""So many days before the period runs out."""
AFTER_THE_END = 3
TOLD = (Role.SECRETARIAT, Role.DIRECTOR)


def reminder_days(period: Period, ready_on: date) -> list[date]:
    """On which days somebody is reminded of a report that was not placed, in order."""
    before = [period.last_day - timedelta(days=days) for days in BEFORE_THE_END[period.kind]]
    later = [day for day in before if day > ready_on]
    return [ready_on, *later, period.last_day + timedelta(days=AFTER_THE_END)]


def remind_of_region_reports(now: datetime) -> None:
    """The job: mail secretariat and general director of what is ready and not placed yet."""
    today = local_date(now)
    due = []
    for report in _waiting():
        passed = sum(day <= today for day in reminder_days(report.period, report.ready_on))
        if passed > report.reminders_sent:
            report.reminders_sent = passed
            due.append(report)
    for person, reports in _by_person(due, today):
        remind(person, reports, now=now)


def _waiting() -> Iterable[RegionReport]:
    return session().scalars(
        select(RegionReport)
        .where(RegionReport.state == ReportState.WRITTEN)
        .options(joinedload(RegionReport.organisation), defer(RegionReport.contents))
        .order_by(RegionReport.last_day, RegionReport.kind, RegionReport.id)
    )


def _by_person(due: list[RegionReport], today: date) -> Iterable[tuple[Person, list[RegionReport]]]:
    towns = {report.organisation_id for report in due}
    reports: dict[str, list[RegionReport]] = {}
    people: dict[str, Person] = {}
    for person, town in people_for_organisations(sorted(towns), TOLD, today):
        people[person.id] = person
        told = reports.setdefault(person.id, [])
        told.extend(r for r in due if r.organisation_id == town.id and r not in told)
    return [(people[key], told) for key, told in reports.items()]

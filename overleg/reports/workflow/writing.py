"""Reports begin and write themselves; a person can have one written now, or again."""

from collections.abc import Collection, Sequence
from datetime import date, datetime, time

from overleg.audit.states import Verb
from overleg.audit.workflow import Actor, System, record_all
from overleg.db import new_id, session
from overleg.lib.dates import local_date, to_utc
from overleg.lib.errors import NotPossible
from overleg.organisations.models import Organisation
from overleg.reports.contents import Contents
from overleg.reports.models import RegionReport
from overleg.reports.periods import Period, period_of, ready_on
from overleg.reports.queries.gathering import Wanted, gather
from overleg.reports.queries.reports import (
    Wishes,
    all_municipalities,
    covered_until,
    has_later_report,
    reports_of_periods,
    wishes_of,
)
from overleg.reports.states import REPORT_MOVES, ReportKind, ReportState

JOB = "write_region_reports"


def write_region_reports(now: datetime) -> None:
    """The job of each night: begin what begins today and write what is ready, everywhere.

    One pass over all municipalities, in a fixed number of statements, whatever their number. Run
    again on the same day, it finds nothing to do.
    """
    begin_and_write(all_municipalities(local_date(now)), now=now)


def begin_and_write(
    municipalities: Sequence[Organisation],
    *,
    now: datetime,
    kinds: Collection[ReportKind] = tuple(ReportKind),
) -> list[RegionReport]:
    """Begin the reports of the present month and half year, and write those whose day has come.

    Returns the reports that were written now. ``now`` is in UTC.
    """
    session().flush()
    with session().no_autoflush:  # a report that begins and is written at once is one row to add
        return _begin_and_write(municipalities, now=now, kinds=kinds)


def _begin_and_write(
    municipalities: Sequence[Organisation], *, now: datetime, kinds: Collection[ReportKind]
) -> list[RegionReport]:
    today = local_date(now)
    ids = [each.id for each in municipalities]
    wishes = wishes_of(ids)
    periods = [period_of(kind, today) for kind in kinds]
    known = reports_of_periods(ids, {period.first_day for period in periods})
    ready = []
    for municipality in municipalities:
        for period in periods:
            report = known.get((municipality.id, period))
            if report is None:
                report = _begin(municipality, period, wishes[municipality.id])
            if report.state is ReportState.OPEN and report.ready_on <= today:
                ready.append(report)
    write_all(ready, wishes=wishes, by=System(), now=now)
    return ready


def _begin(municipality: Organisation, period: Period, wishes: Wishes) -> RegionReport:
    report = RegionReport(
        id=new_id(),
        organisation=municipality,
        kind=period.kind,
        first_day=period.first_day,
        last_day=period.last_day,
        ready_on=ready_on(period, ready_day=wishes.ready_day, council_month=wishes.council_month),
        state=ReportState.OPEN,
        is_empty=False,
        contents="",
    )
    session().add(report)
    return report


def write_report(report: RegionReport, *, by: Actor, now: datetime) -> None:
    """Write one report now, or again: it tells what happened up to this moment (UTC).

    One that is older than another of its kind keeps the span it told about, so that nothing is told
    twice. Raises ``NotPossible`` once it was placed: then it stands as the organ saw it.
    """
    if ReportState.WRITTEN not in REPORT_MOVES[report.state] or report.placed_on is not None:
        raise NotPossible(
            f"Dit rapport is al geplaatst, op {report.kind.organ.label}: het ligt vast. "
            "Werd het toch niet geplaatst, neem dat dan eerst terug."
        )
    if report.covers_until_utc is not None and has_later_report(report):
        since, until = report.covers_from_utc, report.covers_until_utc
        wanted = Wanted(report.organisation, report.kind, since or until, until)
        befores = [(report, report.state)]
        _fill(report, wanted, gather([wanted], now)[0], now=now)
        _tell(befores, by=by, now=now)
        return
    write_all([report], wishes=wishes_of([report.organisation_id]), by=by, now=now)


def write_all(
    reports: Sequence[RegionReport], *, wishes: dict[str, Wishes], by: Actor, now: datetime
) -> None:
    """Write reports together, each for what its organ may read.

    Reports of one kind are for one and the same period.
    """
    if not reports:
        return
    earlier = covered_until(
        {report.organisation_id or report.organisation.id for report in reports},
        before={report.kind: report.first_day for report in reports},
    )
    wanted = [
        Wanted(
            report.organisation,
            report.kind,
            earlier.get(
                (report.organisation.id, report.kind),
                first_moment(report.period, wishes[report.organisation.id]),
            ),
            now,
        )
        for report in reports
    ]
    befores = [(report, report.state) for report in reports]
    for report, one, contents in zip(reports, wanted, gather(wanted, now), strict=True):
        _fill(report, one, contents, now=now)
    _tell(befores, by=by, now=now)


def first_moment(period: Period, wishes: Wishes) -> datetime:
    """From when a first report tells: the day on which the one before would have been ready."""
    day: date = ready_on(
        period.before, ready_day=wishes.ready_day, council_month=wishes.council_month
    )
    return to_utc(day, time())


def _fill(report: RegionReport, wanted: Wanted, contents: Contents, *, now: datetime) -> None:
    report.contents = contents.as_json()
    report.is_empty = contents.is_empty
    report.covers_from_utc, report.covers_until_utc = wanted.since, wanted.until
    report.written_at_utc = now
    report.state = ReportState.WRITTEN


def _tell(befores: Sequence[tuple[RegionReport, ReportState]], *, by: Actor, now: datetime) -> None:
    record_all(Verb.REPORT_WRITTEN, befores, to=ReportState.WRITTEN, by=by, now=now)

"""The secretariat tells on which college or council a report was, or that it was not after all."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from overleg.audit.states import Verb
from overleg.audit.workflow import Actor, record
from overleg.lib.dates import format_date, local_date
from overleg.lib.errors import EditConflict, NotPossible, Refused
from overleg.reports.contents import from_json
from overleg.reports.models import RegionReport
from overleg.reports.states import ReportState

AHEAD = timedelta(days=31)
"""A report may be told as placed as soon as it stands on the agenda of a session to come."""


@dataclass(frozen=True)
class Placing:
    """On which session of the report's own organ: a day in Brussels, and its number there."""

    day: date
    reference_number: str = ""


def place_report(
    report: RegionReport, what: Placing, *, revision: int, by: Actor, now: datetime
) -> None:
    """Note on which session the report stood; it leaves the list of what is to be done.

    ``revision`` is the one the person saw. Raises ``EditConflict`` when somebody was first,
    ``NotPossible`` before it was written, ``Refused`` for a day before its period, before a meeting
    it tells of, or far ahead.
    """
    if report.revision != revision:
        raise EditConflict(_meanwhile(report))
    if report.state is ReportState.OPEN:
        raise NotPossible(
            f"Dit rapport is nog niet geschreven; dat gebeurt op {format_date(report.ready_on)}. "
            "U kunt het nu al laten schrijven, en daarna plaatsen."
        )
    if report.state is ReportState.PLACED:
        raise NotPossible(_meanwhile(report))
    _check_day(report, what.day, today=local_date(now))
    report.state = ReportState.PLACED
    report.placed_on = what.day
    report.reference_number = what.reference_number
    report.placed_at_utc = now
    report.placed_by_name = by.name
    number = f", nummer {what.reference_number}" if what.reference_number else ""
    record(
        Verb.REPORT_PLACED,
        report,
        by=by,
        now=now,
        from_state=ReportState.WRITTEN,
        to_state=ReportState.PLACED,
        reason=f"{report.kind.organ.full_name.capitalize()} van {format_date(what.day)}{number}.",
    )


def take_back(report: RegionReport, *, by: Actor, now: datetime) -> None:
    """It was not placed after all: it waits again. Raises ``NotPossible`` when it was not."""
    if report.state is not ReportState.PLACED:
        raise NotPossible("Dit rapport staat niet als geplaatst; er is niets terug te nemen.")
    told = format_date(report.placed_on) if report.placed_on else ""
    report.state = ReportState.WRITTEN
    report.placed_on = report.placed_at_utc = None
    report.reference_number = report.placed_by_name = ""
    record(
        Verb.REPORT_TAKEN_BACK,
        report,
        by=by,
        now=now,
        from_state=ReportState.PLACED,
        to_state=ReportState.WRITTEN,
        reason=f"Er stond: {report.kind.organ.label} van {told}.",
    )


def _meanwhile(report: RegionReport) -> str:
    if report.placed_on is None:
        return (
            "Iemand liet dit rapport intussen opnieuw schrijven. Kijk na wat er nu in staat "
            "voor u het als geplaatst meldt."
        )
    return (
        f"{report.placed_by_name} meldde dit rapport intussen als geplaatst, op de zitting "
        f"van {format_date(report.placed_on)}. Er is niets meer te doen."
    )


def _check_day(report: RegionReport, day: date, *, today: date) -> None:
    if day < report.first_day:
        raise Refused(
            f"Die datum valt vóór {report.period.label_with_article}, de periode van dit rapport. "
            "Kijk dag en jaar na."
        )
    last = from_json(report.contents).last_meeting_day
    if last is not None and day < last:
        raise Refused(
            f"Die datum valt vóór het overleg van {format_date(last)} waarover dit rapport gaat."
        )
    if day > today + AHEAD:
        raise Refused(
            "Die datum ligt meer dan een maand in de toekomst. Meld het rapport zodra het op de "
            "agenda van een zitting staat."
        )

"""What was agreed and asks something: to release, to report, to place, to do."""

from collections.abc import Iterable, Sequence
from datetime import date

from overleg.decisions.models import ActionItem, FollowUp, Outcome
from overleg.lib.dates import format_date
from overleg.lib.text import count_of
from overleg.organisations.viewer import Viewer
from overleg.reports.models import RegionReport
from overleg.reports.states import ReportKind
from overleg.start.tasks.task import Task
from overleg.web.drawing import url_for


def to_release(viewer: Viewer, outcomes: Sequence[Outcome], today: date) -> Iterable[Task]:
    """Outcomes that the municipalities wait for; the trekker reads the text over."""
    for outcome in outcomes:
        meeting = outcome.item.meeting
        supports = viewer.supports(meeting.body_id)
        yield Task(
            kicker=f"{'Vrijgeven' if supports else 'Tekst nakijken'} · {meeting.body.call_name}",
            title=outcome.title,
            url=url_for(
                "decisions.show_outcome" if supports else "decisions.show_text",
                outcome_id=outcome.id,
            ),
            action="Bekijken en vrijgeven" if supports else "Tekst nakijken",
            detail=f"{outcome.kind.label.capitalize()} van {format_date(meeting.day)}: "
            f"{outcome.state.label}",
            due_on=meeting.outcomes_due_on,
            today=today,
        )


def for_my_municipality(rows: Sequence[FollowUp], today: date) -> Iterable[Task]:
    """What a college or council must decide, one row per outcome and organ."""
    for row in rows:
        yield Task(
            kicker=f"{row.organisation.name} · {row.organ.label}",
            title=row.outcome.title,
            url=url_for(
                "decisions.show_municipality",
                nis_code=row.organisation.nis_code,
                _anchor=f"rij-{row.id}",
            ),
            action="Word-bestand en melden",
            detail=f"{row.outcome.kind.label.capitalize()} van "
            f"{row.outcome.item.meeting.body.the_call_name}: {row.state.label}"
            + (", wacht op college" if row.waits_for_college else ""),
            due_on=row.due_on,
            today=today,
        )


def region_reports(reports: Sequence[RegionReport], today: date) -> Iterable[Task]:
    """Per municipality and kind the oldest regiorapport to place, and how many later ones wait."""
    waiting: dict[tuple[str, ReportKind], list[RegionReport]] = {}
    for report in reports:
        waiting.setdefault((report.organisation_id, report.kind), []).append(report)
    for oldest, *later in waiting.values():
        also = count_of(len(later), "later rapport wacht", "latere rapporten wachten")
        yield Task(
            kicker=f"{oldest.organisation.name} · {oldest.kind.organ.label}",
            title=oldest.title,
            url=url_for("reports.show_report", report_id=oldest.id)
            if not later
            else url_for("reports.municipality_reports", nis_code=oldest.organisation.nis_code),
            action="Word-bestand en plaatsen",
            detail="Regiorapport: klaar om te plaatsen" + (f"; nog {also}" if later else ""),
            due_on=oldest.last_day,
            today=today,
        )


def to_do(actions: Sequence[ActionItem], today: date) -> Iterable[Task]:
    """Action items of this person."""
    for action in actions:
        meeting = action.item.meeting
        yield Task(
            kicker=f"Actiepunt · {meeting.body.call_name}",
            title=action.text,
            url=url_for("decisions.meeting_outcomes", meeting_id=meeting.id, _anchor="actiepunten"),
            action="Bekijken en melden",
            detail=f"{action.who}, afgesproken op {format_date(meeting.day)}",
            due_on=action.due_on,
            today=today,
        )

"""A region report as a Word file, in the municipality's form."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from overleg.decisions.papers import OURS, Dress, dresses_of
from overleg.lib.dates import format_date, format_short_date, local_date
from overleg.lib.text import join_words, slugify
from overleg.reports.contents import Contents, MeetingTold, PointTold
from overleg.reports.models import RaisedPoint, RegionReport
from overleg.reports.queries.reports import Wishes
from overleg.reports.states import ReportForm, ReportKind
from overleg.word.apart import render_apart
from overleg.word.contexts import (
    RegionReportPaper,
    ReportPaperFollowUp,
    ReportPaperMeeting,
    ReportPaperOutcome,
    ReportPaperPoint,
)
from overleg.word.errors import TemplateFault
from overleg.word.papers import render_region_report
from overleg.word.templates import form_bytes


def report_paper(
    report: RegionReport,
    contents: Contents,
    points: Sequence[RaisedPoint],
    wishes: Wishes,
    dress: Dress = OURS,
) -> RegionReportPaper:
    """What the Word file is given: what the reader may read of the report, in the chosen form."""
    municipality = report.organisation.name
    named = dress.style.government_name if dress.style else ""
    government = named or report.organisation.government_name
    is_full = wishes.form is ReportForm.FULL
    return RegionReportPaper(
        title=f"{report.title} – {municipality}",
        author=government,
        government=government,
        report=report.kind.label.capitalize(),
        organ=report.kind.organ.full_name.capitalize(),
        period=report.period.label,
        covers=covers(report),
        session=format_date(report.placed_on) if report.placed_on else "",
        number=report.reference_number,
        circle=report.kind.circle.label,
        introduction_html=wishes.introduction_html,
        is_empty=contents.is_empty,
        held=tuple(
            _meeting(meeting, with_points=is_full, no_points=report.kind.no_points)
            for meeting in contents.held
        ),
        outcomes=tuple(
            ReportPaperOutcome(
                kind=outcome.kind,
                title=outcome.title,
                meeting=outcome.meeting,
                text_html=outcome.text_html if is_full else "",
            )
            for outcome in contents.outcomes
        ),
        approved=tuple(_called(meeting) for meeting in contents.approved),
        minutes=tuple(_meeting(meeting, with_points=is_full) for meeting in contents.approved),
        other_minutes=_other_minutes(report.kind, contents.approved, is_full=is_full),
        follow_ups=tuple(
            ReportPaperFollowUp(
                title=row.title,
                meeting=row.meeting,
                organ=row.organ,
                state=row.state,
                due=format_short_date(row.due_on) if row.due_on else "",
            )
            for row in contents.follow_ups
        ),
        coming=tuple(_meeting(meeting, with_points=is_full) for meeting in contents.coming),
        proposals=tuple(
            f"{proposal.title} ({proposal.body}): {proposal.state}"
            for proposal in contents.proposals
        ),
        points=tuple(f"{point.proposal.title} ({point.proposal.body.name})" for point in points),
    )


def report_docx(
    report: RegionReport,
    contents: Contents,
    points: Sequence[RaisedPoint],
    wishes: Wishes,
    *,
    now: datetime,
) -> bytes:
    """The Word file in the municipality's form: its own template, or ours with its letterhead.

    Raises ``TemplateFault`` when its own template cannot hold this report.
    """
    dress = dresses_of([report.organisation_id])[report.organisation_id]
    paper = report_paper(report, contents, points, wishes, dress)
    own = dress.templates.get(paper.kind)
    if own is None:
        return render_region_report(paper, now=now, template=form_bytes(paper.kind, dress.form))
    (made,) = render_apart([(paper, own)], now=now)
    if isinstance(made, TemplateFault):
        raise TemplateFault(
            f"Het eigen sjabloon van {report.organisation.name} kan dit rapport niet invullen. "
            f"{made} Ga bij de huisstijl terug naar een vorige versie of naar het "
            "standaardsjabloon."
        )
    return made


def report_filename(report: RegionReport) -> str:
    """``collegerapport-tielt-november-2026.docx``."""
    return (
        f"{report.kind.label}-{slugify(report.organisation.name)}-"
        f"{slugify(report.period.label)}.docx"
    )


def covers(report: RegionReport) -> str:
    """``2 oktober tot en met 1 november 2026``; empty before it was written."""
    if report.covers_from_utc is None or report.covers_until_utc is None:
        return ""
    first = local_date(report.covers_from_utc)
    last = max(first, local_date(report.covers_until_utc - timedelta(microseconds=1)))
    return f"{format_date(first)} tot en met {format_date(last)}"


def _called(told: MeetingTold) -> str:
    return f"{told.body} van {format_date(told.day)}"


def _other_minutes(kind: ReportKind, approved: Sequence[MeetingTold], *, is_full: bool) -> str:
    others = [_called(meeting) for meeting in approved if not (is_full and meeting.points)]
    lead = kind.no_text if is_full else "Goedgekeurd"
    return f"{lead}: {join_words(others)}." if others else ""


def _meeting(told: MeetingTold, *, with_points: bool, no_points: str = "") -> ReportPaperMeeting:
    return ReportPaperMeeting(
        title=_called(told),
        detail=" · ".join(filter(None, (told.hours, told.place))),
        verslag=told.verslag,
        points=tuple(map(_point, told.points)) if with_points else (),
        no_points=no_points if with_points and not told.points else "",
    )


def _point(told: PointTold) -> ReportPaperPoint:
    return ReportPaperPoint(
        number=str(told.number),
        title=told.title,
        detail=" · ".join(filter(None, (told.remark, told.submitter, told.asked))),
        said=told.said,
    )

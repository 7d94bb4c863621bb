"""One report: reading, writing, downloading, placing."""

from flask import Response as FlaskResponse
from flask import flash, redirect, render_template, url_for
from werkzeug.wrappers import Response

from overleg.accounts.login import signed_in_person
from overleg.audit.queries import history_of
from overleg.lib.dates import format_date
from overleg.lib.errors import EditConflict, Forbidden, NotPossible, Refused
from overleg.mail.history import with_mails
from overleg.mail.pages import sending_page
from overleg.organisations.viewer import Viewer
from overleg.reports import permissions
from overleg.reports.forms import PlaceForm
from overleg.reports.models import RegionReport
from overleg.reports.papers import covers, report_docx, report_filename
from overleg.reports.queries.mails import mail_about, mails_about
from overleg.reports.queries.reports import (
    contents_for,
    leaves_out,
    points_for,
    report_by_id,
    wishes_of,
)
from overleg.reports.states import ReportState
from overleg.reports.views.blueprint import blueprint
from overleg.reports.workflow.placing import Placing, place_report, take_back
from overleg.reports.workflow.writing import write_report
from overleg.web import clock
from overleg.web.access import signed_in, viewer
from overleg.web.downloads import word_file

Page = str | tuple[str, int] | Response


@blueprint.get("/regiorapporten/<report_id>")
@signed_in
def show_report(report_id: str) -> str:
    """What the report tells, and what to do with it."""
    who = viewer()
    report = report_by_id(who, report_id)
    works = permissions.can_work_on(who, report.organisation)
    return render_template(
        "reports/report.html",
        report=report,
        told=contents_for(who, report),
        is_partial=report.state is not ReportState.OPEN and leaves_out(who, report),
        covers=covers(report),
        points=points_for(who, report),
        wishes=wishes_of([report.organisation_id])[report.organisation_id],
        is_written=report.state is not ReportState.OPEN,
        works=works,
        can_raise=permissions.can_raise_point(who, report),
        entries=with_mails(
            history_of([report.id]) if works else [],
            mails_about(who, report, folder=_mails_of(report)),
        ),
        today=clock.today(),
    )


@blueprint.get("/regiorapporten/<report_id>/mails/<message_id>")
@signed_in
def show_mail(report_id: str, message_id: str) -> str:
    """A mail about a report as it was sent, and to whom, for who works on the report."""
    report = report_by_id(viewer(), report_id)
    message = mail_about(viewer(), report, message_id)
    return sending_page(
        message,
        kicker=f"Mail over {report.journal_label}",
        back=url_for("reports.show_report", report_id=report.id),
        folder=_mails_of(report),
    )


@blueprint.get("/regiorapporten/<report_id>.docx")
@signed_in
def report_word(report_id: str) -> FlaskResponse:
    """The same as a Word file in the municipality's form.

    Raises ``NotPossible`` before writing, ``Forbidden`` for who may not read all of it: half a
    report goes to no college.
    """
    who = viewer()
    report = report_by_id(who, report_id)
    if report.state is ReportState.OPEN:
        raise NotPossible(
            f"Dit rapport is nog niet geschreven; dat gebeurt op {format_date(report.ready_on)}."
        )
    if leaves_out(who, report):
        raise Forbidden(
            "Dit rapport gaat ook over overleggen die u niet ziet. Het secretariaat van "
            f"{report.organisation.name} heeft het volledige Word-bestand."
        )
    wishes = wishes_of([report.organisation_id])[report.organisation_id]
    told, points = contents_for(who, report), points_for(who, report)
    content = report_docx(report, told, points, wishes, now=clock.now())
    return word_file(content, report_filename(report))


@blueprint.post("/regiorapporten/<report_id>/schrijven")
@signed_in
def write_now(report_id: str) -> Response:
    """Have a report written now, or again with what happened since."""
    report = report_by_id(viewer(), report_id)
    _must(permissions.can_work_on(viewer(), report.organisation))
    write_report(report, by=signed_in_person(), now=clock.now())
    flash("Het rapport is geschreven, met alles tot op dit ogenblik.", "success")
    return redirect(url_for("reports.show_report", report_id=report.id))


@blueprint.route("/regiorapporten/<report_id>/plaatsen", methods=["GET", "POST"])
@signed_in
def place(report_id: str) -> Page:
    """Tell on which college or council the report stood."""
    who: Viewer = viewer()
    report = report_by_id(who, report_id)
    _must(permissions.can_work_on(who, report.organisation))
    form = PlaceForm(data={"revision": report.revision})
    status, conflict = 200, ""
    if form.validate_on_submit():
        try:
            place_report(
                report,
                Placing(form.day.data, form.reference_number.data or ""),
                revision=form.revision.data,
                by=signed_in_person(),
                now=clock.now(),
            )
        except EditConflict as error:
            status, conflict = error.status, str(error)
            form.revision.data = report.revision
        except Refused as error:
            form.refuse(form.day, str(error))
        else:
            return _placed(report)
    page = render_template(
        "reports/place.html", form=form, report=report, conflict=conflict, covers=covers(report)
    )
    return page, 422 if form.errors else status


def _placed(report: RegionReport) -> Response:
    day = format_date(report.placed_on) if report.placed_on else ""
    flash(
        f"Gemeld: het {report.kind.label} van {report.period.label_with_article} staat op "
        f"{report.kind.organ.label_with_article} van {day}.",
        "success",
    )
    return redirect(url_for("reports.municipality_reports", nis_code=report.organisation.nis_code))


@blueprint.post("/regiorapporten/<report_id>/terugnemen")
@signed_in
def take_report_back(report_id: str) -> Response:
    """It was not placed after all."""
    report = report_by_id(viewer(), report_id)
    _must(permissions.can_work_on(viewer(), report.organisation))
    take_back(report, by=signed_in_person(), now=clock.now())
    flash("Teruggenomen: het rapport wacht opnieuw op een zitting.", "success")
    return redirect(url_for("reports.show_report", report_id=report.id))


def _must(allowed: bool) -> None:
    if not allowed:
        raise Forbidden


def _mails_of(report: RegionReport) -> str:
    return url_for("reports.show_report", report_id=report.id) + "/mails"

"""Reporting what a college or council did with one outcome."""

from flask import Response as FileResponse
from flask import flash, redirect, render_template, url_for
from werkzeug.wrappers import Response

from overleg.accounts.login import signed_in_person
from overleg.audit.queries import history_of
from overleg.decisions import permissions
from overleg.decisions.forms import ReportForm
from overleg.decisions.queries.follow_up import follow_up_by_id
from overleg.decisions.views.blueprint import blueprint
from overleg.decisions.views.reporting import is_about_day, likely_next, uploaded, what_of
from overleg.decisions.workflow import follow_up as verbs
from overleg.documents.views import file_response
from overleg.lib.errors import EditConflict, Forbidden, NotFound, Refused
from overleg.web import clock
from overleg.web.access import signed_in, viewer

Page = str | tuple[str, int] | Response


@blueprint.route("/opvolging/<follow_up_id>/melden", methods=["GET", "POST"])
@signed_in
def report(follow_up_id: str) -> Page:
    """Report what a college or council did with an outcome."""
    follow_up = follow_up_by_id(viewer(), follow_up_id)
    if not permissions.can_report(viewer(), follow_up):
        raise Forbidden
    form = ReportForm(
        data={
            "state": likely_next(follow_up),
            "day": follow_up.decided_on or follow_up.scheduled_on,
            "reference_number": follow_up.reference_number,
            "decision_url": follow_up.decision_url,
            "remark": follow_up.remark,
            "revision": follow_up.revision,
        }
    )
    status, conflict = 200, ""
    if form.validate_on_submit():
        by = signed_in_person()
        verbs.hold_rows([follow_up])
        try:
            verbs.check_report(
                follow_up, what_of(form), revision=form.revision.data, today=clock.today()
            )
            what = what_of(form, uploaded(form.file, by))
            verbs.report(follow_up, what, revision=form.revision.data, by=by, now=clock.now())
        except EditConflict as error:
            status, conflict = error.status, str(error)
            form.revision.data = follow_up.revision
        except Refused as error:
            if not form.file.errors:
                form.refuse(form.day if is_about_day(str(error)) else form.remark, str(error))
        else:
            flash(
                f"Gemeld: {follow_up.outcome.title} is {follow_up.state.label} "
                f"in {follow_up.organisation.name}.",
                "success",
            )
            nis_code = follow_up.organisation.nis_code
            return redirect(url_for("decisions.show_municipality", nis_code=nis_code))
    page = render_template(
        "decisions/report_form.html",
        form=form,
        row=follow_up,
        conflict=conflict,
        today=clock.today(),
        entries=history_of([follow_up.id]),
    )
    return page, 422 if form.errors else status


@blueprint.get("/opvolging/<follow_up_id>/bestand")
@signed_in
def report_file(follow_up_id: str) -> FileResponse:
    """The file that came with a report, for who sees the row."""
    follow_up = follow_up_by_id(viewer(), follow_up_id)
    if follow_up.file is None:
        raise NotFound
    return file_response(follow_up.file, inline_allowed=True)

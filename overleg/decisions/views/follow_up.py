"""A municipality's page, and reporting what its college or council did."""

from flask import flash, redirect, render_template, url_for
from werkzeug.wrappers import Response

from overleg.accounts.login import signed_in_person
from overleg.audit.queries import history_of
from overleg.decisions import permissions
from overleg.decisions.forms import ReportForm
from overleg.decisions.queries.follow_up import (
    follow_up_by_id,
    municipality_for,
    rows_of_municipality,
)
from overleg.decisions.states import DECIDED_FOLLOW_UP, FollowUpState
from overleg.decisions.views.blueprint import blueprint
from overleg.decisions.workflow import follow_up as verbs
from overleg.lib.errors import EditConflict, Forbidden, Refused
from overleg.web import clock
from overleg.web.access import signed_in, viewer

Page = str | tuple[str, int] | Response


@blueprint.get("/gemeenten/<nis_code>")
@signed_in
def show_municipality(nis_code: str) -> Page:
    """What must be on this municipality's college or council, by when, and what was answered."""
    municipality = municipality_for(viewer(), nis_code)
    rows = rows_of_municipality(viewer(), municipality)
    return render_template(
        "decisions/municipality.html",
        municipality=municipality,
        open_rows=[row for row in rows if not row.state.is_final],
        answered=[row for row in rows if row.state.is_final],
        today=clock.today(),
        can_report=permissions.can_report,
        can_download=permissions.can_download_proposal,
        has_ended=not municipality.valid_on(clock.today()),
    )


@blueprint.route("/opvolging/<follow_up_id>/melden", methods=["GET", "POST"])
@signed_in
def report(follow_up_id: str) -> Page:
    """Report what a college or council did with an outcome."""
    follow_up = follow_up_by_id(viewer(), follow_up_id)
    if not permissions.can_report(viewer(), follow_up):
        raise Forbidden
    form = ReportForm(
        data={
            "state": _likely_next(follow_up.state),
            "day": follow_up.decided_on or follow_up.scheduled_on,
            "reference_number": follow_up.reference_number,
            "decision_url": follow_up.decision_url,
            "remark": follow_up.remark,
            "revision": follow_up.revision,
        }
    )
    status, conflict = 200, ""
    if form.validate_on_submit():
        try:
            verbs.report(
                follow_up,
                _what(form),
                revision=form.revision.data,
                by=signed_in_person(),
                now=clock.now(),
            )
        except EditConflict as error:
            status, conflict = error.status, str(error)
            form.revision.raw_data, form.revision.data = None, follow_up.revision
        except Refused as error:
            form.refuse(form.day if "datum" in str(error).lower() else form.remark, str(error))
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


def _likely_next(state: FollowUpState) -> FollowUpState:
    """What is most often reported next."""
    if state is FollowUpState.TO_SCHEDULE:
        return FollowUpState.SCHEDULED
    return FollowUpState.APPROVED if state is FollowUpState.SCHEDULED else state


def _what(form: ReportForm) -> verbs.Report:
    state = FollowUpState(form.state.data)
    dated = state in DECIDED_FOLLOW_UP or state is FollowUpState.SCHEDULED
    return verbs.Report(
        state=state,
        day=form.day.data if dated else None,
        reference_number=form.reference_number.data or "",
        decision_url=form.decision_url.data or "",
        remark=(form.remark.data or "").strip(),
    )

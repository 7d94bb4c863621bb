"""When a body reminds, and letting an outcome or one of its rows rest."""

from collections.abc import Sequence

from flask import flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response
from wtforms import SelectChoice

from overleg.accounts.login import signed_in_person
from overleg.decisions.follow_up_forms import PauseForm, ReminderDaysForm
from overleg.decisions.models import FollowUp, Outcome
from overleg.decisions.permissions import can_note_outcome
from overleg.decisions.queries.follow_up import rows_of_outcomes
from overleg.decisions.queries.outcomes import outcome_by_id
from overleg.decisions.queries.reminders import pauses_of_outcome, settings_of
from overleg.decisions.views.blueprint import blueprint
from overleg.decisions.workflow import reminders as verbs
from overleg.lib.errors import Forbidden, NotFound
from overleg.organisations.models import Body
from overleg.organisations.queries.bodies import body_by_slug
from overleg.web import clock
from overleg.web.access import signed_in, viewer

Page = str | tuple[str, int] | Response


@blueprint.route("/overleg/<slug>/herinneringen", methods=["GET", "POST"])
@signed_in
def reminder_days(slug: str) -> Page:
    """When this body reminds the municipalities."""
    body: Body = body_by_slug(viewer(), slug)
    if not can_note_outcome(viewer(), body.id):
        raise Forbidden
    days = verbs.Days.of(settings_of(body))
    form = ReminderDaysForm(data={**vars(days), "revision": days.revision})
    if form.validate_on_submit():
        chosen = verbs.Days(form.before.data, form.every.data, form.escalate_after.data)
        with form.refusals():
            verbs.set_reminder_days(
                body, chosen, revision=form.revision.data, by=signed_in_person(), now=clock.now()
            )
            flash("De herinneringen zijn ingesteld.", "success")
            return redirect(url_for("decisions.matrix", overleg=body.slug))
    return render_template("decisions/reminder_days.html", form=form, body=body), form.answer_status


@blueprint.route("/uitkomsten/<outcome_id>/herinneringen", methods=["GET", "POST"])
@signed_in
def pause_reminders(outcome_id: str) -> Page:
    """Let an outcome, or one of its rows, rest until a day."""
    outcome = _own(outcome_id)
    rows = [row for row in rows_of_outcomes(viewer(), [outcome.id]) if not row.state.is_final]
    form = PauseForm(data={"row": request.args.get("rij", "")})
    form.row.choices = [
        SelectChoice("", "De hele uitkomst"),
        *(SelectChoice(row.id, f"{row.organisation.name}, {row.organ.label}") for row in rows),
    ]
    if form.validate_on_submit():
        with form.refusals():
            verbs.pause_reminders(
                outcome,
                _row(rows, form.row.data),
                until=form.until.data,
                reason=form.reason.data or "",
                by=signed_in_person(),
                now=clock.now(),
            )
            flash("De herinneringen liggen stil.", "success")
            return redirect(url_for("decisions.pause_reminders", outcome_id=outcome.id))
    return render_template(
        "decisions/pause_reminders.html",
        form=form,
        outcome=outcome,
        pauses=pauses_of_outcome(outcome, clock.today()),
    ), form.answer_status


@blueprint.post("/uitkomsten/<outcome_id>/herinneringen/hervatten")
@signed_in
def resume_reminders(outcome_id: str) -> Page:
    """Remind again."""
    outcome = _own(outcome_id)
    rows = rows_of_outcomes(viewer(), [outcome.id])
    verbs.resume_reminders(
        outcome,
        _row(rows, request.form.get("rij", "")),
        by=signed_in_person(),
        now=clock.now(),
    )
    flash("Er wordt opnieuw herinnerd.", "success")
    return redirect(url_for("decisions.pause_reminders", outcome_id=outcome.id))


def _row(rows: Sequence[FollowUp], row_id: str) -> FollowUp | None:
    if not row_id:
        return None
    for row in rows:
        if row.id == row_id:
            return row
    raise NotFound


def _own(outcome_id: str) -> Outcome:
    outcome = outcome_by_id(viewer(), outcome_id)
    if not can_note_outcome(viewer(), outcome.item.meeting.body_id):
        raise Forbidden
    return outcome

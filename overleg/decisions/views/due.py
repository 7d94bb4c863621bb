"""Changing by when a released outcome is asked."""

from flask import flash, redirect, render_template, url_for
from werkzeug.wrappers import Response

from overleg.accounts.login import signed_in_person
from overleg.decisions import permissions
from overleg.decisions.queries.outcomes import outcome_by_id
from overleg.decisions.release_forms import DueForm
from overleg.decisions.states import DueRule
from overleg.decisions.views.blueprint import blueprint
from overleg.decisions.workflow import due as verbs
from overleg.lib.errors import Forbidden
from overleg.lib.text import count_of
from overleg.web import clock
from overleg.web.access import signed_in, viewer

Page = str | tuple[str, int] | Response


@blueprint.route("/uitkomsten/<outcome_id>/termijn", methods=["GET", "POST"])
@signed_in
def change_due(outcome_id: str) -> Page:
    """Ask by another date, and tell who still has to answer."""
    outcome = outcome_by_id(viewer(), outcome_id)
    if not permissions.can_note_outcome(viewer(), outcome.item.meeting.body_id):
        raise Forbidden
    asked = verbs.asked_of(outcome)
    form = DueForm(
        data={
            "revision": verbs.revision_of_due(asked),
            "due_rule": asked.due_rule.value,
            "due_on": asked.due_on,
        }
    )
    if form.validate_on_submit():
        with form.refusals():
            told = verbs.change_due(
                outcome,
                DueRule(form.due_rule.data),
                form.due_on.data,
                revision=form.revision.data,
                by=signed_in_person(),
                now=clock.now(),
            )
            mailed = count_of(len(told), "gemeente krijgt", "gemeenten krijgen")
            flash(f"De termijn is gewijzigd: {mailed} een mail.", "success")
            return redirect(url_for("decisions.show_outcome", outcome_id=outcome.id))
    page = render_template(
        "decisions/change_due.html",
        form=form,
        outcome=outcome,
        asked=asked,
        waiting=verbs.still_to_answer(outcome),
    )
    return page, form.answer_status

"""All answers to an outcome together, for the trekker and the support staff."""

from flask import flash, redirect, render_template, url_for
from werkzeug.wrappers import Response

from overleg.accounts.login import signed_in_person
from overleg.decisions import permissions
from overleg.decisions.queries.answers import answers_with_remarks, replies_to
from overleg.decisions.queries.follow_up import rows_of_outcomes
from overleg.decisions.queries.outcomes import outcome_by_id
from overleg.decisions.release_forms import ReplyForm
from overleg.decisions.standing import in_a_sentence
from overleg.decisions.views.blueprint import blueprint
from overleg.decisions.workflow.replies import reply
from overleg.lib.errors import Forbidden, NotFound
from overleg.web import clock
from overleg.web.access import signed_in, viewer

Page = str | tuple[str, int] | Response


@blueprint.route("/uitkomsten/<outcome_id>/antwoorden", methods=["GET", "POST"])
@signed_in
def answers(outcome_id: str) -> Page:
    """Read what every municipality answered, and reply for all of them to read."""
    outcome = outcome_by_id(viewer(), outcome_id)
    if not permissions.can_answer_all(viewer(), outcome):
        raise Forbidden
    rows = rows_of_outcomes(viewer(), [outcome.id])
    form = ReplyForm()
    if form.validate_on_submit():
        to = next((row for row in rows if row.id == form.row.data), None)
        if form.row.data and to is None:
            raise NotFound
        with form.refusals():
            said = reply(
                outcome, form.text.data or "", to=to, by=signed_in_person(), now=clock.now()
            )
            who = said.organisation.name if said.organisation else "allen"
            flash(f"Uw antwoord aan {who} staat bij de uitkomst, voor iedereen.", "success")
            return redirect(url_for("decisions.answers", outcome_id=outcome.id))
    replies = replies_to(outcome)
    page = render_template(
        "decisions/answers.html",
        outcome=outcome,
        meeting=outcome.item.meeting,
        form=form,
        rows=rows,
        remarks=answers_with_remarks(rows, replies),
        to_all=[said for said in replies if said.organisation is None],
        sentence=in_a_sentence(rows, clock.today()),
        today=clock.today(),
    )
    return page, form.answer_status

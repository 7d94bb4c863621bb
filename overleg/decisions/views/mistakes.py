"""Putting right what was noted of an outcome: how the table came to it, or that it was wrong."""

from flask import flash, redirect, render_template, url_for
from werkzeug.wrappers import Response

from overleg.accounts.login import signed_in_person
from overleg.decisions.agreement_forms import DropForm, VoteForm, vote_data
from overleg.decisions.queries.actions import vote_of
from overleg.decisions.queries.outcomes import dropped_by_id
from overleg.decisions.views.blueprint import blueprint
from overleg.decisions.views.outcomes import outcome_for_support
from overleg.decisions.workflow.dropping import check_droppable, drop_outcome, restore_outcome
from overleg.decisions.workflow.votes import forget_vote, may_be_noted, note_vote
from overleg.lib.errors import NotFound
from overleg.web import clock
from overleg.web.access import signed_in, viewer
from overleg.web.gone import gone_already

Page = str | tuple[str, int] | Response


@blueprint.route("/uitkomsten/<outcome_id>/stemming", methods=["GET", "POST"])
@signed_in
def edit_vote(outcome_id: str) -> Page:
    """Note how the table came to an outcome, write it again, or take it away."""
    outcome = outcome_for_support(outcome_id)
    may_be_noted(outcome)
    form = VoteForm(data=vote_data(vote_of(outcome)))
    form.offer(outcome.item.meeting.body.notes_votes)
    if form.validate_on_submit():
        with form.refusals():
            opened, by, now = form.revision.data, signed_in_person(), clock.now()
            if (agreed := form.agreement) is None:
                forget_vote(outcome, revision=opened, by=by, now=now)
            else:
                note_vote(outcome, agreed, revision=opened, by=by, now=now)
            flash("Bewaard hoe het overleg ertoe kwam.", "success")
            return redirect(url_for("decisions.show_outcome", outcome_id=outcome.id))
    page = render_template(
        "decisions/vote_form.html", form=form, outcome=outcome, meeting=outcome.item.meeting
    )
    return page, form.answer_status


@blueprint.route("/uitkomsten/<outcome_id>/schrappen", methods=["GET", "POST"])
@signed_in
def drop(outcome_id: str) -> Page:
    """Take away an outcome that was noted by mistake, with the reason."""
    outcome = outcome_for_support(outcome_id)
    check_droppable(outcome)
    meeting = outcome.item.meeting
    form = DropForm()
    if form.validate_on_submit():
        with form.refusals():
            title = outcome.title
            drop_outcome(
                outcome, reason=form.reason.data or "", by=signed_in_person(), now=clock.now()
            )
            flash(f"Geschrapt: {title}. Onderaan kunt u ze terugzetten.", "success")
            return redirect(url_for("decisions.meeting_outcomes", meeting_id=meeting.id))
    page = render_template("decisions/drop_form.html", form=form, outcome=outcome, meeting=meeting)
    return page, form.answer_status


@blueprint.post("/uitkomsten/<outcome_id>/terugzetten")
@signed_in
def restore(outcome_id: str) -> Response:
    """Put back an outcome that was taken away."""
    try:
        dropped = dropped_by_id(viewer(), outcome_id)
    except NotFound:
        there = outcome_for_support(outcome_id)
        page = url_for("decisions.show_outcome", outcome_id=there.id)
        return gone_already("De uitkomst was al teruggezet.", page)
    outcome = restore_outcome(dropped, by=signed_in_person(), now=clock.now())
    flash("De uitkomst staat er weer.", "success")
    return redirect(url_for("decisions.show_outcome", outcome_id=outcome.id))

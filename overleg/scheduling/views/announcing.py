"""Announcing what was planned quietly, several meetings of a body in one go."""

from flask import flash, redirect, render_template, request, url_for

from overleg.lib.text import count_of
from overleg.scheduling import workflow
from overleg.scheduling.queries import quiet_meetings
from overleg.scheduling.views.blueprint import blueprint
from overleg.scheduling.views.planning import Answer, actor, body_to_plan, told_in_words
from overleg.scheduling.years.queries import seated_between
from overleg.web import clock
from overleg.web.access import signed_in
from overleg.web.forms import HouseForm


@blueprint.route("/overleg/<slug>/bekendmaken", methods=["GET", "POST"])
@signed_in
def announce_quiet(slug: str) -> Answer:
    """Open the ticked meetings that nobody was told of; each person gets one mail."""
    body = body_to_plan(slug)
    quiet = quiet_meetings(body, clock.now())
    form = HouseForm()
    shown = "getoond" in request.form
    chosen = set(request.form.getlist("vergadering"))
    ticked = [meeting for meeting in quiet if not shown or meeting.id in chosen]
    if form.validate_on_submit():
        if ticked:
            told = workflow.announce_meetings(ticked, by=actor(), now=clock.now())
            done = count_of(len(ticked), "vergadering is", "vergaderingen zijn")
            flash(f"{done} bekendgemaakt. {told_in_words(told)}", "success")
            return redirect(url_for("scheduling.list_meetings", overleg=body.slug))
        form.form_errors.append("Vink minstens één vergadering aan.")
    page = render_template(
        "scheduling/announce_quiet.html",
        body=body,
        form=form,
        quiet=quiet,
        ticked={meeting.id for meeting in ticked},
        told=seated_between(body, quiet[0].day, quiet[-1].day) if quiet else [],
    )
    return (page, 422) if form.errors else page

"""The rules of a body, the meetings that break them, and mending that in one step."""

from typing import Any

from flask import flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from overleg.db import revision_of_values
from overleg.lib.errors import NotFound
from overleg.lib.text import count_of
from overleg.organisations.models import Body
from overleg.scheduling import notices, queries
from overleg.scheduling.rules.forms import HARD, RuleForm
from overleg.scheduling.rules.queries import (
    Loose,
    loose_meetings,
    rule_of,
    rules_of,
    travel_minutes_of,
)
from overleg.scheduling.rules.workflow import add_rule as add
from overleg.scheduling.rules.workflow import remove_rule as remove
from overleg.scheduling.rules.workflow import repair
from overleg.scheduling.views.blueprint import blueprint
from overleg.scheduling.views.planning import Answer, actor, body_to_plan
from overleg.scheduling.views.warning import warn_bound_to
from overleg.scheduling.years.doubles import coming_clashes
from overleg.scheduling.years.forms import TravelForm
from overleg.scheduling.years.workflow import set_travel_minutes
from overleg.web import clock
from overleg.web.access import signed_in, viewer
from overleg.web.forms import AS_SENT
from overleg.web.gone import gone_already


@blueprint.get("/overleg/<slug>/regels")
@signed_in
def body_rules(slug: str) -> str:
    """The rules in plain sentences, and what breaks them now."""
    body = body_to_plan(slug)
    return _page(body, RuleForm(_others(body)))


@blueprint.post("/overleg/<slug>/regels")
@signed_in
def add_rule(slug: str) -> Answer:
    """Add a rule."""
    body = body_to_plan(slug)
    others = _others(body)
    form = RuleForm(others)
    if form.validate_on_submit():
        with form.refusals():
            rule = add(
                body,
                form.asked,
                other=next((other for other in others if other.slug == form.other.data), None),
                minutes=form.minutes.data or 0,
                days=form.days.data or 0,
                is_same_place=form.is_same_place.data,
                is_hard=form.strength.data == HARD,
                by=actor(),
                now=clock.now(),
            )
            flash(f"De regel is toegevoegd: {rule.sentence}.", "success")
            return redirect(url_for("scheduling.body_rules", slug=body.slug))
    return _page(body, form), form.answer_status


@blueprint.post("/overleg/<slug>/regels/<string(length=16):rule_id>/verwijderen")
@signed_in
def remove_rule(slug: str, rule_id: str) -> Response:
    """Take a rule away."""
    body = body_to_plan(slug)
    here = url_for("scheduling.body_rules", slug=body.slug)
    try:
        rule = rule_of(body, rule_id)
    except NotFound:
        return gone_already("De regel was al verwijderd.", here)
    remove(rule, by=actor(), now=clock.now())
    flash("De regel is verwijderd.", "success")
    return redirect(here)


@blueprint.post("/overleg/<slug>/regels/herstellen")
@signed_in
def repair_meetings(slug: str) -> Response:
    """Move the meetings that were ticked to where they keep their rules."""
    body = body_to_plan(slug)
    chosen = set(request.form.getlist("vergadering"))
    loose = [each for each in loose_meetings(body, clock.now()) if each.meeting.id in chosen]
    if not loose:
        flash("Vink aan welke vergaderingen moeten verschuiven.", "error")
        return redirect(url_for("scheduling.body_rules", slug=body.slug))
    told = repair(loose, by=actor(), now=clock.now())
    mailed = count_of(len(told), "persoon kreeg", "personen kregen") if told else "Niemand kreeg"
    flash(
        f"{count_of(len(loose), 'vergadering is', 'vergaderingen zijn')} verschoven. "
        f"{mailed} een mail.",
        "success",
    )
    warn_bound_to(body)
    return redirect(url_for("scheduling.body_rules", slug=body.slug))


@blueprint.post("/overleg/<slug>/regels/reistijd")
@signed_in
def set_travel(slug: str) -> Answer:
    """Say how long people need from one place to another."""
    body = body_to_plan(slug)
    form = _travel_form(body)
    if form.validate_on_submit():
        minutes, opened = form.travel_minutes.data, form.revision.data
        with form.refusals():
            set_travel_minutes(body, minutes, revision=opened, by=actor(), now=clock.now())
            flash(f"De reistijd is nu {minutes} minuten.", "success")
            return redirect(url_for("scheduling.body_rules", slug=body.slug, _anchor="samen"))
    rule_form = RuleForm(_others(body))
    rule_form.process(None, None)
    return _page(body, rule_form, travel_form=form), form.answer_status


def _travel_form(body: Body, formdata: Any = AS_SENT) -> TravelForm:
    minutes = travel_minutes_of([body.id])[body.id]
    data = {"revision": revision_of_values(minutes), "travel_minutes": minutes}
    return TravelForm(formdata, data=data)


def _others(body: Body) -> list[Body]:
    return [other for other in queries.bodies_of(viewer()) if other.id != body.id]


def _page(body: Body, form: RuleForm, *, travel_form: TravelForm | None = None) -> str:
    loose = loose_meetings(body, clock.now())
    told = _told(loose)
    return render_template(
        "scheduling/rules.html",
        body=body,
        tab="rules",
        rules=rules_of(body),
        loose=loose,
        told=told,
        told_of_all=sorted({name for names in told.values() for name in names}),
        form=form,
        clashes=coming_clashes(body, viewer(), clock.now()),
        travel_form=travel_form or _travel_form(body, None),
    )


def _told(loose: list[Loose]) -> dict[str, list[str]]:
    """The names of who hears of it when a meeting is moved, by the id of the meeting."""
    return {
        each.meeting.id: [person.name for person in notices.recipients(each.meeting)]
        for each in loose
        if each.better and not each.meeting.is_quiet
    }

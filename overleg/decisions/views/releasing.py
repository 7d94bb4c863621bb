"""Setting an outcome ready, releasing it, and noting who steps in or out afterwards."""

from flask import flash, redirect, render_template, request, url_for
from werkzeug.datastructures import MultiDict
from werkzeug.wrappers import Response
from wtforms import SelectChoice

from overleg.accounts.login import signed_in_person
from overleg.decisions import permissions
from overleg.decisions.costs import cost_table
from overleg.decisions.models import Outcome
from overleg.decisions.queries.choosing import (
    tag_of,
    tags_of,
    towns_taking_part,
    towns_to_ask,
    towns_to_step_in,
)
from overleg.decisions.queries.outcomes import outcome_by_id
from overleg.decisions.release_forms import ReleaseForm, StepForm
from overleg.decisions.states import AskedOfOrgan, OrganOrder, OutcomeKind
from overleg.decisions.views.blueprint import blueprint
from overleg.decisions.views.outcomes import outcome_page
from overleg.decisions.workflow import participation
from overleg.decisions.workflow.outcomes import check_ready, make_ready, release_outcome, take_back
from overleg.lib.errors import Forbidden, NotPossible
from overleg.scheduling.queries import coming_meetings
from overleg.web import clock
from overleg.web.access import signed_in, viewer
from overleg.web.navigation import Link

Page = str | tuple[str, int] | Response
COMING = 6


@blueprint.post("/uitkomsten/<outcome_id>/klaar")
@signed_in
def ready(outcome_id: str) -> Page:
    """Set an outcome ready, or (``terug``) take it back to change it."""
    outcome = _outcome_for_support(outcome_id)
    if request.form.get("terug"):
        take_back(outcome, by=signed_in_person(), now=clock.now())
        flash("De uitkomst is teruggenomen: u kunt ze weer wijzigen.", "success")
        return redirect(url_for("decisions.show_outcome", outcome_id=outcome.id))
    try:
        make_ready(outcome, by=signed_in_person(), now=clock.now())
    except NotPossible as refused:
        return outcome_page(outcome, str(refused)), refused.status
    flash(
        "De uitkomst staat klaar. Kijk de tekst voor de gemeenten na voor u ze vrijgeeft.",
        "success",
    )
    return redirect(url_for("decisions.show_text", outcome_id=outcome.id))


@blueprint.route("/uitkomsten/<outcome_id>/vrijgeven", methods=["GET", "POST"])
@signed_in
def release(outcome_id: str) -> Page:
    """Choose municipalities (``?label=<id>``: those of a label), organs and date, and release."""
    outcome = _outcome_for_support(outcome_id)
    check_ready(outcome)
    meeting = outcome.item.meeting
    towns = towns_to_ask(meeting.body, meeting.day, clock.today())
    label_id = request.args.get("label", "")
    chosen = {town.id for town in tag_of(meeting.body, label_id).municipalities} if label_id else {}
    usual = AskedOfOrgan.APPROVAL
    if outcome.kind is OutcomeKind.POSITION:
        usual = AskedOfOrgan.POSITION
    form = ReleaseForm(
        data={
            "municipalities": [town.id for town in towns if not label_id or town.id in chosen],
            "organs": OrganOrder.COLLEGE.value,
            "college_asked": usual.value,
            "council_asked": usual.value,
        }
    )
    form.offer(
        towns, coming_meetings(viewer(), clock.now(), body_ids=[meeting.body_id], limit=COMING)
    )
    if form.validate_on_submit():
        with form.refusals():
            release_outcome(outcome, form.request(towns), by=signed_in_person(), now=clock.now())
            flash("De uitkomst is vrijgegeven. De secretariaten krijgen een mail.", "success")
            return redirect(url_for("decisions.show_outcome", outcome_id=outcome.id))
    page = render_template(
        "decisions/release.html",
        form=form,
        outcome=outcome,
        meeting=meeting,
        towns=towns,
        costs=cost_table(outcome),
        labels=[
            Link("Alle gemeenten", _release_address(outcome, None), current=not label_id),
            *(
                Link(tag.name, _release_address(outcome, tag.id), current=tag.id == label_id)
                for tag in tags_of(meeting.body)
            ),
        ],
    )
    return page, form.answer_status


@blueprint.route("/uitkomsten/<outcome_id>/gemeenten", methods=["GET", "POST"])
@signed_in
def change_steps(outcome_id: str) -> Page:
    """Let a municipality step in or out of a released outcome."""
    outcome = outcome_by_id(viewer(), outcome_id)
    if not permissions.can_change_steps(viewer(), outcome):
        raise Forbidden
    joining, leaving = towns_to_step_in(outcome, clock.today()), towns_taking_part(outcome)
    forms = {
        "in": StepForm(formdata=_sent("in"), data={"on_day": clock.today()}, prefix="in-"),
        "out": StepForm(formdata=_sent("out"), data={"on_day": clock.today()}, prefix="out-"),
    }
    for name, towns in (("in", joining), ("out", leaving)):
        forms[name].town.choices = [
            SelectChoice("", "Kies een gemeente"),
            *(SelectChoice(town.id, town.name) for town in towns),
        ]
    which = request.form.get("step", "")
    form = forms.get(which)
    if form is not None and form.validate():
        town = next(one for one in [*joining, *leaving] if one.id == form.town.data)
        why = participation.Reasoned(form.on_day.data, form.reason.data)
        verb = participation.step_in if which == "in" else participation.step_out
        with form.refusals():
            step = verb(outcome, town, why, by=signed_in_person(), now=clock.now())
            flash(f"{town.name} {step.step.label}. De gemeente krijgt een mail.", "success")
            return redirect(url_for("decisions.show_outcome", outcome_id=outcome.id))
    page = render_template(
        "decisions/steps.html",
        outcome=outcome,
        meeting=outcome.item.meeting,
        form=form,
        forms=forms,
        joining=joining,
        leaving=leaving,
    )
    return page, form.answer_status if form is not None else 200


def _sent(which: str) -> MultiDict[str, str] | None:
    """What was sent, for the form that was sent; the other one stays as it began."""
    if request.method != "POST":
        return None
    return request.form if request.form.get("step") == which else MultiDict()


def _release_address(outcome: Outcome, label_id: str | None) -> str:
    return url_for("decisions.release", outcome_id=outcome.id, label=label_id)


def _outcome_for_support(outcome_id: str) -> Outcome:
    outcome = outcome_by_id(viewer(), outcome_id)
    if not permissions.can_note_outcome(viewer(), outcome.item.meeting.body_id):
        raise Forbidden
    return outcome

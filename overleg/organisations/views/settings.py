"""The settings of a body: who we are, meetings, terms, validation, agenda and referral."""

from itertools import groupby

from flask import flash, redirect, render_template, url_for
from werkzeug.wrappers import Response
from wtforms import FormField
from wtforms.fields.choices import SelectChoice

from overleg.audit.queries import history_around
from overleg.organisations.forms import BodyForm
from overleg.organisations.models import Body
from overleg.organisations.permissions import can_manage_people
from overleg.organisations.queries import (
    asked_steps,
    body_to_manage,
    organisation_by_id,
    organisations_by_id,
    other_own_bodies,
    regions_open_to,
    validation_warnings,
)
from overleg.organisations.states import (
    AdviceShown,
    Article,
    BodyKind,
    Decides,
    ItemNumbering,
    NotesVotes,
    Quorum,
    SectionsBy,
    ValidatedBy,
    WhenTimeIsOver,
)
from overleg.organisations.views.blueprint import blueprint
from overleg.organisations.views.choosing import as_choices, me, supporters_to_choose, viewer
from overleg.organisations.wording import validation_in_words
from overleg.organisations.workflow import BodySettings, Step, change_body
from overleg.organisations.workflow.bodies import MOST_STEPS
from overleg.web import clock
from overleg.web.access import requires

Page = str | Response | tuple[str, int]
NO_REGION = "Zonder regio"
SAME_AS_TYPED = (
    "name",
    "short_name",
    "rhythm",
    "description",
    "default_place",
    "default_duration_minutes",
    "quorum_number",
    "has_public_calendar",
    "proposal_deadline_days",
    "agenda_deadline_days",
    "outcomes_deadline_days",
)


@blueprint.route("/overleg/<slug>/instellingen", methods=["GET", "POST"])
@requires(can_manage_people)
def edit_body(slug: str) -> Page:
    """Change how a body works."""
    body = body_to_manage(viewer(), slug)
    others = list(other_own_bodies(body))
    form = _settings_form(body, others)
    if form.validate_on_submit():
        with form.refusals():
            change_body(
                body,
                _settings(form, others),
                revision=form.revision.data,
                by=me(),
                now=clock.now(),
            )
            flash(f"De instellingen zijn bewaard. {_in_words(body)}", "success")
            return redirect(url_for("organisations.edit_body", slug=body.slug))
    page = render_template(
        "organisations/edit_body.html",
        body=body,
        form=form,
        tab="settings",
        in_words=_in_words(body),
        warnings=validation_warnings(body, clock.today()),
        referral_groups=_by_region(form, others),
        own_region=_region(body),
        refers_elsewhere=any(target.region_id != body.region_id for target in body.refers_to),
        entries=history_around(body.id, own=[body.id], limit=40),
    )
    return page, form.answer_status


def _in_words(body: Body) -> str:
    return validation_in_words(asked_steps(body, clock.today()))


def _settings_form(body: Body, others: list[Body]) -> BodyForm:
    today = clock.today()
    form = BodyForm(data=_as_typed(body))
    form.region.choices = as_choices(regions_open_to(viewer(), today), none="geen regio")
    form.supporters.choices = as_choices(supporters_to_choose(today, body.supporters))
    form.refers_to.choices = as_choices(others)
    for step in form.steps:
        step.form.asked_body.choices = [
            SelectChoice("", "kies een overleg"),
            *(SelectChoice(each.id, each.name, optgroup=_region(each)) for each in others),
        ]
    return form


def _region(body: Body) -> str:
    return body.region.name if body.region is not None else NO_REGION


def _by_region(form: BodyForm, others: list[Body]) -> list[tuple[str, list[object]]]:
    """The boxes of the bodies one can refer to, under the name of their region."""
    boxes = zip(form.refers_to, others, strict=True)
    return [
        (region, [box for box, _body in pairs])
        for region, pairs in groupby(boxes, key=lambda pair: _region(pair[1]))
    ]


def _as_typed(body: Body) -> dict[str, object]:
    return {
        "revision": body.revision,
        **{name: getattr(body, name) for name in SAME_AS_TYPED},
        "article": body.article.value,
        "kind": body.kind.value,
        "region": body.region_id or "",
        "supporters": [supporter.id for supporter in body.supporters],
        "quorum": body.quorum.value,
        "advice_shown": body.advice_shown.value,
        "item_numbering": body.item_numbering.value,
        "sections_by": body.sections_by.value,
        "notes_votes": body.notes_votes.value,
        "refers_to": [target.id for target in body.refers_to],
        **{f"step_{number}": {"who": ""} for number in range(1, MOST_STEPS + 1)},
        **{
            f"step_{step.position}": {
                "who": step.validated_by.value,
                "asked_body": step.asked_body_id or "",
                "may": [
                    name for name in ("return", "refuse", "refer") if getattr(step, f"may_{name}")
                ],
                "quorum": step.quorum,
                "majority_percent": step.majority_percent,
                "days_to_answer": step.days_to_answer,
                "decides": step.decides.value,
                "when_time_is_over": step.when_time_is_over.value,
            }
            for step in body.validation_steps
        },
    }


def _settings(form: BodyForm, others: list[Body]) -> BodySettings:
    chosen = set(form.refers_to.data or [])
    return BodySettings(
        name=form.name.data or "",
        short_name=form.short_name.data or "",
        article=Article(form.article.data),
        kind=BodyKind(form.kind.data),
        region=organisation_by_id(form.region.data) if form.region.data else None,
        supporters=organisations_by_id(form.supporters.data or []),
        rhythm=form.rhythm.data or "",
        description=(form.description.data or "").strip(),
        default_place=form.default_place.data or "",
        default_duration_minutes=form.default_duration_minutes.data or 0,
        quorum=Quorum(form.quorum.data),
        quorum_number=form.quorum_number.data or 1,
        has_public_calendar=form.has_public_calendar.data,
        proposal_deadline_days=form.proposal_deadline_days.data or 0,
        agenda_deadline_days=form.agenda_deadline_days.data or 0,
        outcomes_deadline_days=form.outcomes_deadline_days.data or 0,
        steps=[_step(step, others) for step in form.steps if step.who.data],
        advice_shown=AdviceShown(form.advice_shown.data),
        item_numbering=ItemNumbering(form.item_numbering.data),
        sections_by=SectionsBy(form.sections_by.data),
        notes_votes=NotesVotes(form.notes_votes.data),
        refers_to=[body for body in others if body.id in chosen],
    )


def _step(step: FormField, others: list[Body]) -> Step:
    may = set(step.may.data or [])
    return Step(
        ValidatedBy(step.who.data),
        quorum=step.quorum.data,
        majority_percent=step.majority_percent.data,
        days_to_answer=step.days_to_answer.data,
        asked_body=next((b for b in others if b.id == step.asked_body.data), None),
        decides=Decides(step.decides.data),
        may_return="return" in may,
        may_refuse="refuse" in may,
        may_refer="refer" in may,
        when_time_is_over=WhenTimeIsOver(step.when_time_is_over.data),
    )

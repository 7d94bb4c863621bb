"""The list of bodies, starting one, and its settings."""

from flask import flash, redirect, render_template, url_for
from werkzeug.wrappers import Response

from overleg.audit.queries import history_of
from overleg.lib.errors import EditConflict, NotFound, Refused
from overleg.organisations.forms import BodyForm, StartBodyForm
from overleg.organisations.models import Body, Organisation
from overleg.organisations.permissions import can_manage_body, can_manage_people, can_start_body
from overleg.organisations.queries import (
    bodies,
    body_to_manage,
    managed_bodies,
    organisations_by_id,
    organisations_of_kind,
    validation_warnings,
)
from overleg.organisations.states import BodyKind, OrganisationKind, Role, ValidatedBy
from overleg.organisations.views.blueprint import blueprint
from overleg.organisations.views.choosing import (
    as_choices,
    me,
    supporters_to_choose,
    viewer,
)
from overleg.organisations.workflow import BodySettings, Step, change_body, start_body
from overleg.web import clock
from overleg.web.access import requires, signed_in
from overleg.web.forms import as_revision

Page = str | Response | tuple[str, int]
SAME_AS_TYPED = (
    "name",
    "short_name",
    "rhythm",
    "description",
    "default_place",
    "default_duration_minutes",
    "proposal_deadline_days",
    "agenda_deadline_days",
    "outcomes_deadline_days",
)


@blueprint.get("/overleg")
@signed_in
def list_bodies() -> Page:
    """The bodies of who looks, and below them those that only their administrator keeps."""
    own = bodies(viewer())
    kept = [body for body in managed_bodies(viewer()) if body not in own]
    return render_template(
        "organisations/list_bodies.html",
        bodies=own,
        kept=kept,
        supported=viewer().bodies_as(Role.SUPPORT),
        may_start=can_start_body(viewer()),
        can_manage_body=can_manage_body,
    )


@blueprint.route("/overleg/nieuw", methods=["GET", "POST"], endpoint="start_body")
@requires(can_start_body)
def start_body_page() -> Page:
    """Start a body: one page, sensible habits, everything can be changed later."""
    today = clock.today()
    form = StartBodyForm(
        kind=BodyKind.MAYORS_CONSULTATION.value,
        supporters=sorted(viewer().organisations_as(Role.PARTNER)),
    )
    regions = organisations_of_kind(OrganisationKind.REGION, on=today)
    form.region.choices = as_choices(regions, none="geen regio")
    form.supporters.choices = as_choices(supporters_to_choose(today))
    if form.validate_on_submit():
        with form.refusals():
            body = start_body(
                name=form.name.data or "",
                kind=BodyKind(form.kind.data),
                region=next((r for r in regions if r.id == form.region.data), None),
                supporters=organisations_by_id(form.supporters.data or []),
                rhythm=form.rhythm.data or "",
                by=me(),
                now=clock.now(),
            )
            flash(f"{body.name} is gestart. U bent er ondersteuner van.", "success")
            return redirect(url_for("organisations.list_seats", slug=body.slug))
    return render_template("organisations/start_body.html", form=form), form.answer_status


@blueprint.route("/overleg/<slug>/instellingen", methods=["GET", "POST"])
@requires(can_manage_people)
def edit_body(slug: str) -> Page:
    """Change how a body works."""
    body = body_to_manage(viewer(), slug)
    form = _settings_form(body)
    if not form.validate_on_submit():
        return _settings_page(body, form), _status(form)
    try:
        change_body(
            body,
            _settings(form),
            revision=as_revision(form.revision.data),
            by=me(),
            now=clock.now(),
        )
    except EditConflict as conflict:
        form.form_errors.append(str(conflict))
        form.revision.data = str(body.revision)
        return _settings_page(body, form), conflict.status
    except (Refused, ValueError) as refused:
        form.form_errors.append(str(refused))
        return _settings_page(body, form), 422
    flash("De instellingen zijn bewaard.", "success")
    return redirect(url_for("organisations.edit_body", slug=body.slug))


def _status(form: BodyForm | StartBodyForm) -> int:
    return 422 if form.errors else 200


def _settings_form(body: Body) -> BodyForm:
    today = clock.today()
    form = BodyForm(data=_as_typed(body))
    regions = organisations_of_kind(OrganisationKind.REGION, on=today)
    form.region.choices = as_choices(regions, none="geen regio")
    form.supporters.choices = as_choices(supporters_to_choose(today, body.supporters))
    return form


def _as_typed(body: Body) -> dict[str, object]:
    typed: dict[str, object] = {
        "revision": str(body.revision),
        **{name: getattr(body, name) for name in SAME_AS_TYPED},
        "kind": body.kind.value,
        "region": body.region_id or "",
        "supporters": [supporter.id for supporter in body.supporters],
    }
    for step in body.validation_steps:
        typed[f"step_{step.position}"] = {
            "who": step.validated_by.value,
            "quorum": step.quorum,
            "majority_percent": step.majority_percent,
            "days_to_answer": step.days_to_answer,
        }
    return typed


def _settings_page(body: Body, form: BodyForm) -> str:
    return render_template(
        "organisations/edit_body.html",
        body=body,
        form=form,
        tab="settings",
        warnings=validation_warnings(body, clock.today()),
        entries=history_of([body.id], limit=10),
    )


def _settings(form: BodyForm) -> BodySettings:
    return BodySettings(
        name=form.name.data or "",
        short_name=form.short_name.data or "",
        kind=BodyKind(form.kind.data),
        region=_region(form.region.data),
        supporters=organisations_by_id(form.supporters.data or []),
        rhythm=form.rhythm.data or "",
        description=(form.description.data or "").strip(),
        default_place=form.default_place.data or "",
        default_duration_minutes=form.default_duration_minutes.data or 0,
        proposal_deadline_days=form.proposal_deadline_days.data or 0,
        agenda_deadline_days=form.agenda_deadline_days.data or 0,
        outcomes_deadline_days=form.outcomes_deadline_days.data or 0,
        steps=[
            Step(
                ValidatedBy(step.who.data),
                quorum=step.quorum.data,
                majority_percent=step.majority_percent.data,
                days_to_answer=step.days_to_answer.data,
            )
            for step in form.steps
            if step.who.data
        ],
    )


def _region(region_id: str) -> Organisation | None:
    if not region_id:
        return None
    found = organisations_by_id([region_id])
    if not found:
        raise NotFound
    return found[0]

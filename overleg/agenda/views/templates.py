"""Agenda templates of a body, and taking their points over on an agenda."""

from flask import flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from overleg.accounts.login import signed_in_person
from overleg.agenda.forms.templates import TemplateForm, template_data
from overleg.agenda.models import AgendaTemplate, AgendaTemplateItem
from overleg.agenda.queries.templates import recurring_points, template_by_id, templates_of
from overleg.agenda.views.blueprint import blueprint
from overleg.agenda.views.supporting import Answer, supported_meeting, to_prepare
from overleg.agenda.workflow import templates as verbs
from overleg.agenda.workflow.order import put_before
from overleg.agenda.workflow.undo import undoable
from overleg.db import session
from overleg.lib.errors import Forbidden, NotFound, Refused
from overleg.lib.text import count_of
from overleg.organisations.models import Body
from overleg.organisations.queries.bodies import body_by_slug
from overleg.web import clock
from overleg.web.access import signed_in, viewer


def _supported_body(slug: str) -> Body:
    body = body_by_slug(viewer(), slug)
    if not viewer().supports(body.id):
        raise Forbidden("Alleen de ondersteuners van dit overleg houden de agendamodellen bij.")
    return body


def _to_list(body: Body) -> Response:
    return redirect(url_for("agenda.agenda_templates", slug=body.slug))


@blueprint.get("/overleg/<slug>/agendamodellen")
@signed_in
def agenda_templates(slug: str) -> str:
    """The templates of a body."""
    body = _supported_body(slug)
    return render_template("agenda_templates/list.html", body=body, templates=templates_of(body.id))


@blueprint.route("/overleg/<slug>/agendamodellen/nieuw", methods=["GET", "POST"])
@signed_in
def new_template(slug: str) -> Answer:
    """Start a template."""
    return _template_page(_supported_body(slug), None)


@blueprint.route("/agendamodellen/<template_id>", methods=["GET", "POST"])
@signed_in
def edit_template(template_id: str) -> Answer:
    """Change a template; agendas that took its points over stay as they are."""
    template = template_by_id(viewer(), template_id)
    return _template_page(session().get_one(Body, template.body_id), template)


def _template_page(body: Body, template: AgendaTemplate | None) -> Answer:
    form = TemplateForm(data=template_data(template))
    if form.validate_on_submit():
        with form.refusals():
            try:
                saved = verbs.save_template(
                    body,
                    template,
                    name=form.name.data or "",
                    is_default=bool(form.is_default.data),
                    points=form.filled_in,
                    revision=form.revision.data,
                    by=signed_in_person(),
                    now=clock.now(),
                )
            except Refused as refusal:
                form.refuse(form.name, str(refusal))
            else:
                flash(f"Het model “{saved.name}” is bewaard.", "success")
                return _to_list(body)
    page = render_template("agenda_templates/edit.html", body=body, form=form, template=template)
    return page, form.answer_status


@blueprint.post("/agendamodellen/<template_id>/verwijderen")
@signed_in
def remove_template(template_id: str) -> Answer:
    """Drop a template."""
    template = template_by_id(viewer(), template_id)
    body, name = session().get_one(Body, template.body_id), template.name
    verbs.remove_template(body, template, by=signed_in_person(), now=clock.now())
    flash(f"Het model “{name}” is verwijderd.", "success")
    return _to_list(body)


@blueprint.post("/vergaderingen/<meeting_id>/agenda/model")
@signed_in
def take_template(meeting_id: str) -> Answer:
    """Punten uit model overnemen, on an empty agenda."""
    meeting = supported_meeting(meeting_id)
    template = template_by_id(viewer(), request.form.get("template_id", ""))
    by, now = signed_in_person(), clock.now()
    with undoable(meeting, f"punten overgenomen uit “{template.name}”", by=by, now=now):
        items = verbs.take_template(meeting, template, by=by, now=now)
    flash(f"{count_of(len(items), 'punt', 'punten')} overgenomen.", "success")
    return to_prepare(meeting.id, "agenda")


@blueprint.post("/vergaderingen/<meeting_id>/agenda/terugkerend")
@signed_in
def add_recurring(meeting_id: str) -> Answer:
    """Put one recurring point on the agenda."""
    meeting = supported_meeting(meeting_id)
    point = _recurring_point(meeting.body_id, request.form.get("point_id", ""))
    by, now = signed_in_person(), clock.now()
    with undoable(meeting, f"“{point.title}” op de agenda gezet", by=by, now=now):
        item = verbs.add_recurring(meeting, point, by=by, now=now)
        if before := request.form.get("voor"):
            put_before(item, before, by=by, now=now)
    flash(f"“{item.title}” staat op de agenda.", "success")
    return to_prepare(meeting.id, f"punt-{item.id}")


def _recurring_point(body_id: str, point_id: str) -> AgendaTemplateItem:
    for point in recurring_points(body_id):
        if point.id == point_id:
            return point
    raise NotFound

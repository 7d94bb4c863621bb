"""The list of bodies, starting one, and its settings."""

from flask import flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response
from wtforms.fields.choices import SelectChoice

from overleg.lib.text import upper_first
from overleg.organisations.forms import OtherBodyForm, StartBodyForm
from overleg.organisations.permissions import can_manage_body, can_manage_people, can_start_body
from overleg.organisations.queries import (
    bodies,
    managed_bodies,
    organisations_by_id,
    regions_open_to,
)
from overleg.organisations.states import Article, BodyKind, Role
from overleg.organisations.views.blueprint import blueprint
from overleg.organisations.views.choosing import (
    as_choices,
    me,
    supporters_to_choose,
    viewer,
)
from overleg.organisations.workflow import add_other_body, start_body
from overleg.web import clock
from overleg.web.access import requires, signed_in

Page = str | Response | tuple[str, int]


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
        may_add_other=can_manage_people(viewer()),
        can_manage_body=can_manage_body,
    )


@blueprint.route("/overleg/nieuw", methods=["GET", "POST"], endpoint="start_body")
@requires(can_start_body)
def start_body_page() -> Page:
    """Start a body: one page, sensible habits, everything can be changed later."""
    today = clock.today()
    regions = regions_open_to(viewer(), today)
    asked_for = next((r for r in regions if r.slug == request.args.get("regio")), None)
    form = StartBodyForm(
        kind=BodyKind.MAYORS_CONSULTATION.value,
        region=asked_for.id if asked_for else "",
        supporters=sorted(viewer().organisations_as(Role.PARTNER)),
    )
    form.region.choices = as_choices(regions, none="geen regio")
    form.supporters.choices = as_choices(supporters_to_choose(today))
    if form.validate_on_submit():
        with form.refusals():
            body = start_body(
                name=form.name.data or "",
                article=Article(form.article.data) if form.article.data else None,
                kind=BodyKind(form.kind.data),
                region=next((r for r in regions if r.id == form.region.data), None),
                supporters=organisations_by_id(form.supporters.data or []),
                rhythm=form.rhythm.data or "",
                by=me(),
                now=clock.now(),
            )
            flash(
                f"{upper_first(body.the_name)} is gestart. U bent er ondersteuner van.", "success"
            )
            return redirect(url_for("organisations.list_seats", slug=body.slug))
    page = render_template("organisations/start_body.html", form=form, region=asked_for)
    return page, form.answer_status


@blueprint.route("/overleg/van-anderen/nieuw", methods=["GET", "POST"], endpoint="add_other_body")
@requires(can_manage_people)
def add_other_body_page() -> Page:
    """Add a body of others; from there to the page where its dates come in."""
    form = OtherBodyForm()
    regions = regions_open_to(viewer(), clock.today())
    supported = viewer().bodies_as(Role.SUPPORT)
    own = [body for body in bodies(viewer()) if body.id in supported and not body.is_external]
    form.region.choices = as_choices(regions, none="geen regio")
    form.same_people_as.choices = [
        SelectChoice("", "nog niemand, ik vul het later in"),
        *(SelectChoice(body.id, f"dezelfde personen als in {body.the_name}") for body in own),
    ]
    if form.validate_on_submit():
        with form.refusals():
            body = add_other_body(
                name=form.name.data or "",
                article=Article(form.article.data) if form.article.data else None,
                kind=BodyKind(form.kind.data),
                region=next((r for r in regions if r.id == form.region.data), None),
                same_people_as=next((b for b in own if b.id == form.same_people_as.data), None),
                by=me(),
                now=clock.now(),
            )
            flash(f"{upper_first(body.the_name)} is toegevoegd. Geef nu de data.", "success")
            return redirect(url_for("calendars.body_dates", slug=body.slug))
    return render_template("organisations/add_other_body.html", form=form), form.answer_status

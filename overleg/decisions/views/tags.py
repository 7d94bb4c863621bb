"""The labels by which a body's municipalities are chosen together."""

from flask import flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response
from wtforms import SelectChoice

from overleg.accounts.login import signed_in_person
from overleg.db import revision_of
from overleg.decisions.queries.choosing import tag_of, tags_of
from overleg.decisions.release_forms import TagForm
from overleg.decisions.views.blueprint import blueprint
from overleg.decisions.workflow.tags import Labelled, keep_tag, remove_tag
from overleg.lib.errors import Forbidden, NotFound
from overleg.organisations.models import Body
from overleg.organisations.queries.bodies import body_by_slug, voting_municipalities
from overleg.web import clock
from overleg.web.access import signed_in, viewer
from overleg.web.gone import gone_already

Page = str | tuple[str, int] | Response


def body_of_support(slug: str) -> Body:
    """A body for its support staff; its other readers may not keep labels or numbers."""
    body = body_by_slug(viewer(), slug)
    if not viewer().supports(body.id):
        raise Forbidden
    return body


@blueprint.get("/overleg/<slug>/labels")
@signed_in
def tags(slug: str) -> str:
    """The labels of a body and of its region."""
    body = body_of_support(slug)
    return render_template("decisions/tags.html", body=body, tags=tags_of(body))


@blueprint.route("/overleg/<slug>/labels/nieuw", methods=["GET", "POST"])
@blueprint.route("/overleg/<slug>/labels/<tag_id>", methods=["GET", "POST"])
@signed_in
def edit_tag(slug: str, tag_id: str | None = None) -> Page:
    """Make a label, change one, or (``weg``) remove it."""
    body = body_of_support(slug)
    try:
        tag = tag_of(body, tag_id) if tag_id else None
    except NotFound:
        if not request.form.get("weg"):
            raise
        return gone_already(
            "Het label was al verwijderd.", url_for("decisions.tags", slug=body.slug)
        )
    if tag is not None and request.form.get("weg"):
        remove_tag(tag, by=signed_in_person(), now=clock.now())
        flash(f"Het label “{tag.name}” is verwijderd.", "success")
        return redirect(url_for("decisions.tags", slug=body.slug))
    having = tag.municipalities if tag else []
    towns = {town.id: town for town in voting_municipalities(body, clock.today())}
    towns |= {town.id: town for town in having}
    form = TagForm(
        data={
            "revision": revision_of(tag),
            "name": tag.name if tag else "",
            "municipalities": [town.id for town in having],
            "for_region": bool(tag and tag.region_id),
        }
    )
    form.municipalities.choices = [
        SelectChoice(town.id, town.name)
        for town in sorted(towns.values(), key=lambda town: town.name)
    ]
    if form.validate_on_submit():
        filled_in = Labelled(
            form.name.data or "",
            form.for_region.data,
            [towns[town_id] for town_id in form.municipalities.data],
        )
        with form.refusals():
            kept = keep_tag(
                body,
                tag,
                filled_in,
                revision=form.revision.data,
                by=signed_in_person(),
                now=clock.now(),
            )
            flash(f"Het label “{kept.name}” is bewaard.", "success")
            return redirect(url_for("decisions.tags", slug=body.slug))
    page = render_template("decisions/tag_form.html", body=body, tag=tag, form=form)
    return page, form.answer_status

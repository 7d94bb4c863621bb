"""The links in mails to a municipality: who has one, whether it was used, replacing, revoking."""

from flask import flash, redirect, render_template, url_for
from werkzeug.wrappers import Response

from overleg.accounts.login import signed_in_person
from overleg.decisions.queries.links import link_of_municipality, links_of_municipality
from overleg.decisions.views.blueprint import blueprint
from overleg.decisions.views.sessions import own_municipality
from overleg.decisions.workflow import links as verbs
from overleg.web import clock
from overleg.web.access import signed_in, viewer

Page = str | tuple[str, int] | Response


@blueprint.get("/gemeenten/<nis_code>/links")
@signed_in
def follow_up_links(nis_code: str) -> Page:
    """Who can report on which row without signing in."""
    municipality = own_municipality(nis_code)
    return render_template(
        "decisions/links.html",
        municipality=municipality,
        links=links_of_municipality(viewer(), municipality),
    )


@blueprint.post("/gemeenten/<nis_code>/links/<link_id>/intrekken")
@signed_in
def revoke_follow_up_link(nis_code: str, link_id: str) -> Page:
    """End a link."""
    link = link_of_municipality(viewer(), own_municipality(nis_code), link_id)
    verbs.revoke_link(link, by=signed_in_person(), now=clock.now())
    flash(f"De link van {link.person.name} werkt niet meer.", "success")
    return redirect(url_for("decisions.follow_up_links", nis_code=nis_code))


@blueprint.post("/gemeenten/<nis_code>/links/<link_id>/vervangen")
@signed_in
def replace_follow_up_link(nis_code: str, link_id: str) -> Page:
    """End a link and mail a new one."""
    link = link_of_municipality(viewer(), own_municipality(nis_code), link_id)
    verbs.replace_link(link, by=signed_in_person(), now=clock.now())
    flash(f"{link.person.name} krijgt een mail met een nieuwe link.", "success")
    return redirect(url_for("decisions.follow_up_links", nis_code=nis_code))

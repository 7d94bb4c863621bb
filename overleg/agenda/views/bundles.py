"""The agenda with its annexes in one file: asked on the Documenten tab, downloaded from there."""

from flask import Response, flash, redirect, request, send_file, url_for

from overleg.agenda import bundling
from overleg.agenda.papers import agenda_file_name
from overleg.agenda.queries.bundles import bundle_by_id, bundles_of
from overleg.agenda.queries.versions import versions_of
from overleg.agenda.states import BundleFormat
from overleg.agenda.views.blueprint import blueprint
from overleg.agenda.views.supporting import Answer
from overleg.documents.states import Circle
from overleg.documents.views import ATTACHMENT_POLICY
from overleg.lib.errors import NotFound
from overleg.scheduling.queries import meeting_by_id
from overleg.web import clock
from overleg.web.access import signed_in, viewer

MEDIA = {BundleFormat.ZIP: "application/zip", BundleFormat.PDF: "application/pdf"}


@blueprint.post("/vergaderingen/<meeting_id>/bundels")
@signed_in
def ask_bundle(meeting_id: str) -> Answer:
    """Ask for the last version that was sent, in a circle one reads; the worker makes it."""
    meeting = meeting_by_id(viewer(), meeting_id)
    versions = versions_of(meeting.id)
    if not versions:
        raise NotFound("De agenda van deze vergadering is nog niet verstuurd.")
    offers = bundles_of(viewer(), meeting, versions[0])
    try:
        asked = (Circle(request.form.get("kring", "")), BundleFormat(request.form.get("vorm", "")))
    except ValueError:
        raise NotFound from None
    if asked not in [(offer.circle, offer.format) for offer in offers]:
        raise NotFound
    bundling.ask_bundle(versions[0], *asked, now=clock.now())
    flash("De bundel wordt gemaakt. U kunt intussen verder werken.", "success")
    return redirect(url_for("agenda.meeting_documents", meeting_id=meeting.id, _anchor="bundels"))


@blueprint.get("/bundels/<bundle_id>")
@signed_in
def download_bundle(bundle_id: str) -> Response:
    """The file of a bundle, for who may read its circle at this moment."""
    bundle = bundle_by_id(viewer(), bundle_id)
    path = bundling.bundle_path(bundle)
    if not path.is_file():
        raise NotFound("Deze bundel is er niet meer. Vraag ze opnieuw bij de documenten.")
    name = agenda_file_name(bundle.version.meeting, circle=bundle.circle).removesuffix(".docx")
    response = send_file(
        path,
        mimetype=MEDIA[bundle.format],
        as_attachment=True,
        download_name=f"{name}-{bundle.version.letter}.{bundle.format.value}",
        max_age=None,
    )
    response.headers["Content-Security-Policy"] = ATTACHMENT_POLICY
    response.headers["Cache-Control"] = "private, no-store"
    return response

"""Downloading annexes, choosing who reads them, taking them away."""

from flask import flash, redirect, url_for
from werkzeug.wrappers import Response

from overleg.agenda.forms.proposals import AnnexCircleForm
from overleg.agenda.models import Annex
from overleg.agenda.permissions import can_edit_proposal
from overleg.agenda.queries.proposals import get_annex
from overleg.agenda.queries.versions import sent_annex_by_id
from overleg.agenda.views.blueprint import blueprint
from overleg.agenda.views.who import actor
from overleg.agenda.workflow.annexes import change_annex_circle
from overleg.agenda.workflow.annexes import remove_annex as remove
from overleg.documents.states import Circle
from overleg.documents.views import file_response
from overleg.lib.errors import Forbidden, NotFound
from overleg.organisations.viewer import Viewer
from overleg.web.access import signed_in, viewer
from overleg.web.clock import now


@blueprint.get("/bijlagen/<annex_id>")
@signed_in
def download_annex(annex_id: str) -> Response:
    """The file of an annex, or of an annex as it was sent with an agenda."""
    who: Viewer = viewer()
    try:
        stored = get_annex(who, annex_id).file
    except NotFound:
        stored = sent_annex_by_id(who, annex_id).file
    return file_response(stored, inline_allowed=True)


def _changeable(who: Viewer, annex_id: str) -> Annex:
    annex = get_annex(who, annex_id)
    if not can_edit_proposal(who, annex.proposal):
        raise Forbidden("De bijlagen van dit voorstel kunt u nu niet wijzigen.")
    return annex


@blueprint.post("/bijlagen/<annex_id>/kring")
@signed_in
def change_annex(annex_id: str) -> Response:
    """Choose again who may read an annex; never more people than may read the proposal."""
    who, person = actor()
    annex = _changeable(who, annex_id)
    form = AnnexCircleForm()
    if form.validate():
        chosen = Circle(form.circle.data)
        change_annex_circle(annex, chosen, by=person, now=now())
        if annex.circle is chosen:
            flash(f"“{annex.title}” is leesbaar voor: {chosen.label}.", "success")
        else:
            flash(
                "Een bijlage kan niet door meer mensen gelezen worden dan het voorstel: "
                f"“{annex.title}” blijft op {annex.circle.label}.",
                "warning",
            )
    return redirect(url_for("agenda.show_proposal", proposal_id=annex.proposal_id))


@blueprint.post("/bijlagen/<annex_id>/verwijderen")
@signed_in
def remove_annex(annex_id: str) -> Response:
    """Take an annex away from its proposal."""
    who, person = actor()
    annex = _changeable(who, annex_id)
    proposal_id, title = annex.proposal_id, annex.title
    remove(annex, by=person, now=now())
    flash(f"De bijlage “{title}” is verwijderd.", "success")
    return redirect(url_for("agenda.show_proposal", proposal_id=proposal_id))

"""One annex: reading it, its versions and who opened it; changing, replacing and removing it."""

from collections.abc import Sequence
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from overleg.agenda.forms.annexes import AnnexTitleForm, ReplaceForm
from overleg.agenda.forms.reasons import AnnexCircleForm
from overleg.agenda.models import Annex, SentAnnex
from overleg.agenda.permissions import can_close_annex, can_edit_proposal, reads_along
from overleg.agenda.queries.proposals import get_annex, get_annex_version, get_proposal
from overleg.agenda.queries.versions import sent_annex_by_id
from overleg.agenda.views.blueprint import blueprint
from overleg.agenda.views.who import actor
from overleg.agenda.workflow.annexes import (
    change_annex_circle,
    move_annex,
    note_look,
    rename_annex,
    replace_annex,
)
from overleg.agenda.workflow.annexes import remove_annex as remove
from overleg.audit.models import JournalEntry
from overleg.audit.queries import history_of
from overleg.documents.kinds import IMAGES, PDF
from overleg.documents.models import StoredFile
from overleg.documents.states import Circle
from overleg.documents.views import file_response, file_store
from overleg.documents.workflow import add_stored_file, receive
from overleg.lib.errors import Forbidden, NotFound, Refused
from overleg.organisations.viewer import Viewer
from overleg.web.access import signed_in, viewer
from overleg.web.clock import now
from overleg.web.forms import AS_SENT
from overleg.web.gone import gone_already
from overleg.web.headers import allow_own_frames

Page = str | tuple[str, int] | Response
FIXED = "De bijlagen van dit voorstel kunt u nu niet wijzigen."


@blueprint.get("/bijlagen/<annex_id>")
@signed_in
def download_annex(annex_id: str) -> Response:
    """The file of an annex, or of an annex as it was sent; ``?opslaan=1`` to save it."""
    who: Viewer = viewer()
    try:
        annex = get_annex(who, annex_id)
    except NotFound:
        return download_sent_annex(annex_id)
    return _give(annex.file, annex.id, annex.title, annex.circle)


@blueprint.get("/bijlagen/verstuurd/<annex_id>")
@signed_in
def download_sent_annex(annex_id: str) -> Response:
    """An annex as it went out with an agenda, for who may read it and its point."""
    annex = sent_annex_by_id(viewer(), annex_id)
    return _give(annex.file, annex.annex_id or annex.id, annex.title, annex.circle)


@blueprint.get("/bijlagen/versies/<version_id>")
@signed_in
def download_annex_version(version_id: str) -> Response:
    """A file that an annex was before, for who follows the proposal."""
    who: Viewer = viewer()
    version = get_annex_version(who, version_id)
    annex = get_annex(who, version.annex_id)
    title = f"{annex.title}, versie {version.number}"
    return _give(version.file, annex.id, title, annex.circle)


def _give(stored: StoredFile, annex_id: str, title: str, circle: Circle) -> Response:
    """The file; that a confidential one was opened is noted, once for the parts of one look."""
    response = file_response(stored, inline_allowed="opslaan" not in request.args)
    if circle is Circle.MAYORS and request.method == "GET":
        _who, person = actor()
        note_look(annex_id, title, by=person, now=now())
    return response


@blueprint.get("/bijlagen/<annex_id>/bekijken")
@signed_in
def show_annex(annex_id: str) -> Page:
    """An annex with its file in the page, or as it was sent."""
    who: Viewer = viewer()
    try:
        annex = get_annex(who, annex_id)
    except NotFound:
        return _sent_page(sent_annex_by_id(who, annex_id))
    return _page(who, annex)


def _page(
    who: Viewer,
    annex: Annex,
    *,
    circle_form: AnnexCircleForm | None = None,
    title_form: AnnexTitleForm | None = None,
    replace_form: ReplaceForm | None = None,
) -> str:
    proposal = annex.proposal
    ordered = sorted(proposal.annexes, key=lambda each: (each.position, each.id))
    return _draw(
        annex.file,
        annex=annex,
        proposal=proposal,
        sent=None,
        title=annex.title,
        circle=annex.circle,
        file_url=url_for("agenda.download_annex", annex_id=annex.id),
        save_url=url_for("agenda.download_annex", annex_id=annex.id, opslaan=1),
        versions=list(reversed(annex.versions[:-1])) if reads_along(who, proposal) else [],
        can_edit=can_edit_proposal(who, proposal),
        can_close=can_close_annex(who, proposal),
        first=ordered[0] is annex,
        last=ordered[-1] is annex,
        circle_form=circle_form
        or AnnexCircleForm(formdata=None, data={"circle": annex.circle.value}),
        title_form=title_form or _title_form(annex, None),
        replace_form=replace_form or ReplaceForm(formdata=None),
        max_label=file_store().max_label,
        looks=_looks(annex) if who.supports(proposal.body_id) else [],
    )


def _title_form(annex: Annex, formdata: Any = AS_SENT) -> AnnexTitleForm:
    return AnnexTitleForm(formdata, data={"revision": annex.revision, "title": annex.title})


def _sent_page(sent: SentAnnex) -> str:
    return _draw(
        sent.file,
        annex=None,
        proposal=None,
        sent=sent.sent_item,
        title=sent.title,
        circle=sent.circle,
        file_url=url_for("agenda.download_sent_annex", annex_id=sent.id),
        save_url=url_for("agenda.download_sent_annex", annex_id=sent.id, opslaan=1),
        versions=[],
        can_edit=False,
        can_close=False,
        looks=[],
    )


def _draw(stored: StoredFile, **told: Any) -> str:
    allow_own_frames()
    return render_template(
        "annexes/show.html",
        file=stored,
        is_image=stored.media_type in IMAGES,
        is_pdf=stored.media_type == PDF,
        **told,
    )


def _looks(annex: Annex) -> Sequence[JournalEntry]:
    return history_of([annex.id])


def _changeable(who: Viewer, annex_id: str) -> Annex:
    annex = get_annex(who, annex_id, lock=True)
    if not can_edit_proposal(who, annex.proposal):
        raise Forbidden(FIXED)
    return annex


@blueprint.post("/bijlagen/<annex_id>/kring")
@signed_in
def change_annex(annex_id: str) -> Page:
    """Choose again who may read an annex; never more people than may read the proposal."""
    who, person = actor()
    annex = get_annex(who, annex_id, lock=True)
    if not can_edit_proposal(who, annex.proposal) and not can_close_annex(who, annex.proposal):
        raise Forbidden(FIXED)
    form = AnnexCircleForm()
    if not form.validate():
        return _page(who, annex, circle_form=form), 422
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


@blueprint.post("/bijlagen/<annex_id>/titel")
@signed_in
def name_annex(annex_id: str) -> Page:
    """Call an annex otherwise."""
    who, person = actor()
    annex = _changeable(who, annex_id)
    form = _title_form(annex)
    if form.validate():
        with form.refusals():
            title, revision = form.title.data or "", form.revision.data
            rename_annex(annex, title, revision=revision, by=person, now=now())
            flash("De titel is bewaard.", "success")
            return redirect(url_for("agenda.show_annex", annex_id=annex.id))
    return _page(who, annex, title_form=form), form.answer_status


@blueprint.post("/bijlagen/<annex_id>/vervangen")
@signed_in
def replace_file(annex_id: str) -> Page:
    """Put a newer file in the place of an annex; what was there stays as an earlier version."""
    who, person = actor()
    annex = _changeable(who, annex_id)
    form = ReplaceForm()
    upload = form.file.data
    if not form.validate() or upload is None:
        form.refuse(form.file, "Kies een bestand.")
        return _page(who, annex, replace_form=form), 422
    try:
        received = receive(file_store(), upload.filename or "", upload.stream)
    except Refused as refused:
        form.refuse(form.file, str(refused))
        return _page(who, annex, replace_form=form), 422
    finally:
        upload.close()
    stored = add_stored_file(received, by=person, now=now())
    replace_annex(annex, stored, by=person, now=now())
    flash(f"“{annex.title}” is vervangen. De vorige versie blijft hieronder te lezen.", "success")
    if received.warning:
        flash(received.warning, "warning")
    return redirect(url_for("agenda.show_annex", annex_id=annex.id))


@blueprint.post("/bijlagen/<annex_id>/<any(omhoog, omlaag):direction>")
@signed_in
def move_one_annex(annex_id: str, direction: str) -> Response:
    """Let an annex change places with its neighbour."""
    who, _person = actor()
    annex = _changeable(who, annex_id)
    move_annex(annex, up=direction == "omhoog")
    return redirect(url_for("agenda.show_annex", annex_id=annex.id))


@blueprint.post("/bijlagen/<annex_id>/verwijderen")
@signed_in
def remove_annex(annex_id: str) -> Response:
    """Take an annex away from its proposal, which the page it was seen on names."""
    who, person = actor()
    try:
        annex = _changeable(who, annex_id)
    except NotFound:
        left = get_proposal(who, request.args.get("voorstel", ""))
        page = url_for("agenda.show_proposal", proposal_id=left.id)
        return gone_already("De bijlage was al verwijderd.", page)
    proposal_id, title = annex.proposal_id, annex.title
    remove(annex, by=person, now=now())
    flash(f"De bijlage “{title}” is verwijderd.", "success")
    return redirect(url_for("agenda.show_proposal", proposal_id=proposal_id))

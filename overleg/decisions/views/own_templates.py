"""A municipality's own Word templates: sending one, looking at it, using it, going back."""

from flask import Response as FileResponse
from flask import flash, redirect, render_template, send_file, url_for
from werkzeug.datastructures import FileStorage
from werkzeug.wrappers import Response

from overleg.accounts.login import signed_in_person
from overleg.decisions.house_style_forms import TemplateForm
from overleg.decisions.models import OwnTemplate
from overleg.decisions.permissions import works_for
from overleg.decisions.queries.house_styles import own_template_by_id
from overleg.decisions.template_previews import preview_path
from overleg.decisions.views.blueprint import blueprint
from overleg.decisions.views.house_styles import (
    Page,
    kind_of,
    municipality_to_style,
)
from overleg.decisions.workflow.own_templates import (
    add_own_template,
    use_our_template,
    use_own_template,
)
from overleg.documents.views import PDF_POLICY, file_response, file_store
from overleg.documents.workflow import FileStore, add_stored_file, receive
from overleg.lib.errors import NotFound, Refused
from overleg.lib.text import safe_filename
from overleg.organisations.models import Organisation
from overleg.web import clock
from overleg.web.access import signed_in, viewer
from overleg.web.downloads import WORD
from overleg.word.apart import check_apart
from overleg.word.checking import WHOLE_FILE, Fault
from overleg.word.contexts import PaperKind
from overleg.word.packages import MOST_BYTES

NOTHING_SENT = Fault(WHOLE_FILE, "", "Kies het sjabloon dat u in Word maakte.")
MEDIA = {"docx": WORD, "pdf": "application/pdf"}


@blueprint.post("/gemeenten/<nis_code>/huisstijl/sjablonen/<paper_kind>")
@signed_in
def add_template(nis_code: str, paper_kind: str) -> Page:
    """Send a template: checked at once with sample data, kept when nothing is wrong."""
    municipality = municipality_to_style(nis_code)
    paper = kind_of(paper_kind)
    sent = TemplateForm().file.data
    faults: tuple[Fault, ...] = (NOTHING_SENT,)
    if isinstance(sent, FileStorage) and sent.filename:
        # No more is read than one byte too much; the check then tells so.
        faults = check_apart(sent.stream.read(MOST_BYTES + 1), paper, now=clock.now()).faults
        if not faults:
            try:
                return _keep(municipality, paper, sent)
            except Refused as refused:
                faults = (Fault(WHOLE_FILE, "", str(refused)),)
    page = render_template(
        "house_styles/faults.html",
        municipality=municipality,
        kind=paper,
        faults=faults,
        file_name=safe_filename(sent.filename) if sent and sent.filename else "",
    )
    return page, 422


def _keep(municipality: Organisation, kind: PaperKind, sent: FileStorage) -> Response:
    sent.stream.seek(0)
    store = FileStore(file_store().root, MOST_BYTES)
    received = receive(store, sent.filename or "", sent.stream)
    by, now = signed_in_person(), clock.now()
    file = add_stored_file(received, by=by, now=now)
    template = add_own_template(municipality, kind, file, by=by, now=now)
    flash(
        f"Het sjabloon is in orde en bewaard als versie {template.number}. Bekijk het voorbeeld en "
        "neem het dan in gebruik.",
        "success",
    )
    return _back(template)


@blueprint.get("/sjablonen/<own_template_id>.docx")
@signed_in
def download_template(own_template_id: str) -> FileResponse:
    """A version of an own template as it was sent."""
    return file_response(_template(own_template_id).file, inline_allowed=False)


@blueprint.get("/sjablonen/<own_template_id>/voorbeeld.<form>")
@signed_in
def template_preview(own_template_id: str, form: str) -> FileResponse:
    """A version of an own template filled in with sample data."""
    template = _template(own_template_id)
    if form not in MEDIA or not (path := preview_path(template, form)).is_file():
        raise NotFound("Dit voorbeeld is er nog niet. Het wordt gemaakt; probeer het zo opnieuw.")
    response = send_file(
        path,
        mimetype=MEDIA[form],
        as_attachment=form == "docx",
        download_name=f"voorbeeld-{template.kind}-versie-{template.number}.{form}",
        max_age=None,
    )
    response.headers["Content-Security-Policy"] = PDF_POLICY
    response.headers["Cache-Control"] = "private, no-cache"
    return response


@blueprint.post("/sjablonen/<own_template_id>/gebruiken")
@signed_in
def use_template(own_template_id: str) -> Response:
    """Use this version from now on."""
    template = _template(own_template_id)
    use_own_template(template, by=signed_in_person(), now=clock.now())
    flash(f"Versie {template.number} is nu het sjabloon van elk {template.kind}.", "success")
    return _back(template)


@blueprint.post("/gemeenten/<nis_code>/huisstijl/standaard/<paper_kind>")
@signed_in
def use_our(nis_code: str, paper_kind: str) -> Response:
    """Go back to our own template, in the form of the settings."""
    municipality = municipality_to_style(nis_code)
    paper = kind_of(paper_kind)
    use_our_template(municipality, paper, by=signed_in_person(), now=clock.now())
    flash(f"Elk {paper.value} komt weer in het standaardsjabloon.", "success")
    return redirect(url_for("decisions.house_style", nis_code=nis_code, _anchor="sjablonen"))


def _template(own_template_id: str) -> OwnTemplate:
    """A template of a municipality whose form this viewer keeps. Raises ``NotFound``."""
    template = own_template_by_id(own_template_id)
    if not works_for(viewer(), template.organisation):
        raise NotFound
    return template


def _back(template: OwnTemplate) -> Response:
    return redirect(
        url_for(
            "decisions.house_style",
            nis_code=template.organisation.nis_code,
            _anchor="sjablonen",
        )
    )

"""A municipality's own Word templates: sending one, looking at it, using it, going back."""

from flask import Response as FileResponse
from flask import flash, redirect, send_file, url_for
from werkzeug.datastructures import FileStorage
from werkzeug.wrappers import Response

from overleg.accounts.login import signed_in_person
from overleg.decisions.house_style_forms import TemplateForm
from overleg.decisions.models import OwnTemplate
from overleg.decisions.queries.house_styles import house_style_of, own_template_by_id
from overleg.decisions.template_previews import preview_path
from overleg.decisions.views.blueprint import blueprint
from overleg.decisions.views.house_styles import (
    Page,
    keeps_house_style,
    kind_of,
    municipality_to_style,
    page_of,
)
from overleg.decisions.workflow.own_templates import (
    add_own_template,
    use_our_template,
    use_own_template,
)
from overleg.documents.views import PDF_POLICY, file_response, file_store
from overleg.documents.workflow import FileStore, add_stored_file, receive
from overleg.lib.errors import NotFound, Refused
from overleg.web import clock
from overleg.web.access import signed_in
from overleg.web.downloads import WORD
from overleg.word.apart import check_apart
from overleg.word.contexts import PaperKind
from overleg.word.packages import MOST_BYTES

MEDIA = {"docx": WORD, "pdf": "application/pdf"}


@blueprint.post("/gemeenten/<nis_code>/huisstijl/sjablonen/<kind>")
@signed_in
def add_template(nis_code: str, kind: str) -> Page:
    """Send a template: checked at once with sample data, kept when nothing is wrong."""
    municipality = municipality_to_style(nis_code)
    paper = kind_of(kind)
    form = TemplateForm()
    sent = form.file.data
    if not form.validate() or not isinstance(sent, FileStorage) or not sent.filename:
        form.refuse(form.file, "Kies het sjabloon dat u in Word maakte.")
        return _wrong(nis_code, paper, form)
    checked = check_apart(_read(sent), paper, now=clock.now())
    if checked.faults:
        page = page_of(
            municipality, house_style_of(municipality), checked=checked, checked_kind=paper
        )
        return page, 422
    sent.stream.seek(0)
    try:
        store = FileStore(file_store().root, MOST_BYTES)
        received = receive(store, sent.filename, sent.stream)
    except Refused as refused:
        form.refuse(form.file, str(refused))
        return _wrong(nis_code, paper, form)
    by, now = signed_in_person(), clock.now()
    template = add_own_template(
        municipality, paper, add_stored_file(received, by=by, now=now), by=by, now=now
    )
    flash(
        f"Het sjabloon is in orde en bewaard als versie {template.number}. Bekijk het voorbeeld en "
        "neem het dan in gebruik.",
        "success",
    )
    return _back(template)


def _wrong(nis_code: str, kind: PaperKind, form: TemplateForm) -> Page:
    municipality = municipality_to_style(nis_code)
    page = page_of(
        municipality, house_style_of(municipality), template_form=form, checked_kind=kind
    )
    return page, 422


def _read(sent: FileStorage) -> bytes:
    """The file, and no more of it than one byte too much."""
    return sent.stream.read(MOST_BYTES + 1)


@blueprint.get("/sjablonen/<template_id>.docx")
@signed_in
def download_template(template_id: str) -> FileResponse:
    """A version of an own template as it was sent."""
    return file_response(_template(template_id).file, inline_allowed=False)


@blueprint.get("/sjablonen/<template_id>/voorbeeld.<form>")
@signed_in
def template_preview(template_id: str, form: str) -> FileResponse:
    """A version of an own template filled in with sample data."""
    template = _template(template_id)
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
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Cache-Control"] = "private, no-cache"
    return response


@blueprint.post("/sjablonen/<template_id>/gebruiken")
@signed_in
def use_template(template_id: str) -> Response:
    """Use this version from now on."""
    template = _template(template_id)
    use_own_template(template, by=signed_in_person(), now=clock.now())
    flash(f"Versie {template.number} is nu het sjabloon van elk {template.kind}.", "success")
    return _back(template)


@blueprint.post("/gemeenten/<nis_code>/huisstijl/standaard/<kind>")
@signed_in
def use_our(nis_code: str, kind: str) -> Response:
    """Go back to our own template, in the form of the settings."""
    municipality = municipality_to_style(nis_code)
    paper = kind_of(kind)
    use_our_template(municipality, paper, by=signed_in_person(), now=clock.now())
    flash(f"Elk {paper.value} komt weer in het standaardsjabloon.", "success")
    return redirect(url_for("decisions.house_style", nis_code=nis_code, _anchor="sjablonen"))


def _template(template_id: str) -> OwnTemplate:
    """A template of a municipality whose form this viewer keeps. Raises ``NotFound``."""
    template = own_template_by_id(template_id)
    if not keeps_house_style(template.organisation):
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

"""A municipality's own form of its proposals: the settings page and what it shows."""

from flask import Response as FileResponse
from flask import flash, redirect, render_template, url_for
from werkzeug.datastructures import FileStorage
from werkzeug.wrappers import Response

from overleg.accounts.login import signed_in_person
from overleg.decisions import permissions
from overleg.decisions.house_style_forms import HouseStyleForm, house_style_data
from overleg.decisions.models import HouseStyle
from overleg.decisions.papers import form_of
from overleg.decisions.queries.follow_up import municipality_for
from overleg.decisions.queries.house_styles import house_style_of, own_templates_of
from overleg.decisions.template_previews import has_preview
from overleg.decisions.views.blueprint import blueprint
from overleg.decisions.workflow.house_styles import change_house_style, change_logo
from overleg.documents.models import StoredFile
from overleg.documents.views import file_response, file_store
from overleg.documents.workflow import FileStore, add_stored_file, receive
from overleg.lib.errors import Forbidden, NotFound, Refused
from overleg.organisations.models import Organisation
from overleg.web import clock
from overleg.web.access import signed_in, viewer
from overleg.web.downloads import word_file
from overleg.word.contexts import PaperKind
from overleg.word.fields import IN_DUTCH, REPORT_IN_DUTCH
from overleg.word.municipal_papers import MunicipalForm
from overleg.word.papers import render_municipal
from overleg.word.sample_papers import MUNICIPAL_SAMPLES
from overleg.word.templates import form_bytes

Page = str | tuple[str, int] | Response
LARGEST_LOGO_BYTES = 1024 * 1024


def municipality_to_style(nis_code: str) -> Organisation:
    """A municipality whose form this viewer keeps.

    Raises ``NotFound`` when it does not exist for them, ``Forbidden`` when others keep it.
    """
    municipality = municipality_for(viewer(), nis_code)
    if not permissions.works_for(viewer(), municipality):
        raise Forbidden
    return municipality


@blueprint.route("/gemeenten/<nis_code>/huisstijl", methods=["GET", "POST"])
@signed_in
def house_style(nis_code: str) -> Page:
    """The form of a municipality's proposals: settings, and its own Word templates."""
    municipality = municipality_to_style(nis_code)
    style = house_style_of(municipality)
    form = HouseStyleForm(data=house_style_data(style))
    if form.validate_on_submit():
        with form.refusals():
            _save(form, municipality, style)
            flash("De huisstijl is bewaard. Het volgende Word-bestand heeft hem.", "success")
            return redirect(url_for("decisions.house_style", nis_code=nis_code))
    return _page(municipality, style, form), form.answer_status


def _page(municipality: Organisation, style: HouseStyle | None, form: HouseStyleForm) -> str:
    return render_template(
        "house_styles/show.html",
        municipality=municipality,
        style=style,
        form=form,
        templates=own_templates_of(municipality),
        kinds=list(MUNICIPAL_SAMPLES),
        has_preview=has_preview,
        proposal_fields=IN_DUTCH,
        report_fields=REPORT_IN_DUTCH,
    )


def _save(form: HouseStyleForm, municipality: Organisation, style: HouseStyle | None) -> None:
    by, now = signed_in_person(), clock.now()
    sent = form.logo.data if isinstance(form.logo.data, FileStorage) else None
    logo = _received_logo(sent) if sent is not None and sent.filename else None
    saved = change_house_style(
        municipality, style, form.styling(), revision=form.revision.data, by=by, now=now
    )
    if logo is not None:
        change_logo(saved, logo, by=by, now=now)
    elif form.without_logo.data and saved.logo is not None:
        change_logo(saved, None, by=by, now=now)


def _received_logo(sent: FileStorage) -> StoredFile:
    """The image, kept. Raises ``Refused`` when it is none, or one that Word cannot hold."""
    store = FileStore(file_store().root, LARGEST_LOGO_BYTES)
    received = receive(store, sent.filename or "logo", sent.stream)
    if received.media_type not in {"image/png", "image/jpeg"}:
        raise Refused(f"“{received.name}” is geen png of jpg. Bewaar het logo als png of jpg.")
    content = store.path_of(received.sha256).read_bytes()
    form_bytes(PaperKind.COLLEGE_PROPOSAL, MunicipalForm(logo=content))
    return add_stored_file(received, by=signed_in_person(), now=clock.now())


@blueprint.get("/gemeenten/<nis_code>/huisstijl/logo")
@signed_in
def logo(nis_code: str) -> FileResponse:
    """The logo, to see it on the page."""
    style = house_style_of(municipality_to_style(nis_code))
    if style is None or style.logo is None:
        raise NotFound
    return file_response(style.logo, inline_allowed=True)


@blueprint.get("/gemeenten/<nis_code>/huisstijl/sjabloon-<paper_kind>.docx")
@signed_in
def house_template(nis_code: str, paper_kind: str) -> FileResponse:
    """The template in the form of the settings, to go on with in Word."""
    municipality = municipality_to_style(nis_code)
    paper = kind_of(paper_kind)
    content = form_bytes(paper, form_of(house_style_of(municipality)))
    return word_file(content, f"sjabloon-{paper.value}-{municipality.slug}.docx")


@blueprint.get("/gemeenten/<nis_code>/huisstijl/voorbeeld-<paper_kind>.docx")
@signed_in
def house_sample(nis_code: str, paper_kind: str) -> FileResponse:
    """A proposal with sample data, in the form of the settings."""
    municipality = municipality_to_style(nis_code)
    paper = kind_of(paper_kind)
    template = form_bytes(paper, form_of(house_style_of(municipality)))
    sample = MUNICIPAL_SAMPLES[paper][0]
    content = render_municipal(sample, now=clock.now(), template=template)
    return word_file(content, f"voorbeeld-{paper.value}-{municipality.slug}.docx")


def kind_of(value: str) -> PaperKind:
    """A kind of paper that a municipality can have its own template of. Raises ``NotFound``."""
    found = next((kind for kind in MUNICIPAL_SAMPLES if kind.value == value), None)
    if found is None:
        raise NotFound
    return found

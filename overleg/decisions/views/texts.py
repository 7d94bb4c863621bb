"""The text for the municipalities, and the Word files made from it."""

from flask import flash, redirect, render_template, url_for
from werkzeug.wrappers import Response

from overleg.accounts.login import signed_in_person
from overleg.decisions import permissions
from overleg.decisions.forms import TextForm, sections_of
from overleg.decisions.papers import proposal_docx, proposal_filename
from overleg.decisions.queries.follow_up import follow_up_for, municipality_for
from overleg.decisions.queries.outcomes import outcome_by_id
from overleg.decisions.states import Organ
from overleg.decisions.views.blueprint import blueprint
from overleg.decisions.workflow.texts import Sections, change_text
from overleg.lib.errors import EditConflict, Forbidden, NotFound
from overleg.web import clock
from overleg.web.access import signed_in, viewer
from overleg.web.downloads import word_file

Page = str | tuple[str, int] | Response


@blueprint.route("/uitkomsten/<outcome_id>/tekst", methods=["GET", "POST"])
@signed_in
def edit_text(outcome_id: str) -> Page:
    """Write the one text from which every municipality's proposal is made."""
    outcome = outcome_by_id(viewer(), outcome_id)
    if not permissions.can_change_text(viewer(), outcome):
        raise Forbidden
    if outcome.text is None:
        raise NotFound("Geef de uitkomst eerst vrij: dan begint de tekst voor de gemeenten.")
    form = TextForm(obj=outcome.text)
    status = 200
    conflict = ""
    if form.validate_on_submit():
        sections = Sections(**sections_of(form))
        try:
            change_text(
                outcome.text,
                sections,
                revision=form.revision.data,
                by=signed_in_person(),
                now=clock.now(),
            )
        except EditConflict as error:
            conflict, status = str(error), error.status
            form.revision.raw_data = None
            form.revision.data = outcome.text.revision
        else:
            flash("De tekst is bewaard. Nieuwe Word-bestanden dragen hem meteen.", "success")
            return redirect(url_for("decisions.show_outcome", outcome_id=outcome.id))
    page = render_template(
        "decisions/text_form.html", form=form, outcome=outcome, text=outcome.text, conflict=conflict
    )
    return page, 422 if form.errors else status


@blueprint.get("/uitkomsten/<outcome_id>/collegevoorstel/<nis_code>.docx")
@signed_in
def college_proposal(outcome_id: str, nis_code: str) -> Response:
    """The Word file for a municipality's college."""
    return _word(outcome_id, nis_code, Organ.COLLEGE)


@blueprint.get("/uitkomsten/<outcome_id>/gemeenteraadsvoorstel/<nis_code>.docx")
@signed_in
def council_proposal(outcome_id: str, nis_code: str) -> Response:
    """The Word file for a municipality's council."""
    return _word(outcome_id, nis_code, Organ.COUNCIL)


def _word(outcome_id: str, nis_code: str, organ: Organ) -> Response:
    outcome = outcome_by_id(viewer(), outcome_id)
    municipality = municipality_for(viewer(), nis_code)
    follow_up = follow_up_for(viewer(), outcome, municipality, organ)
    if outcome.text is None or not permissions.can_download_proposal(viewer(), follow_up):
        raise NotFound
    content = proposal_docx(follow_up, outcome.text, now=clock.now())
    return word_file(content, proposal_filename(follow_up, outcome.text))

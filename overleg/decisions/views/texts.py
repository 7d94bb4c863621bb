"""The text for the municipalities, and the Word files made from it."""

from flask import flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from overleg.accounts.login import signed_in_person
from overleg.decisions import permissions
from overleg.decisions.costs import cost_sentence_of, costs_of
from overleg.decisions.forms import TextForm, sections_of, text_data
from overleg.decisions.models import CanonicalText, FollowUp, Outcome
from overleg.decisions.papers import proposal_docx, proposal_filename
from overleg.decisions.queries.follow_up import (
    follow_up_for,
    rows_of_outcomes,
)
from overleg.decisions.queries.outcomes import outcome_by_id
from overleg.decisions.reading import changed_costs, changed_parts, parts_of, parts_per_organ
from overleg.decisions.states import Organ, OutcomeState
from overleg.decisions.views.blueprint import blueprint
from overleg.decisions.workflow.downloads import note_downloads
from overleg.decisions.workflow.texts import Sections, change_text, issue_text
from overleg.lib.errors import Forbidden, NotFound
from overleg.web import clock
from overleg.web.access import signed_in, viewer
from overleg.web.downloads import word_file

Page = str | tuple[str, int] | Response


@blueprint.get("/uitkomsten/<outcome_id>/tekst")
@signed_in
def show_text(outcome_id: str) -> Page:
    """Read the text part by part, to copy into a municipality's own system (``?voor=<NIS>``)."""
    outcome, text = _with_text(outcome_id)
    may_change = permissions.can_change_text(viewer(), outcome)
    towns = {row.organisation.nis_code: row.organisation for row in _own_rows(outcome)}
    if may_change and not towns:
        towns = {cost.organisation.nis_code: cost.organisation for cost in costs_of(outcome)}
    town = towns.get(request.args.get("voor", "")) or next(iter(towns.values()), None)
    return render_template(
        "decisions/text.html",
        outcome=outcome,
        text=text,
        parts=parts_per_organ(text),
        town=town,
        towns=list(towns.values()) if outcome.cost_sharing and len(towns) > 1 else [],
        cost=cost_sentence_of(outcome, town) if town else "",
        can_change=may_change,
        can_release=permissions.can_release(viewer(), outcome),
    )


@blueprint.get("/uitkomsten/<outcome_id>/tekst/<int:number>")
@signed_in
def show_version(outcome_id: str, number: int) -> Page:
    """One version of a released text, and what changed since the one before."""
    outcome, _text = _with_text(outcome_id)
    version = next((one for one in outcome.versions if one.number == number), None)
    if version is None:
        raise NotFound
    before = next((one for one in outcome.versions if one.number == number - 1), None)
    return render_template(
        "decisions/text_version.html",
        outcome=outcome,
        version=version,
        parts=parts_of(version),
        changes=changed_parts(before, version) if before else [],
        cost_changes=changed_costs(outcome, number) if before else [],
    )


@blueprint.route("/uitkomsten/<outcome_id>/tekst/wijzigen", methods=["GET", "POST"])
@signed_in
def edit_text(outcome_id: str) -> Page:
    """Write the one text of every municipality's proposal; once released, as a new version."""
    outcome = outcome_by_id(viewer(), outcome_id)
    if outcome.text is None:
        raise NotFound("Zet de uitkomst eerst klaar: dan begint de tekst voor de gemeenten.")
    if not permissions.can_change_text(viewer(), outcome):
        raise Forbidden
    form = TextForm(data=text_data(outcome.text))
    if form.validate_on_submit():
        with form.refusals():
            _save(outcome.text, form)
            flash(_saved(outcome.text), "success")
            return redirect(url_for("decisions.show_text", outcome_id=outcome.id))
    page = render_template(
        "decisions/text_form.html",
        form=form,
        outcome=outcome,
        text=outcome.text,
        is_released=outcome.state is OutcomeState.RELEASED,
    )
    return page, form.answer_status


def _saved(text: CanonicalText) -> str:
    if text.outcome.state is not OutcomeState.RELEASED:
        return "De tekst is bewaard."
    number = text.version_number
    return f"Versie {number} is uitgegeven. Wie een eerdere downloadde, krijgt een mail."


def _save(text: CanonicalText, form: TextForm) -> None:
    given = Sections(**sections_of(form))
    who, now, seen = signed_in_person(), clock.now(), form.revision.data
    if text.outcome.state is OutcomeState.RELEASED:
        reason = form.reason.data or ""
        issue_text(text, given, reason=reason, revision=seen, by=who, now=now)
    else:
        change_text(text, given, revision=seen, by=who, now=now)


def _with_text(outcome_id: str) -> tuple[Outcome, CanonicalText]:
    """An outcome whose text this viewer may read: who reads the outcome, once it is ready."""
    outcome = outcome_by_id(viewer(), outcome_id)
    if outcome.text is None or outcome.state is OutcomeState.DRAFT:
        raise NotFound("Er is nog geen tekst voor de gemeenten.")
    return outcome, outcome.text


def _own_rows(outcome: Outcome) -> list[FollowUp]:
    """The rows of the municipalities for which this viewer takes proposals."""
    rows = rows_of_outcomes(viewer(), [outcome.id])
    return [row for row in rows if permissions.can_download_proposal(viewer(), row)]


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
    follow_up = follow_up_for(viewer(), outcome, nis_code, organ)
    if outcome.text is None or not permissions.can_take_proposal(viewer(), follow_up):
        raise NotFound
    content = proposal_docx(follow_up, outcome.text, now=clock.now())
    number = outcome.text.version_number
    note_downloads([follow_up], number, by=signed_in_person(), now=clock.now())
    return word_file(content, proposal_filename(follow_up, outcome.text))

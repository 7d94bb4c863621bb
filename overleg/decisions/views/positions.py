"""Shared positions: the text, to whom it was sent, when, and what came back."""

from flask import Response as FileResponse
from flask import flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from overleg.accounts.login import signed_in_person
from overleg.agenda.queries.validation import chairs_of
from overleg.decisions.follow_up_forms import PositionAnswerForm, PositionForm
from overleg.decisions.models import Outcome
from overleg.decisions.permissions import can_note_outcome
from overleg.decisions.position_letter import letter_docx, letter_filename
from overleg.decisions.queries.outcomes import outcome_by_id
from overleg.decisions.queries.positions import positions_of, sending_by_id, sendings_of
from overleg.decisions.states import OutcomeKind
from overleg.decisions.views.blueprint import blueprint
from overleg.decisions.workflow import positions as verbs
from overleg.lib.errors import Forbidden, NotPossible
from overleg.organisations.queries.bodies import voting_municipalities
from overleg.web import clock
from overleg.web.access import signed_in, viewer
from overleg.web.downloads import word_file

Page = str | tuple[str, int] | Response
PAGE_SIZE, MOST_PAGES = 20, 10_000


@blueprint.get("/standpunten")
@signed_in
def positions() -> Page:
    """Every position this person reads."""
    page = max(1, min(request.args.get("pagina", 1, type=int), MOST_PAGES))
    found, has_more = positions_of(viewer(), page=page, page_size=PAGE_SIZE)
    return render_template(
        "decisions/positions.html",
        positions=found,
        sendings=sendings_of([outcome.id for outcome in found]),
        may_send=lambda outcome: can_note_outcome(viewer(), outcome.item.meeting.body_id),
        page=page,
        has_more=has_more,
    )


@blueprint.route("/uitkomsten/<outcome_id>/versturen", methods=["GET", "POST"])
@signed_in
def send_position(outcome_id: str) -> Page:
    """Note to whom a position goes; its letter can be downloaded after that."""
    outcome = _own_position(outcome_id)
    form = PositionForm(data={"sent_on": clock.today()})
    if form.validate_on_submit():
        with form.refusals():
            verbs.send_position(
                outcome,
                form.addressee.data or "",
                (form.address.data or "").strip(),
                form.sent_on.data,
                by=signed_in_person(),
                now=clock.now(),
            )
            flash(f"Genoteerd: naar {form.addressee.data}. De brief staat klaar.", "success")
            return redirect(url_for("decisions.positions"))
    return render_template(
        "decisions/send_position.html", form=form, outcome=outcome
    ), form.answer_status


@blueprint.route("/standpunten/<sending_id>/antwoord", methods=["GET", "POST"])
@signed_in
def position_answer(sending_id: str) -> Page:
    """Note what came back."""
    sending = sending_by_id(viewer(), sending_id)
    if not can_note_outcome(viewer(), sending.outcome.item.meeting.body_id):
        raise Forbidden
    form = PositionAnswerForm(
        data={
            "revision": sending.revision,
            "answer": sending.answer,
            "answered_on": sending.answered_on or clock.today(),
        }
    )
    if form.validate_on_submit():
        with form.refusals():
            verbs.note_answer(
                sending,
                (form.answer.data or "").strip(),
                form.answered_on.data,
                revision=form.revision.data,
                by=signed_in_person(),
                now=clock.now(),
            )
            flash("Het antwoord is genoteerd.", "success")
            return redirect(url_for("decisions.positions"))
    return render_template(
        "decisions/position_answer.html", form=form, sending=sending
    ), form.answer_status


@blueprint.get("/standpunten/<sending_id>/brief.docx")
@signed_in
def position_letter(sending_id: str) -> FileResponse:
    """The letter to one addressee."""
    sending = sending_by_id(viewer(), sending_id)
    meeting = sending.outcome.item.meeting
    content = letter_docx(
        sending,
        voting_municipalities(meeting.body, meeting.day),
        chairs_of(meeting.body_id, sending.sent_on),
        now=clock.now(),
    )
    return word_file(content, letter_filename(sending))


def _own_position(outcome_id: str) -> Outcome:
    outcome = outcome_by_id(viewer(), outcome_id)
    if not can_note_outcome(viewer(), outcome.item.meeting.body_id):
        raise Forbidden
    if outcome.kind is not OutcomeKind.POSITION:
        raise NotPossible("Alleen een standpunt wordt aan anderen bekendgemaakt.")
    return outcome

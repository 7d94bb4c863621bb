"""Writing a proposal: a new one, and new words for one that may still change."""

import re
from collections.abc import Sequence

from flask import flash, redirect, render_template, request, url_for
from sqlalchemy.exc import IntegrityError
from werkzeug.wrappers import Response

from overleg.accounts.models import Person
from overleg.agenda.forms.proposals import ProposalForm
from overleg.agenda.forms.questions import answers_before
from overleg.agenda.models import Proposal
from overleg.agenda.permissions import (
    WRITABLE,
    can_edit_proposal,
    can_submit_proposal,
    is_submitter_side,
    may_propose,
)
from overleg.agenda.queries.choices import ProposingChoices, proposing_choices
from overleg.agenda.queries.proposals import get_proposal, proposal_owner_id
from overleg.agenda.queries.questions import questions_for
from overleg.agenda.states import ProposalKind, ProposalState
from overleg.agenda.views.blueprint import blueprint
from overleg.agenda.views.uploads import attach, receive_files
from overleg.agenda.views.who import actor
from overleg.agenda.workflow.proposals import change_proposal, draft_proposal
from overleg.agenda.workflow.submitting import submit_proposal
from overleg.db import ID_ALPHABET, ID_LENGTH, new_id, session
from overleg.documents.views import file_store
from overleg.documents.workflow import Received
from overleg.lib.errors import EditConflict, Forbidden, NotFound, NotPossible
from overleg.lib.text import join_words
from overleg.organisations.viewer import Viewer
from overleg.web.access import requires, signed_in
from overleg.web.clock import now, today

SUBMIT, FURTHER = "indienen", "verder"
OUR_ID = re.compile(f"[{ID_ALPHABET}]{{{ID_LENGTH}}}")

Answer = str | tuple[str, int] | Response


@blueprint.route("/voorstellen/nieuw", methods=["GET", "POST"])
@requires(may_propose)
def new_proposal() -> Answer:
    """A new proposal; the form carries its name, so that sending it twice makes one."""
    who, person = actor()
    choices = proposing_choices(who, now())
    if not choices.bodies:
        raise NotFound("U hebt op dit ogenblik geen overleg waarvoor u kunt voorstellen.")
    form = ProposalForm()
    form.offer(choices, today=today())
    if request.method != "POST":
        if not form.proposal_id.data:
            _start(form, choices)
        lay_questions(form)
        return _page(form)
    lay_questions(form)
    if request.form.get("actie") == FURTHER:
        return _page(form)
    proposal_id = form.proposal_id.data or ""
    owner_id = proposal_owner_id(proposal_id)
    if owner_id == who.person_id:
        # What was typed since it was saved, by itself or with a button, is not thrown away.
        since = form.revision.data or not _is_what_was_saved(form, get_proposal(who, proposal_id))
        return edit_proposal(proposal_id) if since else _was_saved(proposal_id)
    if owner_id is not None or not OUR_ID.fullmatch(proposal_id):
        form.proposal_id.data = proposal_id = new_id()
    return _save_new(person, form, proposal_id)


def lay_questions(form: ProposalForm, proposal: Proposal | None = None) -> None:
    """Put the questions of the chosen body and kind on the form, with what was answered."""
    kind = form.kind.data
    known = form.offers_body(form.body_id.data) and kind in set(ProposalKind)
    form.answers.ask(
        questions_for(form.body_id.data, ProposalKind(kind)) if known else [],
        answers_before(proposal) if request.method != "POST" else (),
    )


def _start(form: ProposalForm, choices: ProposingChoices) -> None:
    """Choose what the address asks for: ``?overleg=<slug>``, ``?vergadering=<id>``."""
    meeting_id = request.args.get("vergadering", "")
    meeting = next((m for m in choices.meetings if m.id == meeting_id), None)
    slug = request.args.get("overleg", "")
    body = next((b for b in choices.bodies if b.slug == slug), None)
    form.start(
        proposal_id=new_id(),
        body_id=meeting.body_id if meeting else body.id if body else "",
        meeting_id=meeting.id if meeting else "",
    )
    options = choices.organisations.get(form.body_id.data or "", ())
    if len(options) == 1:
        form.organisation_id.data = options[0].id


def _save_new(person: Person, form: ProposalForm, proposal_id: str) -> Answer:
    submitting = request.form.get("actie") == SUBMIT
    right = form.validate(submitting=submitting)
    received = receive_files(form, person)
    if not right or form.errors:
        return _page(form, None, received), 422
    try:
        proposal = draft_proposal(form.content(), by=person, now=now(), proposal_id=proposal_id)
    except IntegrityError:  # the same form, sent twice at once
        session().rollback()
        return _was_saved(proposal_id)
    attach(proposal, received, form, by=person, now=now())
    return _after_saving(person, proposal, submitting=submitting)


def _is_what_was_saved(form: ProposalForm, proposal: Proposal) -> bool:
    typed = (form.title.data, form.explanation.data or "")
    return typed == (proposal.title, proposal.explanation_html)


def _was_saved(proposal_id: str) -> Response:
    flash("Dit voorstel was al bewaard; er is er maar één gemaakt.", "info")
    return redirect(url_for("agenda.show_proposal", proposal_id=proposal_id))


def _after_saving(person: Person, proposal: Proposal, *, submitting: bool) -> Response:
    if submitting:
        submit_proposal(proposal, by=person, now=now())
        flash(submitted_message(proposal), "success")
    elif proposal.state is ProposalState.DRAFT:
        others = dict.fromkeys([proposal.submitter.name, proposal.created_by.name])
        who = join_words(name for name in others if name != person.name)
        readers = f"U en {who} kunnen" if who else "Alleen u kunt"
        flash(f"Bewaard als concept. {readers} het lezen tot het ingediend is.", "success")
    else:
        flash("Bewaard.", "success")
    return redirect(url_for("agenda.show_proposal", proposal_id=proposal.id))


def submitted_message(proposal: Proposal) -> str:
    """What happens now that a proposal was submitted."""
    if proposal.state is ProposalState.VALIDATED:
        return "Ingediend en meteen gevalideerd: dit overleg valideert niet."
    if proposal.state is ProposalState.AWAITING_SIGN_OFF:
        return (
            f"Klaar om in te dienen. {proposal.organisation.name} vraagt eerst het akkoord van de "
            "algemeen directeur; onder “Wat nu?” staat wie aan zet is."
        )
    if proposal.state is ProposalState.IN_VALIDATION:
        return "Ingediend. Wie valideert, kreeg een mail."
    return "Ingediend. De validatie wacht nog op de ondersteuners; zij kregen een mail."


@blueprint.route("/voorstellen/<proposal_id>/wijzigen", methods=["GET", "POST"])
@signed_in
def edit_proposal(proposal_id: str) -> Answer:
    """New words for a proposal; a save that comes too late shows both texts."""
    who, person = actor()
    proposal = get_proposal(who, proposal_id)
    if not can_edit_proposal(who, proposal):
        _refuse_editing(who, proposal)
    form = ProposalForm()
    form.offer(proposing_choices(who, now()), today=today(), proposal=proposal)
    if request.method != "POST":
        if not form.revision.data:
            form.show(proposal)
        lay_questions(form, proposal)
        return _page(form, proposal)
    lay_questions(form, proposal)
    if request.form.get("actie") == FURTHER:
        return _page(form, proposal)
    submitting = request.form.get("actie") == SUBMIT and can_submit_proposal(who, proposal)
    right = form.validate(submitting=submitting)
    received = receive_files(form, person)
    if not right or form.errors:
        return _page(form, proposal, received), 422
    revision = form.revision.data
    try:
        change_proposal(proposal, form.content(), revision=revision, by=person, now=now())
    except EditConflict:
        form.revision.data = proposal.revision
        return _page(form, proposal, received, conflict=True), 409
    attach(proposal, received, form, by=person, now=now())
    return _after_saving(person, proposal, submitting=submitting)


def _refuse_editing(who: Viewer, proposal: Proposal) -> None:
    if not is_submitter_side(who, proposal) and not who.supports(proposal.body_id):
        raise Forbidden
    if proposal.state in WRITABLE:
        raise Forbidden("Alleen de indiener kan dit voorstel nu wijzigen.")
    raise NotPossible(
        f"Dit voorstel is {proposal.state.label} en kan nu niet gewijzigd worden. "
        "Vraag een ondersteuner van het overleg om het terug te sturen of te verbeteren."
    )


def _page(
    form: ProposalForm,
    proposal: Proposal | None = None,
    received: Sequence[Received] = (),
    *,
    conflict: bool = False,
) -> str:
    writable = proposal is None or proposal.state in WRITABLE
    return render_template(
        "proposals/form.html",
        form=form,
        proposal=proposal,
        conflict=conflict,
        kept_names=[each.name for each in received],
        can_submit=writable,
        saves_itself=proposal is None or proposal.state is ProposalState.DRAFT,
        max_label=file_store().max_label,
    )

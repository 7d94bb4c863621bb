"""Answering in a validation step, and what support staff do when a step does not move."""

from flask import flash, redirect, render_template, url_for
from werkzeug.wrappers import Response

from overleg.agenda.forms.proposals import VoteForm
from overleg.agenda.models import Proposal, ValidationRound
from overleg.agenda.permissions import can_move_validation, can_read_annex, can_validate_round
from overleg.agenda.progress import is_late
from overleg.agenda.queries.proposals import Worklist, get_proposal, list_proposals
from overleg.agenda.queries.validation import referral_targets
from overleg.agenda.states import Answer, ProposalState
from overleg.agenda.views.blueprint import blueprint
from overleg.agenda.views.who import actor
from overleg.agenda.workflow.validation import cast_vote, close_round, open_round, restart_step
from overleg.lib.errors import Forbidden, NotFound, NotPossible, Refused
from overleg.organisations.queries.validators import validators
from overleg.organisations.viewer import Viewer
from overleg.web.access import signed_in, viewer
from overleg.web.clock import now, today

RESULT_MESSAGES = {
    Answer.AGREE: "Akkoord genoteerd: de validatiestap is afgerond.",
    Answer.RETURN: "Teruggestuurd: de indiener kreeg uw reden.",
    Answer.REFUSE: "Geweigerd: de indiener kreeg uw reden.",
    Answer.REFER: "Verwezen: het voorstel gaat verder op het andere overleg.",
}


def _round_of(proposal: Proposal, round_id: str) -> ValidationRound:
    """The step that was on the page when it was answered. Raises ``NotFound``."""
    found = next((each for each in proposal.rounds if each.id == round_id), None)
    if found is None:
        raise NotFound
    return found


@blueprint.get("/voorstellen/<proposal_id>/valideren")
@signed_in
def validate_proposal(proposal_id: str) -> str | Response:
    """The proposal with the buttons to answer; when nothing is asked any more, the proposal."""
    who: Viewer = viewer()
    proposal = get_proposal(who, proposal_id)
    opened = open_round(proposal)
    if opened is None:
        if not who.steers(proposal.body_id):
            raise Forbidden("U valideert niet voor dit overleg.")
        flash(f"Er valt niets meer te antwoorden: dit voorstel is {proposal.state.label}.", "info")
        return redirect(url_for("agenda.show_proposal", proposal_id=proposal.id))
    if not can_validate_round(who, opened):
        raise Forbidden("U valideert deze stap niet. U kunt het voorstel wel lezen.")
    return _page(who, opened, VoteForm(formdata=None), "")


def _page(who: Viewer, opened: ValidationRound, form: VoteForm, wrong: str) -> str:
    proposal = opened.proposal
    targets = referral_targets(who, proposal.body)
    people = validators(proposal.body_id, opened.validated_by, today())
    answered = {vote.person_id for vote in opened.votes}
    return render_template(
        "proposals/validate.html",
        proposal=proposal,
        opened=opened,
        own=next((v for v in opened.votes if v.person_id == who.person_id), None),
        to_come=[person for person in people if person.id not in answered],
        people=people,
        targets=targets,
        annexes=[annex for annex in proposal.annexes if can_read_annex(who, annex)],
        form=form,
        wrong=wrong,
        late=is_late(proposal, today()),
        answers=Answer,
    )


@blueprint.post("/voorstellen/<proposal_id>/valideren")
@signed_in
def cast_answer(proposal_id: str) -> str | tuple[str, int] | Response:
    """Answer, or change one's answer while the step is open."""
    who, person = actor()
    proposal = get_proposal(who, proposal_id, lock=True)
    form = VoteForm()
    opened = _round_of(proposal, form.round_id.data or "")
    still_open = open_round(proposal) is opened
    if still_open and not can_validate_round(who, opened):
        raise Forbidden("U valideert deze stap niet. U kunt het voorstel wel lezen.")
    if not who.steers(proposal.body_id):
        raise Forbidden("U valideert niet voor dit overleg.")
    if form.answer.data not in set(Answer):
        raise NotPossible("Kies akkoord, terug met reden, verwijzen of weigeren.")
    if not form.validate():
        return _page(who, opened, form, str(form.motive.errors[0])), 422
    targets = {body.id: body for body in referral_targets(who, proposal.body)}
    try:
        result = cast_vote(
            opened,
            Answer(form.answer.data),
            motive=form.motive.data or "",
            refer_to=targets.get(form.refer_to.data or ""),
            by=person,
            now=now(),
        )
    except Refused as refused:
        return _page(who, opened, form, str(refused)), 422
    flash(
        RESULT_MESSAGES[result]
        if result is not None
        else "Uw antwoord is genoteerd. U kunt het nog wijzigen zolang de stap loopt.",
        "success",
    )
    left = list_proposals(who, Worklist.TO_VALIDATE).total
    if left:
        return redirect(url_for("agenda.list_proposals", toon=Worklist.TO_VALIDATE.value))
    return redirect(url_for("agenda.show_proposal", proposal_id=proposal.id))


@blueprint.post("/voorstellen/<proposal_id>/validatie-starten")
@signed_in
def restart_validation(proposal_id: str) -> Response:
    """Open the step that waited, now that somebody can take it."""
    who, person = actor()
    proposal = get_proposal(who, proposal_id, lock=True)
    if not can_move_validation(who, proposal):
        raise Forbidden("Alleen de ondersteuners starten de validatie.")
    restart_step(proposal, by=person, now=now())
    if open_round(proposal) is not None:
        flash("De validatie loopt; wie antwoordt, kreeg een mail.", "success")
    elif proposal.state is ProposalState.VALIDATED:
        flash("Dit overleg valideert niet meer: het voorstel is gevalideerd.", "success")
    else:
        flash("Er is nog altijd niemand die deze stap kan valideren.", "warning")
    return redirect(url_for("agenda.show_proposal", proposal_id=proposal.id))


@blueprint.post("/voorstellen/<proposal_id>/validatie-sluiten")
@signed_in
def close_validation(proposal_id: str) -> Response:
    """Decide a step whose time is over with the answers that came."""
    who, person = actor()
    proposal = get_proposal(who, proposal_id, lock=True)
    if not can_move_validation(who, proposal):
        raise Forbidden("Alleen de ondersteuners sluiten de validatie.")
    opened = open_round(proposal)
    if opened is None:
        raise NotPossible(f"Er loopt geen validatie: dit voorstel is {proposal.state.label}.")
    result = close_round(opened, by=person, now=now())
    flash(f"De validatiestap is afgesloten: {result.label}.", "success")
    return redirect(url_for("agenda.show_proposal", proposal_id=proposal.id))

"""Answering in a validation step, and what support staff do when a step does not move."""

from flask import flash, redirect, render_template, url_for
from werkzeug.wrappers import Response

from overleg.agenda.forms.validation import AnswerForm
from overleg.agenda.models import Proposal, ValidationRound
from overleg.agenda.permissions import can_give_back, can_move_validation, can_read_annex
from overleg.agenda.progress import is_late
from overleg.agenda.queries.proposals import get_proposal
from overleg.agenda.queries.validation import referral_targets, rounds_for_chair
from overleg.agenda.queries.worklists import Worklist, list_proposals
from overleg.agenda.standing import Standing, sent_back_before, shown_votes, standing_of
from overleg.agenda.states import Answer, ProposalState, RoundState
from overleg.agenda.views.answering import given_in, read_answer, refuse, take_answer
from overleg.agenda.views.blueprint import blueprint
from overleg.agenda.views.proposals import reason_form
from overleg.agenda.views.who import actor
from overleg.agenda.workflow.step_rules import check_open
from overleg.agenda.workflow.validation import close_round, open_round, restart_step
from overleg.lib.errors import Forbidden, NotFound, NotPossible, Refused
from overleg.organisations.states import Role
from overleg.organisations.viewer import Viewer
from overleg.web.access import signed_in, viewer
from overleg.web.clock import now, today

RESULT_MESSAGES = {
    Answer.AGREE: "Akkoord genoteerd: het voorstel gaat naar wie nadien valideert.",
    Answer.RETURN: "Teruggestuurd: de indiener kreeg de reden.",
    Answer.REFUSE: "Geweigerd: de indiener kreeg de reden.",
    Answer.REFER: "Verwezen: het voorstel gaat verder op het andere overleg.",
}
VALIDATED = "Akkoord genoteerd: het voorstel is gevalideerd."
NOTED = "Uw antwoord is genoteerd. U kunt het nog wijzigen zolang de stap loopt."
NOT_YOURS = "U valideert deze stap niet. U kunt het voorstel wel lezen."


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
    standing = standing_of(who, proposal, now())
    opened = standing.opened
    if opened is None:
        if not (who.steers(proposal.body_id) or _answered(who, proposal)):
            raise Forbidden("U valideert niet voor dit overleg.")
        flash(f"Er valt niets meer te antwoorden: dit voorstel is {proposal.state.label}.", "info")
        return redirect(url_for("agenda.show_proposal", proposal_id=proposal.id))
    if not (standing.is_asked or standing.decides_later):
        raise Forbidden(NOT_YOURS)
    return _page(who, opened, standing, AnswerForm(formdata=None))


def _answered(who: Viewer, proposal: Proposal) -> bool:
    return any(vote.person_id == who.person_id for each in proposal.rounds for vote in each.votes)


def _page(
    who: Viewer,
    opened: ValidationRound,
    standing: Standing,
    form: AnswerForm,
) -> str:
    proposal = opened.proposal
    own = next((v for v in opened.votes if v.person_id == who.person_id), None)
    given = given_in(form, standing)
    if not form.answer.data and own is not None and own.motive:
        given = {
            "said": (own.advice or own.answer).value,
            "as": "advice" if own.advice else "decision",
            "motive": own.motive,
            "refer_to": own.refer_to_id or "",
        }
    return render_template(
        "proposals/validate.html",
        proposal=proposal,
        opened=opened,
        standing=standing,
        votes=shown_votes(who, opened),
        own=own,
        sent_back=sent_back_before(who, proposal),
        targets=referral_targets(proposal.body),
        annexes=[annex for annex in proposal.annexes if can_read_annex(who, annex)],
        given=given,
        form=form,
        late=is_late(proposal, today()),
        can_give_back=can_give_back(who, proposal),
        keep_form=reason_form("keep"),
        batch=_has_more(who, proposal),
    )


def _has_more(who: Viewer, proposal: Proposal) -> bool:
    """Whether more than this waits for the viewer as chair of the body."""
    chairs = proposal.body_id in who.bodies_as(Role.CHAIR)
    return chairs and len(rounds_for_chair(proposal.body_id)) > 1


@blueprint.post("/voorstellen/<proposal_id>/valideren")
@signed_in
def cast_answer(proposal_id: str) -> str | tuple[str, int] | Response:
    """Answer, or change one's answer while the step is open."""
    who, person = actor()
    proposal = get_proposal(who, proposal_id, lock=True)
    form = AnswerForm()
    opened = _round_of(proposal, form.round_id.data or "")
    standing = standing_of(who, proposal, now())
    if opened.state is not RoundState.OPEN:
        if not (who.steers(proposal.body_id) or _answered(who, proposal)):
            raise Forbidden("U valideert niet voor dit overleg.")
        check_open(opened)
    if not (standing.is_asked or standing.decides_later):
        raise Forbidden(NOT_YOURS)
    if not form.validate():
        return _page(who, opened, standing, form), 422
    try:
        result = take_answer(opened, read_answer(form, standing, opened), by=person)
    except Refused as refused:
        refuse(form, refused)
        return _page(who, opened, standing, form), 422
    if proposal.state is ProposalState.VALIDATED:
        flash(VALIDATED, "success")
    else:
        flash(RESULT_MESSAGES[result] if result is not None else NOTED, "success")
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
    flash(f"De validatie is afgesloten: {result.label}.", "success")
    return redirect(url_for("agenda.show_proposal", proposal_id=proposal.id))

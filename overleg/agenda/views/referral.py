"""Referring a proposal to another body, choosing what goes along, and answering an offer."""

from collections.abc import Sequence
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from overleg.agenda.forms.reasons import ReasonForm
from overleg.agenda.forms.referral import AlongForm, ReferralForm
from overleg.agenda.models import Proposal
from overleg.agenda.permissions import can_answer_offer, can_refer_proposal
from overleg.agenda.queries.proposals import get_proposal
from overleg.agenda.queries.referral import TrailStep, offered_continuation
from overleg.agenda.queries.referral import referral_trail as trail_of
from overleg.agenda.queries.validation import referral_targets
from overleg.agenda.states import ProposalState
from overleg.agenda.views.blueprint import blueprint
from overleg.agenda.views.who import actor
from overleg.agenda.workflow.offers import accept_offer as accept
from overleg.agenda.workflow.offers import send_back_offer as send_back
from overleg.agenda.workflow.referral import Along, choose_along, refer_outside_validation
from overleg.lib.errors import Forbidden, NotPossible
from overleg.lib.text import upper_first
from overleg.web.access import signed_in, viewer
from overleg.web.clock import now

SENDING = frozenset({ProposalState.REFERRED, ProposalState.TREATED})
Page = str | tuple[str, int] | Response


@blueprint.app_template_global()
def referral_trail(proposal: Proposal) -> Sequence[TrailStep]:
    """The trail of a proposal for who looks."""
    return trail_of(viewer(), proposal)


@blueprint.app_template_global()
def referral_actions(proposal: Proposal) -> dict[str, Any]:
    """What who looks can do about a referral of this proposal, for its page."""
    who = viewer()
    answers = can_answer_offer(who, proposal)
    sends = who.supports(proposal.body_id) and proposal.state in SENDING
    return {
        "refer": can_refer_proposal(who, proposal),
        "choose": sends and offered_continuation(proposal) is not None,
        "answer": answers,
        "form": ReasonForm(formdata=None, prefix="terug-") if answers else None,
    }


@blueprint.route("/voorstellen/<proposal_id>/verwijzen", methods=["GET", "POST"])
@signed_in
def refer_proposal(proposal_id: str) -> Page:
    """Refer a proposal along the allow-list of its body, and choose what goes along."""
    who, person = actor()
    proposal = get_proposal(who, proposal_id, lock=request.method == "POST")
    if not who.supports(proposal.body_id):
        raise Forbidden("Alleen de ondersteuners verwijzen een voorstel buiten de validatie om.")
    if not can_refer_proposal(who, proposal):
        raise NotPossible(
            f"“{proposal.title}” is {proposal.state.label} en kan nu niet verwezen worden."
            if proposal.body.refers_to
            else f"{upper_first(proposal.body.the_name)} verwijst naar geen enkel ander overleg. "
            "Kies dat eerst bij de instellingen."
        )
    form = ReferralForm()
    form.offer(proposal)
    if form.validate_on_submit():
        to = next(body for body in referral_targets(proposal.body) if body.id == form.to.data)
        refer_outside_validation(
            proposal, to, reason=form.reason.data, along=form.along, by=person, now=now()
        )
        flash(
            f"Het voorstel is aangeboden aan {to.the_name}. De ondersteuners weten het.", "success"
        )
        return redirect(url_for("agenda.show_proposal", proposal_id=proposal.id))
    page = render_template("proposals/refer.html", proposal=proposal, form=form, to=None)
    return page, 422 if form.errors else 200


@blueprint.route("/voorstellen/<proposal_id>/meegeven", methods=["GET", "POST"])
@signed_in
def choose_what_goes_along(proposal_id: str) -> Page:
    """Choose again what goes along, while the other body did not answer."""
    who, person = actor()
    proposal = get_proposal(who, proposal_id, lock=request.method == "POST")
    if not who.supports(proposal.body_id):
        raise Forbidden("Alleen de ondersteuners kiezen wat meegaat met een verwijzing.")
    continued = offered_continuation(proposal)
    if continued is None:
        raise NotPossible("Het andere overleg antwoordde al: wat meegaat, ligt vast.")
    form = AlongForm()
    form.offer(proposal, _chosen(proposal, continued))
    if form.validate_on_submit():
        choose_along(continued, form.along, by=person, now=now())
        flash(f"Wat meegaat naar {continued.body.the_name} is bewaard.", "success")
        return redirect(url_for("agenda.show_proposal", proposal_id=proposal.id))
    page = render_template("proposals/refer.html", proposal=proposal, form=form, to=continued.body)
    return page, 422 if form.errors else 200


def _chosen(proposal: Proposal, continued: Proposal) -> Along:
    went = {annex.file_id for annex in continued.annexes}
    return Along(
        [annex.id for annex in proposal.annexes if annex.file_id in went],
        answers=bool(continued.answers) or not proposal.answers,
    )


@blueprint.post("/voorstellen/<proposal_id>/aanvaarden")
@signed_in
def accept_offer(proposal_id: str) -> Response:
    """Take a proposal that another body referred: its validation begins here."""
    who, person = actor()
    proposal = get_proposal(who, proposal_id, lock=True)
    _check_supports(supports=who.supports(proposal.body_id))
    accept(proposal, by=person, now=now())
    flash("Het voorstel is aanvaard. De indiener en het andere overleg weten het.", "success")
    return redirect(url_for("agenda.show_proposal", proposal_id=proposal.id))


@blueprint.post("/voorstellen/<proposal_id>/terugzenden")
@signed_in
def send_back_offer(proposal_id: str) -> Response:
    """Send a referred proposal back to where it came from, with a reason."""
    who, person = actor()
    proposal = get_proposal(who, proposal_id, lock=True)
    _check_supports(supports=who.supports(proposal.body_id))
    form = ReasonForm(prefix="terug-")
    if not form.validate():
        flash("Geef een reden: de indiener en het andere overleg krijgen ze te lezen.", "warning")
        return redirect(url_for("agenda.show_proposal", proposal_id=proposal.id))
    send_back(proposal, reason=form.reason.data, by=person, now=now())
    flash("Het voorstel gaat terug. De indiener en het andere overleg weten waarom.", "success")
    return redirect(url_for("agenda.show_proposal", proposal_id=proposal.id))


def _check_supports(*, supports: bool) -> None:
    if not supports:
        raise Forbidden("Alleen de ondersteuners van dit overleg antwoorden op een verwijzing.")

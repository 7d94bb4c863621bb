"""Submitting together, signing off, and asking a proposal back: buttons on its page."""

from flask import flash, redirect, url_for
from werkzeug.wrappers import Response

from overleg.agenda.forms.around import AskAlongForm
from overleg.agenda.models import CoSubmitter, Proposal
from overleg.agenda.permissions import can_ask_along, is_submitter_side
from overleg.agenda.queries.choices import people_to_ask
from overleg.agenda.queries.proposals import get_proposal
from overleg.agenda.views.blueprint import blueprint
from overleg.agenda.views.proposals import page_of, reason_form
from overleg.agenda.views.who import actor
from overleg.agenda.views.writing import submitted_message
from overleg.agenda.workflow.asking_back import ask_back, give_back, not_give_back
from overleg.agenda.workflow.co_submitting import ask_along as ask
from overleg.agenda.workflow.co_submitting import (
    confirm_along,
    decline_along,
    drop_along,
)
from overleg.agenda.workflow.sign_off import (
    pass_without_director,
    return_to_writer,
)
from overleg.agenda.workflow.sign_off import sign_off as sign
from overleg.lib.errors import Forbidden, NotFound
from overleg.organisations.states import Role
from overleg.organisations.viewer import Viewer
from overleg.web.access import signed_in
from overleg.web.clock import now, today
from overleg.web.gone import gone_already

Answer = tuple[str, int] | Response


def _back(proposal: Proposal) -> Response:
    return redirect(url_for("agenda.show_proposal", proposal_id=proposal.id))


def _asked_me(who: Viewer, proposal: Proposal) -> CoSubmitter:
    found = next((e for e in proposal.co_submitters if e.person_id == who.person_id), None)
    if found is None:
        raise Forbidden("U bent niet gevraagd om dit voorstel mee in te dienen.")
    return found


@blueprint.post("/voorstellen/<proposal_id>/samen")
@signed_in
def ask_along(proposal_id: str) -> Answer:
    """Ask somebody with a seat to submit along."""
    who, person = actor()
    proposal = get_proposal(who, proposal_id, lock=True)
    if not is_submitter_side(who, proposal) and not who.supports(proposal.body_id):
        raise Forbidden("Alleen de indiener vraagt iemand mee.")
    people = people_to_ask(proposal.body_id, proposal, today())
    form = AskAlongForm()
    form.offer(people)
    if can_ask_along(who, proposal) and not form.validate():
        return page_of(who, proposal, asking=form), 422
    chosen = next((each for each in people if each.person.id == form.person_id.data), None)
    if chosen is None:
        raise NotFound
    ask(proposal, chosen.person, chosen.organisation, by=person, now=now())
    flash(f"{chosen.person.name} kreeg een mail en antwoordt op deze pagina.", "success")
    return _back(proposal)


@blueprint.post("/voorstellen/<proposal_id>/samen/<asked_id>/weghalen")
@signed_in
def drop_co_submitter(proposal_id: str, asked_id: str) -> Response:
    """Ask somebody no longer."""
    who, person = actor()
    proposal = get_proposal(who, proposal_id, lock=True)
    if not is_submitter_side(who, proposal) and not who.supports(proposal.body_id):
        raise Forbidden("Alleen de indiener vraagt iemand niet langer mee.")
    asked = next((each for each in proposal.co_submitters if each.id == asked_id), None)
    if asked is None:
        page = url_for("agenda.show_proposal", proposal_id=proposal.id)
        return gone_already("Deze persoon werd al niet meer gevraagd.", page)
    name = asked.person.name
    drop_along(asked, by=person, now=now())
    flash(f"{name} wordt niet langer gevraagd.", "success")
    return _back(proposal)


@blueprint.post("/voorstellen/<proposal_id>/mee-indienen")
@signed_in
def confirm_co_submission(proposal_id: str) -> Response:
    """Submit along."""
    who, person = actor()
    proposal = get_proposal(who, proposal_id, lock=True)
    confirm_along(_asked_me(who, proposal), by=person, now=now())
    flash("Bevestigd: u dient dit voorstel mee in. De indiener kreeg een mail.", "success")
    return _back(proposal)


@blueprint.post("/voorstellen/<proposal_id>/niet-mee-indienen")
@signed_in
def decline_co_submission(proposal_id: str) -> Answer:
    """Not submit along, with a reason."""
    who, person = actor()
    proposal = get_proposal(who, proposal_id, lock=True)
    asked = _asked_me(who, proposal)
    form = reason_form("decline")
    if not form.validate():
        return page_of(who, proposal, tried={"decline": form}), 422
    decline_along(asked, reason=form.reason.data or "", by=person, now=now())
    flash("Genoteerd: u dient dit voorstel niet mee in. De indiener kreeg uw reden.", "success")
    return redirect(url_for("agenda.list_proposals"))


@blueprint.post("/voorstellen/<proposal_id>/akkoord")
@signed_in
def sign_off(proposal_id: str) -> Response:
    """Agree as general director; or let it pass as support staff where there is none."""
    who, person = actor()
    proposal = get_proposal(who, proposal_id, lock=True)
    if proposal.organisation_id in _directs(who):
        sign(proposal, by=person, now=now())
    elif who.supports(proposal.body_id):
        pass_without_director(proposal, by=person, now=now())
    else:
        raise Forbidden("Alleen de algemeen directeur gaat hiermee akkoord.")
    flash(submitted_message(proposal), "success")
    return _back(proposal)


@blueprint.post("/voorstellen/<proposal_id>/niet-akkoord")
@signed_in
def return_unsigned(proposal_id: str) -> Answer:
    """Send it back to its writer as general director, with a reason."""
    who, person = actor()
    proposal = get_proposal(who, proposal_id, lock=True)
    if proposal.organisation_id not in _directs(who):
        raise Forbidden("Alleen de algemeen directeur stuurt dit terug.")
    form = reason_form("unsigned")
    if not form.validate():
        return page_of(who, proposal, tried={"unsigned": form}), 422
    return_to_writer(proposal, reason=form.reason.data or "", by=person, now=now())
    flash("Teruggestuurd: wie het schreef, kreeg uw reden.", "success")
    return _back(proposal)


def _directs(who: Viewer) -> frozenset[str]:
    return who.organisations_as(Role.DIRECTOR)


@blueprint.post("/voorstellen/<proposal_id>/terugvragen")
@signed_in
def ask_proposal_back(proposal_id: str) -> Answer:
    """Ask a submitted proposal back for a change, with a reason."""
    who, person = actor()
    proposal = get_proposal(who, proposal_id, lock=True)
    if not is_submitter_side(who, proposal):
        raise Forbidden("Alleen de indiener vraagt dit voorstel terug.")
    form = reason_form("ask_back")
    if not form.validate():
        return page_of(who, proposal, tried={"ask_back": form}), 422
    ask_back(proposal, reason=form.reason.data or "", by=person, now=now())
    flash("Gevraagd. De ondersteuners kregen een mail en antwoorden.", "success")
    return _back(proposal)


@blueprint.post("/voorstellen/<proposal_id>/teruggeven")
@signed_in
def give_proposal_back(proposal_id: str) -> Response:
    """Give it back as it was asked."""
    who, person = actor()
    proposal = get_proposal(who, proposal_id, lock=True)
    if not who.steers(proposal.body_id):
        raise Forbidden("Alleen de ondersteuners en wie valideert geven een voorstel terug.")
    give_back(proposal, by=person, now=now())
    flash("Teruggegeven: de indiener kreeg een mail en kan het wijzigen.", "success")
    return _back(proposal)


@blueprint.post("/voorstellen/<proposal_id>/niet-teruggeven")
@signed_in
def keep_proposal(proposal_id: str) -> Answer:
    """Have it go on as it is, with a reason."""
    who, person = actor()
    proposal = get_proposal(who, proposal_id, lock=True)
    if not who.steers(proposal.body_id):
        raise Forbidden("Alleen de ondersteuners en wie valideert geven een voorstel terug.")
    form = reason_form("keep")
    if not form.validate():
        return page_of(who, proposal, tried={"keep": form}), 422
    not_give_back(proposal, reason=form.reason.data or "", by=person, now=now())
    flash("Genoteerd: het voorstel gaat verder. De indiener kreeg uw reden.", "success")
    return _back(proposal)

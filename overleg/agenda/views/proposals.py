"""The list of proposals and the page of one, with what can be done from there."""

from collections.abc import Mapping
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from overleg.agenda.forms.around import AskAlongForm
from overleg.agenda.forms.reasons import AnnexCircleForm, ReasonForm
from overleg.agenda.models import Proposal
from overleg.agenda.own_side import own_side_of
from overleg.agenda.permissions import (
    can_edit_proposal,
    can_move_validation,
    can_read_annex,
    can_submit_proposal,
    can_withdraw_proposal,
    has_where_to_propose,
    is_submitter_side,
    may_propose,
    reads_along,
)
from overleg.agenda.progress import OfReader, is_late, readers_of, steps_of, what_next
from overleg.agenda.queries.dossiers import dossier_treatments
from overleg.agenda.queries.history import history_of_proposal
from overleg.agenda.queries.items import OPEN_STATES, items_of_proposal, meeting_days_of
from overleg.agenda.queries.proposals import get_proposal, proposal_bodies
from overleg.agenda.queries.worklists import Worklist
from overleg.agenda.queries.worklists import list_proposals as find_proposals
from overleg.agenda.results import results_of
from overleg.agenda.standing import sent_back_before, shown_rounds, standing_of
from overleg.agenda.states import ProposalState
from overleg.agenda.views.blueprint import blueprint
from overleg.agenda.views.who import actor
from overleg.agenda.views.writing import submitted_message
from overleg.agenda.workflow.rounds import open_round, suggests_information
from overleg.agenda.workflow.submitting import missing_for_submission
from overleg.agenda.workflow.submitting import submit_proposal as submit
from overleg.agenda.workflow.submitting import withdraw_proposal as withdraw
from overleg.lib.errors import Forbidden
from overleg.lib.text import join_words
from overleg.organisations.queries import steering_roles
from overleg.organisations.states import Role
from overleg.organisations.viewer import Viewer
from overleg.scheduling.models import Meeting
from overleg.web.access import signed_in, viewer
from overleg.web.clock import now, today

_PREFIXES = {
    "withdraw": "",
    "decline": "decline-",
    "unsigned": "unsigned-",
    "ask_back": "ask_back-",
    "keep": "keep-",
}
"""The forms with a reason on the page of a proposal; each has a field of its own."""
WORKLIST_LABELS = {
    Worklist.TO_VALIDATE: "Te valideren door mij",
    Worklist.TO_SIGN_OFF: "Wacht op mijn akkoord",
    Worklist.TO_CONFIRM: "Dient u mee in?",
    Worklist.ASKED_BACK: "Teruggevraagd",
    Worklist.RETURNED: "Teruggestuurd",
    Worklist.WAITING: "Wacht op ondersteuning",
    Worklist.READY: "Klaar voor de agenda",
    Worklist.MINE: "Mijn voorstellen",
    Worklist.ALL: "Alle",
}


@blueprint.get("/voorstellen")
@signed_in
def list_proposals() -> str:
    """The worklist; ``?toon=``, ``?overleg=<slug>``, ``?stand=`` and ``?pagina=`` narrow it."""
    who: Viewer = viewer()
    shown = _worklists_of(who)
    asked = request.args.get("toon", "")
    wanted = [Worklist(asked)] if asked in set(shown) else _first_to_show(shown)
    body_slug = request.args.get("overleg", "")
    stand = request.args.get("stand", "")
    state = ProposalState(stand) if stand in set(ProposalState) else None
    number = max(1, min(request.args.get("pagina", 1, type=int), 10_000))
    page = find_proposals(who, *wanted, body_slug=body_slug, state=state, page=number)
    worklist = page.worklist
    kept = {"overleg": body_slug, "stand": stand}
    filters = [
        {
            "label": WORKLIST_LABELS[choice],
            "url": _address({"toon": choice.value, **kept}),
            "current": choice is worklist,
            "count": page.counts[choice],
        }
        for choice in shown
        if page.counts[choice] or choice is worklist or _always_shown(choice, shown)
    ]
    return render_template(
        "proposals/list.html",
        page=page,
        worklist=worklist,
        filters=filters,
        bodies=proposal_bodies(who),
        body_slug=body_slug,
        state=state,
        states=ProposalState,
        kept={"toon": worklist.value, **kept},
        can_propose=has_where_to_propose(who),
        open_round=open_round,
        meeting_days=meeting_days_of(page.proposals),
        now=now(),
    )


NOW_AND_THEN = frozenset(
    {Worklist.TO_SIGN_OFF, Worklist.TO_CONFIRM, Worklist.ASKED_BACK, Worklist.RETURNED}
)
"""Shown only while there is something in it."""


def _always_shown(choice: Worklist, shown: list[Worklist]) -> bool:
    """Not what is asked of somebody only now and then, of other bodies' proposals for instance."""
    if choice is Worklist.TO_VALIDATE:
        return shown[0] is choice
    return choice not in NOW_AND_THEN


def _worklists_of(who: Viewer) -> list[Worklist]:
    shown = []
    if who.bodies_as(Role.CHAIR, Role.COMMITTEE):
        shown.append(Worklist.TO_VALIDATE)
    if who.bodies_as(Role.SUPPORT):
        shown += [Worklist.WAITING, Worklist.READY]
    if may_propose(who):
        shown.append(Worklist.MINE)
    shown.append(Worklist.ALL)
    asked_seldom = [] if shown[0] is Worklist.TO_VALIDATE else [Worklist.TO_VALIDATE]
    return [shown[0], *asked_seldom, *sorted(NOW_AND_THEN), *shown[1:]]


def _first_to_show(shown: list[Worklist]) -> list[Worklist]:
    """What is asked comes first; who validates hears that nothing is."""
    return shown[:1] if shown[0] is Worklist.TO_VALIDATE else shown


def _address(asked: dict[str, str]) -> str:
    """The list with these choices; empty ones are left out."""
    chosen: dict[str, Any] = {key: value for key, value in asked.items() if value}
    return url_for("agenda.list_proposals", **chosen)


@blueprint.get("/voorstellen/<proposal_id>")
@signed_in
def show_proposal(proposal_id: str) -> str:
    """A proposal: where it stands, what is next, who may read it, and its history."""
    who: Viewer = viewer()
    return page_of(who, get_proposal(who, proposal_id))


def reason_form(kind: str) -> ReasonForm:
    """One of the forms with a reason on the page of a proposal, with what was sent in it."""
    return ReasonForm(prefix=_PREFIXES[kind])


def page_of(
    who: Viewer,
    proposal: Proposal,
    *,
    tried: Mapping[str, ReasonForm] | None = None,
    asking: AskAlongForm | None = None,
) -> str:
    """The page of a proposal; ``tried`` and ``asking`` are forms that were not right."""
    side = own_side_of(who, proposal, today())
    if asking is None:
        asking = AskAlongForm(formdata=None)
        asking.offer(side.to_ask)
    reasons = {kind: ReasonForm(formdata=None, prefix=each) for kind, each in _PREFIXES.items()}
    standing = standing_of(who, proposal, now())
    opened = standing.opened
    waits = proposal.state in {ProposalState.SUBMITTED, ProposalState.IN_VALIDATION}
    point = next(
        (item for item in reversed(items_of_proposal(proposal.id)) if item.position > 0),
        None,
    )
    annexes = [annex for annex in proposal.annexes if can_read_annex(who, annex)]
    treatments = dossier_treatments(who, proposal)
    on_sent_agenda = any(t.meeting for t in treatments if t.proposal.id == proposal.id)
    steers = who.steers(proposal.body_id)
    can_start = waits and can_move_validation(who, proposal)
    told: dict[str, Any] = {
        "steps": steps_of(proposal),
        "next_sentence": what_next(
            proposal,
            opened=opened,
            still_to_answer=[person.name for person in standing.to_come],
            missing=standing.missing,
            point=point,
            directors=side.directors,
            of_reader=OfReader(
                changes=can_submit_proposal(who, proposal),
                answers=who.person_id in {person.id for person in standing.to_come},
                decides=bool(standing.answers) or standing.decides_later,
                gives_back=side.can_give_back,
            ),
        ),
        "reason": proposal.state_reason if _may_read_reason(who, proposal) else "",
        "readers": readers_of(
            proposal,
            steering=steering_roles(proposal.body_id, today()),
            on_sent_agenda=on_sent_agenda,
        ),
        "late": is_late(proposal, today()),
        "missing": standing.missing,
        "results": results_of(who, proposal, today()) if point is not None else [],
        "point": point if steers or on_sent_agenda else None,
        "prepared": _prepared_for(who, proposal),
        "can_edit": can_edit_proposal(who, proposal),
        "can_submit": can_submit_proposal(who, proposal),
        "can_withdraw": can_withdraw_proposal(who, proposal),
        "can_vote": standing.is_asked,
        "can_start": can_start and (opened is None or standing.missing != ""),
        "can_close": (
            can_start
            and opened is not None
            and standing.is_of_several
            and not standing.is_for_chair
            and now() >= opened.due_at_utc
        ),
        "information_suggested": steers and suggests_information(proposal),
    }
    return render_template(
        "proposals/show.html",
        proposal=proposal,
        opened=opened,
        rounds=shown_rounds(who, proposal, standing) if steers else [],
        sent_back=sent_back_before(who, proposal),
        annexes=annexes,
        circle_form=AnnexCircleForm(formdata=None),
        treatments=treatments,
        entries=history_of_proposal(who, proposal),
        side=side,
        asking=asking,
        reasons=reasons | dict(tried or {}),
        **told,
    )


def _prepared_for(who: Viewer, proposal: Proposal) -> Meeting | None:
    """The meeting on whose agenda this person can put what waits for one, where it is wished."""
    wished = proposal.wished_meeting
    if proposal.state is not ProposalState.VALIDATED or wished is None:
        return None
    return wished if who.supports(wished.body_id) and wished.state in OPEN_STATES else None


def _may_read_reason(who: Viewer, proposal: Proposal) -> bool:
    return proposal.state is ProposalState.WITHDRAWN or reads_along(who, proposal)


@blueprint.post("/voorstellen/<proposal_id>/indienen")
@signed_in
def submit_proposal(proposal_id: str) -> Response:
    """Submit a draft, or again what came back."""
    who, person = actor()
    proposal = get_proposal(who, proposal_id, lock=True)
    if not is_submitter_side(who, proposal):
        raise Forbidden("Alleen de indiener kan dit voorstel indienen.")
    if can_submit_proposal(who, proposal) and (missing := missing_for_submission(proposal)):
        flash(f"Vul eerst nog {join_words(missing)} in.", "warning")
        return redirect(url_for("agenda.edit_proposal", proposal_id=proposal.id))
    submit(proposal, by=person, now=now())
    flash(submitted_message(proposal), "success")
    return redirect(url_for("agenda.show_proposal", proposal_id=proposal.id))


@blueprint.post("/voorstellen/<proposal_id>/intrekken")
@signed_in
def withdraw_proposal(proposal_id: str) -> str | tuple[str, int] | Response:
    """Take a proposal back, with a reason once it was submitted."""
    who, person = actor()
    proposal = get_proposal(who, proposal_id, lock=True)
    if not is_submitter_side(who, proposal) and not who.supports(proposal.body_id):
        raise Forbidden("Alleen de indiener of een ondersteuner trekt dit voorstel in.")
    form = reason_form("withdraw")
    submitted = proposal.submitted_at_utc is not None
    if submitted and can_withdraw_proposal(who, proposal) and not form.validate():
        return page_of(who, proposal, tried={"withdraw": form}), 422
    withdraw(proposal, reason=form.reason.data or "", by=person, now=now())
    flash("Het voorstel is ingetrokken." if submitted else "Het concept is weggelegd.", "success")
    return redirect(url_for("agenda.show_proposal", proposal_id=proposal.id))

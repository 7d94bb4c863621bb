"""Submitting a proposal, and taking it back."""

from datetime import datetime

from overleg.accounts.models import Person
from overleg.agenda.models import AgendaItem, Proposal
from overleg.agenda.notices import tell_support_withdrawn
from overleg.agenda.queries.directors import directors_of
from overleg.agenda.queries.items import OPEN_STATES, items_of_proposal
from overleg.agenda.side_notices import tell_directors, tell_on_behalf, tell_support_no_director
from overleg.agenda.states import ItemState, ProposalState
from overleg.agenda.workflow.co_submitting import ask_again_where_changed
from overleg.agenda.workflow.moves import check_move, move
from overleg.agenda.workflow.order import leave_agenda, lock_agenda, read_anew
from overleg.agenda.workflow.questions import unanswered
from overleg.agenda.workflow.revisions import remember_words
from overleg.agenda.workflow.validation import begin_validation, stop_rounds
from overleg.audit.states import Verb
from overleg.lib.dates import local_date
from overleg.lib.errors import NotPossible, Refused
from overleg.lib.richtext import html_to_plain
from overleg.lib.text import join_words, upper_first
from overleg.scheduling.states import MeetingState


def missing_for_submission(proposal: Proposal) -> list[str]:
    """What still has to be filled in before it can be submitted, as people call it."""
    missing = [] if proposal.title.strip() else ["een titel"]
    if not html_to_plain(proposal.explanation_html).strip():
        missing.append("een toelichting")
    return missing + [f"een antwoord op “{question}”" for question in unanswered(proposal)]


def submit_proposal(proposal: Proposal, *, by: Person, now: datetime) -> None:
    """Submit a draft, or submit again what came back; its first validation step opens.

    Where the organisation wants it signed off, it first waits for the general director, unless
    that is who writes or submits it. A body without steps validates at once. Raises
    ``NotPossible`` or, for an incomplete one, ``Refused`` with what is missing.
    """
    check_move(proposal, ProposalState.SUBMITTED)
    if missing := missing_for_submission(proposal):
        raise Refused(
            f"Vul eerst nog {join_words(missing)} in; dan kan het voorstel ingediend worden."
        )
    ask_again_where_changed(proposal, by=by, now=now)
    if not proposal.organisation.requires_sign_off:
        enter_validation(proposal, by=by, now=now)
        return
    directors = directors_of(proposal.organisation_id, local_date(now))
    if {by.id, proposal.created_by_id} & {person.id for person in directors}:
        enter_validation(proposal, by=by, now=now)
        return
    move(
        proposal,
        ProposalState.AWAITING_SIGN_OFF,
        Verb.PROPOSAL_LAID_BEFORE_DIRECTOR,
        by=by,
        now=now,
    )
    if directors:
        tell_directors(proposal, directors, now=now)
    else:
        tell_support_no_director(proposal, now=now)


def enter_validation(
    proposal: Proposal,
    *,
    by: Person,
    now: datetime,
    verb: Verb = Verb.PROPOSAL_SUBMITTED,
    told: str = "",
) -> None:
    """Have a complete proposal leave its organisation; ``told`` is what the history adds."""
    remember_words(proposal, by=by, now=now)
    move(proposal, ProposalState.SUBMITTED, verb, by=by, now=now, reason=told)
    proposal.state_reason = ""
    proposal.submitted_at_utc = now
    proposal.asked_back_at_utc = None
    proposal.asked_back_reason = ""
    if proposal.submitter_id not in {by.id, proposal.created_by_id}:
        tell_on_behalf(proposal, now=now)
    begin_validation(proposal, by=by, now=now)


def withdraw_proposal(proposal: Proposal, *, reason: str, by: Person, now: datetime) -> None:
    """Take a proposal back; open validation stops and its point on an agenda reads *ingetrokken*.

    A draft needs no reason. Raises ``NotPossible`` once the meeting has begun, ``Refused`` without
    reason.
    """
    check_move(proposal, ProposalState.WITHDRAWN)
    submitted = proposal.submitted_at_utc is not None
    if submitted and not reason.strip():
        raise Refused("Zeg in enkele woorden waarom u het voorstel intrekt.")
    for item in _points_to_come(proposal):
        leave_agenda(item)
    stop_rounds(proposal, now=now)
    move(
        proposal,
        ProposalState.WITHDRAWN,
        Verb.PROPOSAL_WITHDRAWN,
        by=by,
        now=now,
        reason=reason.strip(),
    )
    if submitted:
        tell_support_withdrawn(proposal, by=by, now=now)


def _points_to_come(proposal: Proposal) -> list[AgendaItem]:
    """Its points on agendas to come, which are held from here on, so that none begins meanwhile."""
    points = [item for item in items_of_proposal(proposal.id) if item.state is ItemState.SCHEDULED]
    for item in points:
        meeting = item.meeting
        lock_agenda(meeting)
        read_anew(item)
        if meeting.state not in OPEN_STATES | {MeetingState.CANCELLED}:
            raise NotPossible(
                f"{upper_first(meeting.the_title)} is al begonnen: het voorstel kan niet meer "
                "ingetrokken worden. Vraag de ondersteuning om het punt als uitgesteld of "
                "ingetrokken te noteren."
            )
    return points

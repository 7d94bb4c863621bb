"""Submitting together: somebody is asked along, and confirms or declines."""

from datetime import datetime

from overleg.accounts.models import Person
from overleg.agenda.models import CoSubmitter, Proposal
from overleg.agenda.permissions import NOT_YET_SCHEDULED
from overleg.agenda.side_notices import tell_answered_along, tell_asked_again, tell_asked_along
from overleg.agenda.states import CoSubmitterState
from overleg.agenda.workflow.confirming import is_other_text, words_of
from overleg.audit.states import Verb
from overleg.audit.workflow import Actor, record
from overleg.db import new_id, session
from overleg.lib.errors import NotPossible, Refused
from overleg.organisations.models import Organisation


def _guard(proposal: Proposal) -> None:
    if proposal.state not in NOT_YET_SCHEDULED:
        raise NotPossible(
            f"“{proposal.title}” is {proposal.state.label}: wie het indient, ligt vast."
        )


def ask_along(
    proposal: Proposal, person: Person, organisation: Organisation, *, by: Person, now: datetime
) -> CoSubmitter:
    """Ask somebody with a seat in the body to submit along, for an organisation; tell them.

    Who declined can be asked again. Raises ``NotPossible`` once it is scheduled, and for somebody
    who is on it already.
    """
    _guard(proposal)
    if person.id == proposal.submitter_id:
        raise NotPossible(f"{person.name} dient dit voorstel zelf al in.")
    asked = next((each for each in proposal.co_submitters if each.person_id == person.id), None)
    if asked is not None and asked.state is not CoSubmitterState.DECLINED:
        raise NotPossible(f"{person.name} is al gevraagd.")
    if asked is None:
        asked = CoSubmitter(id=new_id(), person=person, organisation=organisation)
        proposal.co_submitters.append(asked)
    asked.state, asked.reason = CoSubmitterState.ASKED, ""
    asked.asked_at_utc, asked.answered_at_utc = now, None
    session().flush()
    record(Verb.PROPOSAL_CO_ASKED, proposal, by=by, now=now, reason=f"Gevraagd: {person.name}.")
    tell_asked_along(asked, by=by, now=now)
    return asked


def confirm_along(asked: CoSubmitter, *, by: Person, now: datetime) -> None:
    """Submit along. Raises ``NotPossible`` once it is scheduled or when it was answered."""
    _answer(asked, CoSubmitterState.CONFIRMED, "", now)
    asked.confirmed_words = words_of(asked.proposal)
    record(Verb.PROPOSAL_CO_CONFIRMED, asked.proposal, by=by, now=now)
    tell_answered_along(asked, now=now)


def ask_again_where_changed(proposal: Proposal, *, by: Actor, now: datetime) -> None:
    """Have those who confirmed other words than the present ones confirm again, and tell them why.

    Small corrections leave a confirmation as it is; see ``is_other_text``.
    """
    words = words_of(proposal)
    for each in proposal.co_submitters:
        confirmed = each.state is CoSubmitterState.CONFIRMED and each.confirmed_words
        if not confirmed or not is_other_text(each.confirmed_words, words):
            continue
        each.state, each.asked_at_utc, each.answered_at_utc = CoSubmitterState.ASKED, now, None
        session().flush()
        why = f"Opnieuw gevraagd: {each.person.name}, want de tekst wijzigde."
        record(Verb.PROPOSAL_CO_ASKED, proposal, by=by, now=now, reason=why)
        tell_asked_again(each, by=by, now=now)


def decline_along(asked: CoSubmitter, *, reason: str, by: Person, now: datetime) -> None:
    """Not submit along, or no longer. Raises ``NotPossible``, or ``Refused`` without reason."""
    if not reason.strip():
        raise Refused("Zeg in enkele woorden waarom u niet mee indient.")
    _answer(asked, CoSubmitterState.DECLINED, reason.strip(), now)
    record(Verb.PROPOSAL_CO_DECLINED, asked.proposal, by=by, now=now, reason=reason.strip())
    tell_answered_along(asked, now=now)


def _answer(asked: CoSubmitter, state: CoSubmitterState, reason: str, now: datetime) -> None:
    _guard(asked.proposal)
    if asked.state in {state, CoSubmitterState.DECLINED}:
        raise NotPossible(f"U antwoordde al: {asked.state.label}.")
    asked.state, asked.reason, asked.answered_at_utc = state, reason, now


def drop_along(asked: CoSubmitter, *, by: Person, now: datetime) -> None:
    """Ask somebody no longer. Raises ``NotPossible`` once it is scheduled."""
    proposal = asked.proposal
    _guard(proposal)
    record(
        Verb.PROPOSAL_CO_DROPPED,
        proposal,
        by=by,
        now=now,
        reason=f"Niet langer gevraagd: {asked.person.name}.",
    )
    proposal.co_submitters.remove(asked)

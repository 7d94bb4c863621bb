"""Referring a proposal to another body: it is offered there, in the same dossier.

What the other body answers is in :mod:`overleg.agenda.workflow.offers`.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from overleg.agenda.models import Annex, AnnexVersion, CoSubmitter, Proposal, ProposalAnswer
from overleg.agenda.notices import tell_submitter
from overleg.agenda.referral_notices import tell_offered, tell_went_on
from overleg.agenda.states import CoSubmitterState, ProposalState, RoundState
from overleg.agenda.workflow.moves import check_move, move
from overleg.audit.states import Verb
from overleg.audit.workflow import Actor, record
from overleg.db import new_id, session
from overleg.documents.states import Circle
from overleg.lib.errors import NotPossible
from overleg.organisations.models import Body


@dataclass(frozen=True)
class Along:
    """What goes along with a referral: these annexes, and the answers to the body's questions."""

    annex_ids: Collection[str]
    answers: bool = True


def usual_along(proposal: Proposal) -> Along:
    """What goes along when nobody chose: all but the confidential annexes."""
    return Along([annex.id for annex in proposal.annexes if annex.circle is not Circle.MAYORS])


def refer_proposal(
    proposal: Proposal,
    to: Body,
    *,
    reason: str,
    by: Actor,
    now: datetime,
    along: Along | None = None,
) -> Proposal:
    """End the proposal as referred and give back its continuation, offered to the other body.

    What the table treated stays treated here, and goes on there all the same. Words, submitter,
    confirmed co-submitters and circle go along, and of the annexes and answers what ``along`` says;
    the wish for a meeting does not. Support staff of both bodies are told. Raises ``NotPossible``
    when the state does not allow it or no route leads to that body.
    """
    treated = proposal.state is ProposalState.TREATED
    if not treated:
        check_move(proposal, ProposalState.REFERRED)
    elif _lies_at(proposal, to):
        raise NotPossible(f"“{proposal.title}” ligt al bij {to.the_name}.")
    if to not in proposal.body.refers_to or to.is_external:
        raise NotPossible(
            f"Van {proposal.body.the_name} naar {to.the_name} kan niet verwezen worden. De "
            "ondersteuners kiezen bij de instellingen van het overleg naar waar dat kan."
        )
    continued = _continuation(proposal, to, along or usual_along(proposal), now)
    session().add(continued)
    told = f"Naar {to.the_name}. {reason}".strip()
    if treated:
        record(Verb.PROPOSAL_REFERRED, proposal, by=by, now=now, reason=told)
    else:
        move(proposal, ProposalState.REFERRED, Verb.PROPOSAL_REFERRED, by=by, now=now, reason=told)
    session().flush()
    record(
        Verb.PROPOSAL_OFFERED,
        continued,
        by=by,
        now=now,
        to_state=ProposalState.OFFERED,
        reason=f"Verwezen door {proposal.body.the_name}. {reason}".strip(),
    )
    tell_offered(continued, proposal, reason, by=by, now=now)
    return continued


def refer_outside_validation(
    proposal: Proposal, to: Body, *, reason: str, along: Along, by: Actor, now: datetime
) -> Proposal:
    """Refer a proposal that no step is deciding on, or that the table treated; tell its submitter.

    While a step is under way, its validators refer. Raises ``NotPossible``.
    """
    if any(each.state is RoundState.OPEN for each in proposal.rounds):
        raise NotPossible("De validatie loopt: wie valideert, kan het voorstel verwijzen.")
    continued = refer_proposal(proposal, to, reason=reason, along=along, by=by, now=now)
    if proposal.state is ProposalState.TREATED:
        tell_went_on(proposal, continued, reason, now=now)
    else:
        tell_submitter(proposal, now=now)
    return continued


def _lies_at(proposal: Proposal, body: Body) -> bool:
    """Whether a continuation lies at this body already, and was not sent back or withdrawn."""
    ended = [ProposalState.REFUSED, ProposalState.WITHDRAWN]
    return (
        session().scalar(
            select(Proposal.id)
            .where(
                Proposal.referred_from_id == proposal.id,
                Proposal.body_id == body.id,
                Proposal.state.not_in(ended),
            )
            .limit(1)
        )
        is not None
    )


def choose_along(continued: Proposal, along: Along, *, by: Actor, now: datetime) -> None:
    """Choose again what goes along, while the other body did not answer yet.

    Raises ``NotPossible`` afterwards.
    """
    origin = continued.referred_from
    if origin is None or continued.state is not ProposalState.OFFERED:
        raise NotPossible(
            f"“{continued.title}” is {continued.state.label}: wat meegaat, ligt vast."
        )
    continued.annexes.clear()
    continued.answers.clear()
    session().flush()
    continued.annexes.extend(_annexes(origin, along))
    continued.answers.extend(_answers(origin, along))
    session().flush()
    record(
        Verb.PROPOSAL_CHANGED, continued, by=by, now=now, reason="Wat meegaat met de verwijzing."
    )


def _continuation(proposal: Proposal, to: Body, along: Along, now: datetime) -> Proposal:
    return Proposal(
        id=new_id(),
        dossier_id=proposal.dossier_id,
        body=to,
        title=proposal.title,
        explanation_html=proposal.explanation_html,
        function=proposal.function,
        kind=proposal.kind,
        asked=proposal.asked,
        minutes_needed=proposal.minutes_needed,
        circle=proposal.circle,
        submitter_id=proposal.submitter_id,
        organisation_id=proposal.organisation_id,
        created_by_id=proposal.created_by_id,
        referred_from=proposal,
        state=ProposalState.OFFERED,
        created_at_utc=now,
        changed_at_utc=now,
        submitted_at_utc=now,
        annexes=_annexes(proposal, along),
        answers=_answers(proposal, along),
        co_submitters=[
            CoSubmitter(
                id=new_id(),
                person_id=each.person_id,
                organisation_id=each.organisation_id,
                state=each.state,
                reason=each.reason,
                confirmed_words=each.confirmed_words,
                asked_at_utc=each.asked_at_utc,
                answered_at_utc=each.answered_at_utc,
            )
            for each in proposal.co_submitters
            if each.state is CoSubmitterState.CONFIRMED
        ],
    )


def _annexes(proposal: Proposal, along: Along) -> list[Annex]:
    return [
        Annex(
            id=new_id(),
            file_id=annex.file_id,
            title=annex.title,
            position=position,
            circle=annex.circle,
            versions=[AnnexVersion(id=new_id(), number=1, file_id=annex.file_id)],
        )
        for position, annex in enumerate(
            (annex for annex in proposal.annexes if annex.id in along.annex_ids), start=1
        )
    ]


def _answers(proposal: Proposal, along: Along) -> list[ProposalAnswer]:
    if not along.answers:
        return []
    return [
        ProposalAnswer(
            id=new_id(),
            position=answer.position,
            question=answer.question,
            is_required=answer.is_required,
            answer_html=answer.answer_html,
        )
        for answer in proposal.answers
    ]

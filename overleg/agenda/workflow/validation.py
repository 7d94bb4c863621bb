"""Validation: opening the steps of a body one after the other, answering, and what follows."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from overleg.accounts.models import Person
from overleg.agenda.models import Proposal, ValidationRound, ValidationVote
from overleg.agenda.notices import (
    tell_submitter,
    tell_support_validated,
    tell_support_waiting,
    tell_validators,
)
from overleg.agenda.states import Answer, ProposalState, RoundState
from overleg.agenda.workflow.moves import move
from overleg.agenda.workflow.referral import refer_proposal
from overleg.agenda.workflow.votes import VotingRule, decide
from overleg.audit.states import Verb
from overleg.audit.workflow import Actor, record
from overleg.db import new_id, session
from overleg.lib.dates import local_date
from overleg.lib.errors import NotPossible, Refused
from overleg.organisations.models import Body, ValidationStep
from overleg.organisations.queries.bodies import people_with_role
from overleg.organisations.queries.validators import validators
from overleg.organisations.states import Role, ValidatedBy

IN_VALIDATION = frozenset({ProposalState.SUBMITTED, ProposalState.IN_VALIDATION})
ROUND_ENDS = {
    Answer.AGREE: RoundState.PASSED,
    Answer.RETURN: RoundState.RETURNED,
    Answer.REFUSE: RoundState.REFUSED,
    Answer.REFER: RoundState.REFERRED,
}


def open_round(proposal: Proposal) -> ValidationRound | None:
    """The step that is under way, if any."""
    return next((r for r in proposal.rounds if r.state is RoundState.OPEN), None)


def current_rounds(proposal: Proposal) -> list[ValidationRound]:
    """The steps since the proposal was last submitted, in order."""
    since = proposal.submitted_at_utc
    return [r for r in proposal.rounds if since is not None and r.opened_at_utc >= since]


def next_step(proposal: Proposal) -> ValidationStep | None:
    """The body's first step that this submission has not passed yet; None after the last."""
    passed = [r.position for r in current_rounds(proposal) if r.state is RoundState.PASSED]
    last = max(passed, default=0)
    return next((s for s in proposal.body.validation_steps if s.position > last), None)


def who_is_missing(
    body: Body, validated_by: ValidatedBy, quorum: int, people: Sequence[Person]
) -> str:
    """Why a step cannot be taken by these people, in a sentence; empty when it can."""
    if validated_by is ValidatedBy.CHAIR:
        return "" if people else f"{body.call_name} heeft op dit ogenblik geen voorzitter."
    if len(people) >= quorum:
        return ""
    return (
        f"De agendacommissie van {body.call_name} telt {len(people)} leden; "
        f"er zijn er {quorum} nodig om te valideren."
    )


def begin_validation(proposal: Proposal, *, by: Actor, now: datetime) -> ValidationRound | None:
    """Open the next step with the body's setting of now; after the last one it is validated.

    A step that nobody can take does not open: the proposal waits, visibly, and support staff are
    told what is missing. Raises ``NotPossible`` when a step is under way or nothing is to validate.
    """
    if proposal.state not in IN_VALIDATION:
        raise NotPossible(
            f"“{proposal.title}” is {proposal.state.label}: er valt niets te valideren."
        )
    if open_round(proposal) is not None:
        raise NotPossible("De validatie loopt al.")
    step = next_step(proposal)
    if step is None:
        _validate(proposal, by=by, now=now)
        return None
    by_chair = step.validated_by is ValidatedBy.CHAIR
    quorum = 1 if by_chair else step.quorum
    people = validators(proposal.body_id, step.validated_by, local_date(now))
    if missing := who_is_missing(proposal.body, step.validated_by, quorum, people):
        tell_support_waiting(proposal, missing, now=now)
        return None
    opened = ValidationRound(
        id=new_id(),
        position=step.position,
        validated_by=step.validated_by,
        quorum=quorum,
        majority_percent=step.majority_percent,
        state=RoundState.OPEN,
        opened_at_utc=now,
        due_at_utc=now + timedelta(days=step.days_to_answer),
    )
    proposal.rounds.append(opened)
    if proposal.state is ProposalState.SUBMITTED:
        move(
            proposal, ProposalState.IN_VALIDATION, Verb.PROPOSAL_SENT_TO_VALIDATION, by=by, now=now
        )
    else:
        record(Verb.PROPOSAL_SENT_TO_VALIDATION, proposal, by=by, now=now)
    session().flush()
    tell_validators(opened, people, now=now)
    return opened


def restart_step(proposal: Proposal, *, by: Person, now: datetime) -> ValidationRound | None:
    """Open a step that waited, or one that lost so many members that it cannot be decided any more.

    Raises ``NotPossible`` while the step can still be decided.
    """
    under_way = open_round(proposal)
    if under_way is not None:
        people = validators(proposal.body_id, under_way.validated_by, local_date(now))
        if not who_is_missing(proposal.body, under_way.validated_by, under_way.quorum, people):
            raise NotPossible(
                "De validatie loopt: wacht op de antwoorden of sluit ze na de termijn."
            )
        stop_rounds(proposal, now=now)
    return begin_validation(proposal, by=by, now=now)


def cast_vote(
    opened: ValidationRound,
    answer: Answer,
    *,
    motive: str,
    by: Person,
    now: datetime,
    refer_to: Body | None = None,
) -> Answer | None:
    """Answer in an open step, or change one's answer; the result when that decides it, else None.

    All but akkoord need a motive, and a referral a body. Raises ``NotPossible`` when the step is
    closed, ``Refused`` for what is missing.
    """
    proposal = opened.proposal
    if opened.state is not RoundState.OPEN:
        raise NotPossible(
            f"De validatie van “{proposal.title}” is al afgerond: het voorstel is "
            f"{proposal.state.label}. Uw antwoord is niet meer nodig."
        )
    motive = motive.strip()
    if answer is not Answer.AGREE and not motive:
        raise Refused("Geef een reden: de indiener krijgt ze te lezen.")
    if answer is Answer.REFER and refer_to is None:
        raise Refused("Kies naar welk overleg u het voorstel verwijst.")
    vote = next((v for v in opened.votes if v.person_id == by.id), None)
    if vote is None:
        vote = ValidationVote(id=new_id(), person=by, answer=answer, motive=motive, at_utc=now)
        opened.votes.append(vote)
    vote.answer, vote.motive, vote.at_utc = answer, motive, now
    vote.refer_to = refer_to if answer is Answer.REFER else None
    session().flush()
    record(Verb.PROPOSAL_VOTED, proposal, by=by, now=now)
    return _close_if_decided(opened, by=by, now=now)


def close_round(opened: ValidationRound, *, by: Person, now: datetime) -> Answer:
    """Decide a step whose time is over with the answers that came, provided the quorum answered.

    Raises ``NotPossible`` before the time is over or below the quorum.
    """
    if opened.state is not RoundState.OPEN:
        raise NotPossible("Deze validatie is al afgerond.")
    if now < opened.due_at_utc:
        raise NotPossible("De termijn om te antwoorden loopt nog.")
    result = _close_if_decided(opened, by=by, now=now, time_is_over=True)
    if result is None:
        raise NotPossible(
            f"Er antwoordden {len(opened.votes)} leden; {opened.quorum} zijn er nodig. "
            "Herinner de anderen eraan."
        )
    return result


def stop_rounds(proposal: Proposal, *, now: datetime) -> None:
    """End a step under way without a result."""
    under_way = open_round(proposal)
    if under_way is not None:
        under_way.state = RoundState.STOPPED
        under_way.closed_at_utc = now


def _close_if_decided(
    opened: ValidationRound, *, by: Person, now: datetime, time_is_over: bool = False
) -> Answer | None:
    votes = {vote.person_id: vote.answer for vote in opened.votes}
    body_id = opened.proposal.body_id
    day = local_date(now)
    if opened.validated_by is ValidatedBy.CHAIR:
        result: Answer | None = votes.get(by.id) or next(iter(votes.values()), None)
    else:
        result = decide(
            votes,
            {person.id for person in validators(body_id, opened.validated_by, day)},
            VotingRule(opened.quorum, opened.majority_percent),
            chairs={person.id for person in people_with_role(body_id, Role.CHAIR, day)},
            time_is_over=time_is_over,
        )
    if result is not None:
        opened.state = ROUND_ENDS[result]
        opened.closed_at_utc = now
        _follow(opened, result, by=by, now=now)
    return result


def _follow(opened: ValidationRound, result: Answer, *, by: Person, now: datetime) -> None:
    """Do with the proposal what the step decided."""
    proposal = opened.proposal
    motives = [vote.motive for vote in _in_order(opened) if vote.answer is result and vote.motive]
    reason = "\n".join(dict.fromkeys(motives))
    if result is Answer.AGREE:
        begin_validation(proposal, by=by, now=now)
        return
    if result is Answer.REFER:
        target = _commonest_target(opened)
        referred = refer_proposal(proposal, target, reason=reason, by=by, now=now)
        begin_validation(referred, by=by, now=now)
    elif result is Answer.RETURN:
        move(
            proposal, ProposalState.RETURNED, Verb.PROPOSAL_RETURNED, by=by, now=now, reason=reason
        )
    else:
        move(proposal, ProposalState.REFUSED, Verb.PROPOSAL_REFUSED, by=by, now=now, reason=reason)
    tell_submitter(proposal, now=now)


def _in_order(opened: ValidationRound) -> list[ValidationVote]:
    """The answers as they came."""
    return sorted(opened.votes, key=lambda vote: (vote.at_utc, vote.person.name))


def _commonest_target(opened: ValidationRound) -> Body:
    """Where most of those who refer would refer to; between equals, who answered first."""
    targets = [vote.refer_to for vote in _in_order(opened) if vote.refer_to is not None]
    return max(targets, key=lambda body: [t.id for t in targets].count(body.id))


def _validate(proposal: Proposal, *, by: Actor, now: datetime) -> None:
    move(proposal, ProposalState.VALIDATED, Verb.PROPOSAL_VALIDATED, by=by, now=now)
    session().flush()
    tell_submitter(proposal, now=now)
    tell_support_validated(proposal, now=now)

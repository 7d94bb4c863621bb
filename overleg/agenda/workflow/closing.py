"""Ending a validation step: with what several answered, with one decision, or by the chair."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from overleg.accounts.models import Person
from overleg.agenda.models import ValidationRound, ValidationVote
from overleg.agenda.notices import tell_submitter
from overleg.agenda.queries.validation import answerers, chairs_of, referral_targets
from overleg.agenda.states import Answer, ProposalState, RoundState
from overleg.agenda.validation_notices import tell_passed_to_chair
from overleg.agenda.workflow.moves import move
from overleg.agenda.workflow.referral import refer_proposal
from overleg.agenda.workflow.rounds import begin_validation
from overleg.agenda.workflow.votes import VotingRule, decide
from overleg.audit.states import Verb
from overleg.audit.workflow import Actor, record
from overleg.lib.dates import local_date
from overleg.lib.text import upper_first
from overleg.organisations.models import Body

ROUND_ENDS = {
    Answer.AGREE: RoundState.PASSED,
    Answer.RETURN: RoundState.RETURNED,
    Answer.REFUSE: RoundState.REFUSED,
    Answer.REFER: RoundState.REFERRED,
}


@dataclass(frozen=True)
class Several:
    """Those who answer in a step together: the journal names them for what they decided."""

    name: str
    id: str | None = None


def several_of(opened: ValidationRound) -> Several:
    """``De agendacommissie``, or the other body whose members answer."""
    if opened.asked_body is not None:
        return Several(upper_first(opened.asked_body.the_call_name))
    return Several(f"De {opened.validated_by.label}")


def pass_to_chair(
    opened: ValidationRound, chairs: Sequence[Person], *, why: str, by: Actor, now: datetime
) -> None:
    """Leave an open step to the chair from now on; ``why`` is a sentence for mail and journal."""
    opened.passed_to_chair_at_utc = now
    record(Verb.PROPOSAL_PASSED_TO_CHAIR, opened.proposal, by=by, now=now, reason=why)
    tell_passed_to_chair(opened, chairs, why=why, now=now)


def close_if_decided(
    opened: ValidationRound, *, by: Person, now: datetime, time_is_over: bool = False
) -> Answer | None:
    """End a step of several when the answers decide it; returns the result, None while open.

    ``by`` gave the last answer, or ended the waiting.
    """
    day = local_date(now)
    body = opened.proposal.body
    chairs = chairs_of(body.id, day)
    result = decide(
        {vote.person_id: vote.answer for vote in opened.votes},
        {person.id for person in answerers(opened.proposal, opened, day)},
        VotingRule(opened.quorum, opened.majority_percent),
        chairs={person.id for person in chairs},
        time_is_over=time_is_over,
    )
    if result is None:
        return None
    target = _commonest_target(opened) if result is Answer.REFER else None
    if result is Answer.REFER and target is None:
        why = "De leden verwijzen het, maar dat overleg neemt geen voorstellen van u meer aan."
        pass_to_chair(opened, chairs, why=why, by=several_of(opened), now=now)
        return None
    _note_decision(opened, result, _reasons(opened, result), by=by, now=now)
    _follow_through(opened, result, target, by=several_of(opened), now=now)
    return result


def close_with(
    opened: ValidationRound,
    result: Answer,
    *,
    reason: str,
    target: Body | None,
    by: Person,
    now: datetime,
) -> None:
    """End the step with the decision of one, and do with the proposal what was decided."""
    _note_decision(opened, result, reason, by=by, now=now)
    _follow_through(opened, result, target, by=by, now=now)


def _note_decision(
    opened: ValidationRound, result: Answer, reason: str, *, by: Person, now: datetime
) -> None:
    opened.state = ROUND_ENDS[result]
    opened.closed_at_utc = now
    opened.decision, opened.decided_by = result, by
    opened.decision_reason = reason


def _follow_through(
    opened: ValidationRound, result: Answer, target: Body | None, *, by: Actor, now: datetime
) -> None:
    """Do with the proposal what was decided; the journal says by whom."""
    proposal, reason = opened.proposal, opened.decision_reason
    if result is Answer.AGREE:
        begin_validation(proposal, by=by, now=now)
        return
    if result is Answer.REFER and target is not None:
        refer_proposal(proposal, target, reason=reason, by=by, now=now)
    elif result is Answer.RETURN:
        move(
            proposal, ProposalState.RETURNED, Verb.PROPOSAL_RETURNED, by=by, now=now, reason=reason
        )
    else:
        move(proposal, ProposalState.REFUSED, Verb.PROPOSAL_REFUSED, by=by, now=now, reason=reason)
    tell_submitter(proposal, now=now)


def _reasons(opened: ValidationRound, result: Answer) -> str:
    """Why those who answered so did, each on a line of its own, without their names."""
    motives = [vote.motive for vote in _in_order(opened) if vote.answer is result and vote.motive]
    different = list(dict.fromkeys(motives))
    if len(different) < 2:
        return "".join(different)
    return "\n– ".join([f"{several_of(opened).name} zegt:", *different])


def _in_order(opened: ValidationRound) -> list[ValidationVote]:
    """The answers as they came."""
    return sorted(opened.votes, key=lambda vote: (vote.at_utc, vote.person.name))


def _commonest_target(opened: ValidationRound) -> Body | None:
    """Where most of those who refer would refer to and still can; between equals, who was first."""
    allowed = referral_targets(opened.proposal.body)
    targets = [vote.refer_to for vote in _in_order(opened) if vote.refer_to in allowed]
    counted = [target for target in targets if target is not None]
    if not counted:
        return None
    return max(counted, key=lambda body: [target.id for target in counted].count(body.id))

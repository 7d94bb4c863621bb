"""Answering in a validation step: advice, the decision, and what follows from it.

How steps open is in :mod:`overleg.agenda.workflow.rounds`.
"""

from collections.abc import Iterable
from datetime import datetime

from overleg.accounts.models import Person
from overleg.agenda.models import ValidationRound, ValidationVote
from overleg.agenda.queries.validation import answerers, chairs_of, referral_targets
from overleg.agenda.states import Advice, Answer, RoundState
from overleg.agenda.validation_notices import tell_chair_may_decide
from overleg.agenda.workflow.closing import close_if_decided, close_with, pass_to_chair
from overleg.agenda.workflow.rounds import (
    begin_validation,
    current_rounds,
    next_step,
    open_round,
    restart_step,
    stop_rounds,
)
from overleg.agenda.workflow.step_rules import (
    BodyMissing,
    ReasonMissing,
    allowed_advice,
    allowed_answers,
    check_open,
    is_for_chair,
    is_of_several,
    may_be_decided,
)
from overleg.agenda.workflow.votes import ANSWER_OF
from overleg.audit.states import Verb
from overleg.audit.workflow import record
from overleg.db import new_id
from overleg.lib.dates import format_date, local_date
from overleg.lib.errors import NotPossible, Refused
from overleg.lib.text import count_of, join_words
from overleg.organisations.models import Body

ADVICE_OF = {
    Answer.AGREE: Advice.ON_AGENDA,
    Answer.RETURN: Advice.RETURN,
    Answer.REFER: Advice.REFER,
}
NEEDS_NO_MOTIVE = frozenset({Advice.ON_AGENDA, Advice.FOR_INFORMATION})


def cast_vote(
    opened: ValidationRound,
    answer: Answer,
    *,
    motive: str,
    by: Person,
    now: datetime,
    refer_to: Body | None = None,
) -> Answer | None:
    """Answer in an open step; the result when that decides it, else None.

    Where one person answers this is the decision; where several do it is the advice of that name.
    Raises what ``decide_round`` and ``give_advice`` raise.
    """
    if not is_of_several(opened):
        return decide_round(opened, answer, reason=motive, by=by, now=now, refer_to=refer_to)
    advice = ADVICE_OF.get(answer)
    if advice is None:
        check_open(opened)
        raise Refused("Een lid adviseert; weigeren kan alleen de voorzitter.")
    return give_advice(opened, advice, motive=motive, by=by, now=now, refer_to=refer_to)


def give_advice(
    opened: ValidationRound,
    advice: Advice,
    *,
    motive: str,
    by: Person,
    now: datetime,
    refer_to: Body | None = None,
    by_mail: bool = False,
) -> Answer | None:
    """Advise in a step of several, or change one's advice; the result when that decides it.

    All but *op de agenda* and *ter info* need a motive, *naar ander overleg* a body. Raises
    ``NotPossible`` when the step is closed, ``Refused`` for what is missing or not allowed.
    """
    check_open(opened)
    motive = motive.strip()
    if advice not in allowed_advice(opened):
        raise Refused(_choose(each.label for each in allowed_advice(opened)))
    if advice not in NEEDS_NO_MOTIVE and not motive:
        raise ReasonMissing("Geef een reden: de voorzitter en de andere leden lezen ze.")
    target = _target(opened, ANSWER_OF[advice], refer_to)
    is_new = _note(opened, ANSWER_OF[advice], advice, motive=motive, target=target, by=by, now=now)
    record(Verb.PROPOSAL_VOTED, opened.proposal, by=by, now=now, reason=_how(by_mail))
    if not is_for_chair(opened):
        return close_if_decided(opened, by=by, now=now)
    if is_new and opened.passed_to_chair_at_utc is None:
        _tell_chair_when_ripe(opened, now)
    return None


def decide_round(
    opened: ValidationRound,
    answer: Answer,
    *,
    reason: str,
    by: Person,
    now: datetime,
    refer_to: Body | None = None,
    by_mail: bool = False,
) -> Answer:
    """Decide a step: as the one person who answers, or as chair on the advice that came.

    All but akkoord need a reason, which the submitter reads, and a referral a body. Raises
    ``NotPossible`` when the step is closed or not yet the chair's, ``Refused`` for what is missing
    or not allowed.
    """
    check_open(opened)
    if is_of_several(opened) and not is_for_chair(opened):
        raise NotPossible(
            "Deze stap beslist de meerderheid van wie antwoordt; de voorzitter kan er nog niets "
            "aan beslissen."
        )
    if not may_be_decided(opened, now):
        raise NotPossible(
            f"Er kwamen {count_of(len(opened.votes), 'advies', 'adviezen')}; u kunt beslissen vanaf"
            f" {opened.quorum}, of na {format_date(opened.due_at_utc)}."
        )
    reason = reason.strip()
    if answer not in allowed_answers(opened):
        raise Refused(_choose(each.label for each in allowed_answers(opened)))
    if answer is not Answer.AGREE and not reason:
        raise ReasonMissing("Geef een reden: de indiener krijgt ze te lezen.")
    target = _target(opened, answer, refer_to)
    if is_of_several(opened) or opened.passed_to_chair_at_utc is not None:
        told = f"{answer.label.capitalize()}. {_how(by_mail)}".strip()
        record(Verb.PROPOSAL_STEP_DECIDED, opened.proposal, by=by, now=now, reason=told)
    else:
        _note(opened, answer, None, motive=reason, target=target, by=by, now=now)
        record(Verb.PROPOSAL_VOTED, opened.proposal, by=by, now=now, reason=_how(by_mail))
    close_with(opened, answer, reason=reason, target=target, by=by, now=now)
    return answer


def close_round(opened: ValidationRound, *, by: Person, now: datetime) -> Answer:
    """Decide a step whose time is over with the answers that came, provided the quorum answered.

    Raises ``NotPossible`` before the time is over, below the quorum, or where the chair decides.
    """
    if opened.state is not RoundState.OPEN:
        raise NotPossible("Deze validatie is al afgerond.")
    if is_for_chair(opened):
        raise NotPossible("De voorzitter beslist deze stap.")
    if now < opened.due_at_utc:
        raise NotPossible("De termijn om te antwoorden loopt nog.")
    record(Verb.PROPOSAL_STEP_CLOSED, opened.proposal, by=by, now=now)
    result = close_if_decided(opened, by=by, now=now, time_is_over=True)
    if result is None and opened.passed_to_chair_at_utc is None:
        raise NotPossible(
            f"Er antwoordden {len(opened.votes)} leden; {opened.quorum} zijn er nodig. "
            "Herinner de anderen eraan."
        )
    if result is None:
        raise NotPossible("Verwijzen kan niet meer; de voorzitter beslist nu.")
    return result


def _choose(labels: Iterable[str]) -> str:
    return f"In deze stap kiest u {join_words(labels, 'of')}."


def _how(by_mail: bool) -> str:
    return "Met de link in de mail." if by_mail else ""


def _target(opened: ValidationRound, answer: Answer, refer_to: Body | None) -> Body | None:
    """Where it is referred to, if it is. Raises ``BodyMissing`` when no body was chosen."""
    if answer is not Answer.REFER:
        return None
    if refer_to is None or refer_to not in referral_targets(opened.proposal.body):
        raise BodyMissing
    return refer_to


def _note(
    opened: ValidationRound,
    answer: Answer,
    advice: Advice | None,
    *,
    motive: str,
    target: Body | None,
    by: Person,
    now: datetime,
) -> bool:
    """Write down what somebody answered; whether it is the first time in this step."""
    vote = next((v for v in opened.votes if v.person_id == by.id), None)
    is_new = vote is None
    if vote is None:
        vote = ValidationVote(id=new_id(), person=by, answer=answer, at_utc=now)
        opened.votes.append(vote)
    vote.answer, vote.advice, vote.motive, vote.at_utc = answer, advice, motive, now
    vote.refer_to = target
    return is_new


def _tell_chair_when_ripe(opened: ValidationRound, now: datetime) -> None:
    """Tell the chair at the answer that makes the quorum, or that is the last one below it."""
    day = local_date(now)
    everybody = len(answerers(opened.proposal, opened, day))
    if len(opened.votes) == min(opened.quorum, everybody):
        tell_chair_may_decide(opened, chairs_of(opened.proposal.body_id, day), now=now)


__all__ = [
    "begin_validation",
    "cast_vote",
    "close_round",
    "current_rounds",
    "decide_round",
    "give_advice",
    "next_step",
    "open_round",
    "pass_to_chair",
    "restart_step",
    "stop_rounds",
]

"""Opening the validation steps of a proposal, one after the other."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Self

from overleg.accounts.models import Person
from overleg.agenda.models import Proposal, ValidationRound
from overleg.agenda.notices import tell_submitter, tell_support_validated, tell_support_waiting
from overleg.agenda.queries.validation import AsksOf, answerers
from overleg.agenda.states import Asked, ProposalState, RoundState
from overleg.agenda.validation_notices import tell_skipped, tell_validators
from overleg.agenda.workflow.moves import move
from overleg.agenda.workflow.votes import advises_information
from overleg.audit.states import Verb
from overleg.audit.workflow import Actor, record
from overleg.db import new_id, session
from overleg.documents.states import Circle
from overleg.lib.dates import local_date
from overleg.lib.errors import NotPossible
from overleg.lib.text import count_of, upper_first
from overleg.organisations.models import Body, ValidationStep
from overleg.organisations.states import (
    OF_ONE,
    AdviceShown,
    Decides,
    ValidatedBy,
    WhenTimeIsOver,
)

IN_VALIDATION = frozenset({ProposalState.SUBMITTED, ProposalState.IN_VALIDATION})
URGENT_DAYS = 1


@dataclass(frozen=True, kw_only=True)
class Step:
    """A step that is to be opened, with every setting that its round will keep."""

    position: int
    validated_by: ValidatedBy
    asked_body: Body | None = None
    quorum: int = 1
    majority_percent: int = 50
    days_to_answer: int = 5
    decides: Decides = Decides.MAJORITY
    may_return: bool = True
    may_refuse: bool = True
    may_refer: bool = True
    when_time_is_over: WhenTimeIsOver = WhenTimeIsOver.REMIND
    advice_shown: AdviceShown = AdviceShown.AFTER_OWN
    why: str = ""
    """Why it differs from the body's setting; the journal tells it."""

    @property
    def asked_body_id(self) -> str | None:
        """The other body whose members answer, if any."""
        return self.asked_body.id if self.asked_body is not None else None

    @classmethod
    def of_body(cls, step: ValidationStep, body: Body) -> Self:
        """The body's setting as it is now."""
        return cls(
            position=step.position,
            validated_by=step.validated_by,
            asked_body=step.asked_body,
            quorum=1 if step.validated_by in OF_ONE else step.quorum,
            majority_percent=step.majority_percent,
            days_to_answer=step.days_to_answer,
            decides=step.decides,
            may_return=step.may_return,
            may_refuse=step.may_refuse,
            may_refer=step.may_refer,
            when_time_is_over=step.when_time_is_over,
            advice_shown=body.advice_shown,
        )


def open_round(proposal: Proposal) -> ValidationRound | None:
    """The step that is under way, if any."""
    return next((r for r in proposal.rounds if r.state is RoundState.OPEN), None)


def current_rounds(proposal: Proposal) -> list[ValidationRound]:
    """The steps since the proposal was last submitted, in order."""
    since = proposal.submitted_at_utc
    return [r for r in proposal.rounds if since is not None and r.opened_at_utc >= since]


def next_step(proposal: Proposal, on: date) -> Step | None:
    """The first step that this submission has not passed yet; None after the last.

    What is urgent has one step, by the chair; a body without steps validates it at once all the
    same. What only mayors may read goes to the chair where the members of another body would be
    asked and too few of them may read it. ``on`` is a day in Brussels.
    """
    body = proposal.body
    passed = [r for r in current_rounds(proposal) if r.state is RoundState.PASSED]
    last = max((r.position for r in passed), default=0)
    if proposal.is_urgent and body.validation_steps:
        if any(r.validated_by is ValidatedBy.CHAIR for r in passed):
            return None
        return Step(
            position=last + 1,
            validated_by=ValidatedBy.CHAIR,
            days_to_answer=URGENT_DAYS,
            why=f"Dringend, dus meteen naar de voorzitter. {proposal.urgent_motive}".strip(),
        )
    setting = next((s for s in body.validation_steps if s.position > last), None)
    if setting is None:
        return None
    step = Step.of_body(setting, body)
    if step.asked_body is None or proposal.circle is not Circle.MAYORS:
        return step
    if len(answerers(proposal, step, on)) >= step.quorum:
        return step
    return replace(
        step,
        validated_by=ValidatedBy.CHAIR,
        asked_body=None,
        quorum=1,
        why="Enkel voor burgemeesters: de voorzitter antwoordt voor "
        f"{step.asked_body.the_call_name}.",
    )


def suggests_information(proposal: Proposal) -> bool:
    """Whether most who advised on a validated proposal would only have it for information."""
    return (
        proposal.state is ProposalState.VALIDATED
        and proposal.asked is not Asked.NOTE
        and any(
            each.state is RoundState.PASSED
            and each.validated_by not in OF_ONE
            and advises_information([vote.advice for vote in each.votes])
            for each in current_rounds(proposal)
        )
    )


def why_it_waits(proposal: Proposal, asked: AsksOf, on: date) -> str:
    """Why a step cannot be taken by those who are there, in a sentence; empty when it can."""
    return _why_of(proposal, asked, answerers(proposal, asked, on))


def _why_of(proposal: Proposal, asked: AsksOf, people: Sequence[Person]) -> str:
    body = proposal.body
    if asked.validated_by in OF_ONE:
        if people:
            return ""
        name = upper_first(body.the_call_name)
        return f"{name} heeft op dit ogenblik geen {asked.validated_by.label}."
    if len(people) >= asked.quorum:
        return ""
    needed = f"er zijn er {asked.quorum} nodig om te valideren."
    if asked.validated_by is ValidatedBy.COMMITTEE:
        whose = f"De agendacommissie van {body.the_call_name}"
        return f"{whose} telt {count_of(len(people), 'lid', 'leden')}; {needed}"
    return (
        f"Van het overleg dat {body.the_call_name} om advies vraagt, "
        f"{'kan' if len(people) == 1 else 'kunnen'} {count_of(len(people), 'lid', 'leden')} "
        f"antwoorden; {needed}"
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
    day = local_date(now)
    with session().no_autoflush:  # who answers does not hang on the proposal: one write for it all
        step = next_step(proposal, day)
        people = answerers(proposal, step, day) if step is not None else []
    if step is None:
        move(proposal, ProposalState.VALIDATED, Verb.PROPOSAL_VALIDATED, by=by, now=now)
        session().flush()
        tell_submitter(proposal, now=now)
        tell_support_validated(proposal, for_information=suggests_information(proposal), now=now)
        return None
    if missing := _why_of(proposal, step, people):
        tell_support_waiting(proposal, missing, now=now)
        return None
    opened = _open(proposal, step, now)
    verb = Verb.PROPOSAL_SENT_TO_VALIDATION
    if proposal.state is ProposalState.SUBMITTED:
        move(proposal, ProposalState.IN_VALIDATION, verb, by=by, now=now, reason=step.why)
        proposal.state_reason = ""
    else:
        record(verb, proposal, by=by, now=now, reason=step.why)
    session().flush()
    tell_validators(opened, people, now=now)
    if proposal.is_urgent:
        _tell_who_is_skipped(opened, day, now=now)
    return opened


def restart_step(proposal: Proposal, *, by: Actor, now: datetime) -> ValidationRound | None:
    """Open a step that waited, or one that lost so many members that it cannot be decided any more.

    Raises ``NotPossible`` while the step can still be decided.
    """
    under_way = open_round(proposal)
    if under_way is not None:
        if not why_it_waits(proposal, under_way, local_date(now)):
            raise NotPossible(
                "De validatie loopt: wacht op de antwoorden of sluit ze na de termijn."
            )
        stop_rounds(proposal, now=now)
    return begin_validation(proposal, by=by, now=now)


def stop_rounds(proposal: Proposal, *, now: datetime) -> None:
    """End a step under way without a result."""
    under_way = open_round(proposal)
    if under_way is not None:
        under_way.state = RoundState.STOPPED
        under_way.closed_at_utc = now


def _open(proposal: Proposal, step: Step, now: datetime) -> ValidationRound:
    opened = ValidationRound(
        id=new_id(),
        position=step.position,
        validated_by=step.validated_by,
        asked_body=step.asked_body,
        quorum=step.quorum,
        majority_percent=step.majority_percent,
        decides=step.decides,
        may_return=step.may_return,
        may_refuse=step.may_refuse,
        may_refer=step.may_refer,
        when_time_is_over=step.when_time_is_over,
        advice_shown=step.advice_shown,
        state=RoundState.OPEN,
        opened_at_utc=now,
        due_at_utc=now + timedelta(days=step.days_to_answer),
        votes=[],
    )
    proposal.rounds.append(opened)
    return opened


def _tell_who_is_skipped(opened: ValidationRound, day: date, *, now: datetime) -> None:
    proposal = opened.proposal
    asked = {person.id for person in answerers(proposal, opened, day)} | {proposal.submitter_id}
    skipped = {
        person.id: person
        for step in proposal.body.validation_steps
        for person in answerers(proposal, step, day)
        if person.id not in asked
    }
    tell_skipped(opened, list(skipped.values()), now=now)

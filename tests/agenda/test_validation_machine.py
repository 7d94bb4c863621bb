"""Whatever people do with a proposal, in whatever order: the states, rounds and journal agree.

Hypothesis plays submitting, advising, deciding, withdrawing, referring, passing time, members who
leave and come back. What is refused must change nothing. The same plays every time.
"""

from collections.abc import Callable
from datetime import datetime, timedelta
from itertools import pairwise
from typing import Any

from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from overleg.accounts.models import Person
from overleg.agenda.models import Proposal, ValidationRound
from overleg.agenda.states import PROPOSAL_MOVES, Advice, Answer, ProposalState, RoundState
from overleg.agenda.workflow.closing import ROUND_ENDS
from overleg.agenda.workflow.marking import mark_scheduled, mark_unscheduled
from overleg.agenda.workflow.minding import mind_validation
from overleg.agenda.workflow.offers import accept_offer, send_back_offer
from overleg.agenda.workflow.submitting import submit_proposal, withdraw_proposal
from overleg.agenda.workflow.validation import (
    close_round,
    current_rounds,
    decide_round,
    give_advice,
    next_step,
    open_round,
    restart_step,
)
from overleg.audit.models import JournalEntry
from overleg.lib.dates import local_date
from overleg.lib.errors import NotPossible, Refused
from overleg.mail.models import OutboxMessage
from overleg.organisations.models import Body, ReferralRoute, RoleAssignment, ValidationStep
from overleg.organisations.states import BodyKind, Decides, Role, ValidatedBy, WhenTimeIsOver
from tests.agenda.proposing import make_draft
from tests.agenda.validating import SINCE
from tests.at_once import ON_BOTH
from tests.plugins.cast import Cast

MEMBERS = 3
COMMITTEE = {"validated_by": ValidatedBy.COMMITTEE, "quorum": 2}
CHAIR = {"validated_by": ValidatedBy.CHAIR}
SETTINGS: tuple[tuple[dict[str, Any], ...], ...] = (
    (),
    (CHAIR,),
    (COMMITTEE, CHAIR),
    ({**COMMITTEE, "decides": Decides.CHAIR},),
    ({**COMMITTEE, "when_time_is_over": WhenTimeIsOver.TO_CHAIR, "may_refer": False},),
    ({"validated_by": ValidatedBy.SUPPORT, "when_time_is_over": WhenTimeIsOver.TO_CHAIR}, CHAIR),
)
SCHEDULING = {
    ProposalState.IN_VALIDATION,
    ProposalState.VALIDATED,
    ProposalState.SCHEDULED,
}
ENDED = {state for state in RoundState if state in ROUND_ENDS.values()}
PLAY = settings(
    derandomize=True,
    max_examples=24,
    stateful_step_count=20,
    deadline=None,
    database=None,
    phases=[Phase.generate],
    suppress_health_check=list(HealthCheck),
)


class Validating(RuleBasedStateMachine):
    """One body, its committee of three and its chair, one proposal and where it is referred to."""

    def __init__(self, session: Session, cast: Cast, now: datetime) -> None:
        super().__init__()
        self.session, self.cast, self.now = session, cast, now
        self.proposals: list[Proposal] = []
        self.members = cast.committee[:MEMBERS]
        self.chair, self.support = cast.committee_mayor, cast.committee_support

    def teardown(self) -> None:
        self.session.rollback()

    @initialize(steps=st.sampled_from(SETTINGS), urgent=st.booleans())
    def begin(self, steps: tuple[dict[str, Any], ...], urgent: bool) -> None:
        body = self.cast.rivierenland
        body.validation_steps.clear()
        self.session.flush()
        for position, step in enumerate(steps, start=1):
            body.validation_steps.append(ValidationStep(position=position, **step))
        for member in self.cast.committee[MEMBERS:]:
            self._role_of(member, Role.COMMITTEE).valid_to = SINCE
        self._give(self.chair, Role.CHAIR)
        elsewhere = Body(slug="ad", name="AD-overleg", kind=BodyKind.DIRECTORS_CONSULTATION)
        self.session.add(elsewhere)
        self.session.flush()
        self.session.add(ReferralRoute(from_body_id=body.id, to_body_id=elsewhere.id))
        self.session.flush()
        self.session.expire(body)
        self.elsewhere = elsewhere
        draft = make_draft(self.support, body, self.cast.lier, now=self.now)
        if urgent:
            draft.is_urgent, draft.urgent_motive = True, "Morgen."
        self.session.flush()
        self.proposals = [draft]
        self.submit()

    @property
    def proposal(self) -> Proposal:
        """The one in the body itself."""
        return self.proposals[0]

    @precondition(lambda self: self.proposal.state is not ProposalState.IN_VALIDATION)
    @rule()
    def submit(self) -> None:
        self.now += timedelta(minutes=1)  # rounds of before are told apart by their moment
        self._try(lambda: submit_proposal(self.proposal, by=self.support, now=self.now))

    @precondition(lambda self: open_round(self.proposal) is not None)
    @rule(member=st.integers(0, MEMBERS - 1), advice=st.sampled_from(Advice), why=st.booleans())
    def advise(self, member: int, advice: Advice, why: bool) -> None:
        opened = self._round()
        person = self.members[member]
        if opened.validated_by is not ValidatedBy.COMMITTEE or not self._has(person):
            return
        self._try(
            lambda: give_advice(
                opened,
                advice,
                motive="Omdat." if why else "",
                by=person,
                now=self.now,
                refer_to=self.elsewhere if advice is Advice.REFER else None,
            )
        )

    @precondition(lambda self: open_round(self.proposal) is not None)
    @rule(answer=st.sampled_from(Answer), why=st.booleans())
    def decide(self, answer: Answer, why: bool) -> None:
        opened = self._round()
        by_support = (
            opened.validated_by is ValidatedBy.SUPPORT and opened.passed_to_chair_at_utc is None
        )
        self._try(
            lambda: decide_round(
                opened,
                answer,
                reason="Omdat." if why else "",
                by=self.support if by_support else self.chair,
                now=self.now,
                refer_to=self.elsewhere if answer is Answer.REFER else None,
            )
        )

    @precondition(lambda self: self.proposal.rounds and not open_round(self.proposal))
    @rule()
    def answer_too_late(self) -> None:
        late, by, now = self.proposal.rounds[-1], self.chair, self.now
        assert not self._try(lambda: decide_round(late, Answer.AGREE, reason="", by=by, now=now))

    @precondition(lambda self: open_round(self.proposal) is not None)
    @rule()
    def close(self) -> None:
        opened = self._round()
        if opened.validated_by is ValidatedBy.COMMITTEE:
            self._try(lambda: close_round(opened, by=self.support, now=self.now))

    @rule()
    def restart(self) -> None:
        self._try(lambda: restart_step(self.proposal, by=self.support, now=self.now))

    @rule(why=st.sampled_from(["", "", "", "Niet meer nodig."]))
    def withdraw(self, why: str) -> None:
        self._try(
            lambda: withdraw_proposal(self.proposal, reason=why, by=self.support, now=self.now)
        )

    @rule(hours=st.sampled_from([1, 23, 24, 97, 121]), times=st.integers(1, 2))
    def pass_time(self, hours: int, times: int) -> None:
        self.now += timedelta(hours=hours)
        for _ in range(times):
            mind_validation(self.now)
        self.session.flush()

    @rule(member=st.integers(0, MEMBERS))
    def leave_or_come_back(self, member: int) -> None:
        is_chair = member == MEMBERS
        person = self.chair if is_chair else self.members[member]
        role = self._role_of(person, Role.CHAIR if is_chair else Role.COMMITTEE)
        gone = role.valid_to is not None
        role.valid_to = None if gone else local_date(self.now) - timedelta(days=1)
        self.session.flush()

    @precondition(lambda self: self.proposals[-1].state is ProposalState.OFFERED)
    @rule(accepted=st.booleans())
    def answer_offer(self, accepted: bool) -> None:
        offered, by, now = self.proposals[-1], self.support, self.now
        if accepted:
            self._try(lambda: accept_offer(offered, by=by, now=now))
        else:
            self._try(lambda: send_back_offer(offered, reason="Niet voor ons.", by=by, now=now))

    @precondition(lambda self: self.proposal.state in SCHEDULING)
    @rule(on=st.booleans())
    def schedule(self, on: bool) -> None:
        mark = mark_scheduled if on else mark_unscheduled
        self._try(lambda: mark(self.proposal, by=self.support, now=self.now))

    @invariant()
    def states_match_rounds(self) -> None:
        for proposal in self.proposals:
            opened = [each for each in proposal.rounds if each.state is RoundState.OPEN]
            assert len(opened) <= 1
            assert not opened or proposal.state is ProposalState.IN_VALIDATION
            day = local_date(self.now)
            if proposal.state is ProposalState.IN_VALIDATION and not opened:
                assert next_step(proposal, day) is not None
            if proposal.state is ProposalState.VALIDATED:
                assert next_step(proposal, day) is None
                assert all(each.state is RoundState.PASSED for each in self._decided(proposal)[-1:])
            for each in proposal.rounds:
                self._check_round(each)

    @invariant()
    def every_move_left_a_row(self) -> None:
        for proposal in self.proposals:
            rows = self.session.scalars(
                select(JournalEntry)
                .where(JournalEntry.subject_id == proposal.id, JournalEntry.to_state.is_not(None))
                .order_by(JournalEntry.id)
            ).all()
            assert rows[0].from_state is None
            assert rows[-1].to_state == proposal.state
            for before, after in pairwise(rows):
                assert after.from_state == before.to_state
                moves = PROPOSAL_MOVES[ProposalState(before.to_state or "")]
                assert after.to_state in moves

    @invariant()
    def nobody_is_reminded_more_than_twice_a_step(self) -> None:
        steps = sum(len(proposal.rounds) for proposal in self.proposals)
        reminded = self.session.execute(
            select(OutboxMessage.to_email, func.count())
            .where(OutboxMessage.subject.startswith("Herinnering"))
            .group_by(OutboxMessage.to_email)
        )
        assert all(count <= 2 * steps for _email, count in reminded)

    def _check_round(self, each: ValidationRound) -> None:
        assert (each.state is RoundState.OPEN) == (each.closed_at_utc is None)
        assert (each.state in ENDED) == (each.decision is not None)
        if each.decision is not None:
            assert ROUND_ENDS[each.decision] is each.state
            assert each.decided_by_id is not None
        people = [vote.person_id for vote in each.votes]
        assert len(people) == len(set(people))

    def _decided(self, proposal: Proposal) -> list[ValidationRound]:
        return [r for r in current_rounds(proposal) if r.state is not RoundState.STOPPED]

    def _try(self, verb: Callable[[], object]) -> bool:
        """Do it; when it is refused, nothing may have changed. Whether it was done."""
        before = self._seen()
        try:
            verb()
        except (NotPossible, Refused):
            assert self._seen() == before
            return False
        self.session.flush()
        self.session.expire_all()
        self.proposals = [
            self.proposal,
            *self.session.scalars(
                select(Proposal)
                .where(Proposal.referred_from_id == self.proposal.id)
                .order_by(Proposal.created_at_utc, Proposal.id)
            ),
        ]
        return True

    def _seen(self) -> tuple[object, ...]:
        """Everything that a refused verb must leave alone."""
        self.session.flush()
        rows = self.session.scalar(select(func.count()).select_from(JournalEntry))
        mails = self.session.scalar(select(func.count()).select_from(OutboxMessage))
        rounds = [
            (each.id, each.state, each.passed_to_chair_at_utc, len(each.votes))
            for proposal in self.proposals
            for each in proposal.rounds
        ]
        return rows, mails, rounds, [proposal.state for proposal in self.proposals]

    def _round(self) -> ValidationRound:
        opened = open_round(self.proposal)
        assert opened is not None
        return opened

    def _has(self, person: Person) -> bool:
        return self._role_of(person, Role.COMMITTEE).valid_on(local_date(self.now))

    def _role_of(self, person: Person, role: Role) -> RoleAssignment:
        found = self.session.scalars(
            select(RoleAssignment).where(
                RoleAssignment.person_id == person.id, RoleAssignment.role == role
            )
        )
        return found.one()

    def _give(self, person: Person, role: Role) -> None:
        self.session.add(
            RoleAssignment(
                person_id=person.id,
                role=role,
                body_id=self.cast.rivierenland.id,
                valid_from=SINCE,
            )
        )
        self.session.flush()


@ON_BOTH
def test_states_rounds_and_journal_agree_whatever_is_done(
    session: Session, cast: Cast, now: datetime, database_kind: str
) -> None:
    class Here(Validating):
        def __init__(self) -> None:
            super().__init__(session, cast, now)

    run_state_machine_as_test(Here, settings=PLAY)

"""What happens as time passes: one reminder before the term, one after it, or on to the chair."""

from datetime import datetime, timedelta

import pytest
from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from overleg.agenda.models import Proposal
from overleg.agenda.states import Advice, Answer, ProposalState
from overleg.agenda.workflow.minding import mind_validation
from overleg.agenda.workflow.validation import (
    close_round,
    decide_round,
    give_advice,
    restart_step,
)
from overleg.audit.queries import history_of
from overleg.audit.states import Verb
from overleg.db import db
from overleg.jobs.queue import queue_of
from overleg.lib.errors import NotPossible
from overleg.mail.models import OutboxMessage
from overleg.organisations.states import Decides, Role, ValidatedBy, WhenTimeIsOver
from tests.agenda.proposing import make_submitted
from tests.agenda.validating import (
    end_role,
    give_role,
    mails_to,
    opened_of,
    set_steps,
    subjects_to,
)
from tests.at_once import ON_BOTH, at_once
from tests.plugins.application import Clock, SignInAs
from tests.plugins.cast import Cast

COMMITTEE = {"validated_by": ValidatedBy.COMMITTEE, "quorum": 4}
TO_CHAIR = {**COMMITTEE, "when_time_is_over": WhenTimeIsOver.TO_CHAIR}
REMINDED = "Herinnering"


@pytest.fixture
def proposal(cast: Cast, session: Session, now: datetime) -> Proposal:
    """A proposal before the six of Rivierenland, who have five days."""
    made = make_submitted(cast.committee_support, cast.rivierenland, cast.lier, now=now)
    session.commit()
    return made


def mind(session: Session, at: datetime) -> None:
    """Run the job at a moment."""
    mind_validation(at)
    session.commit()


def test_a_day_before_the_term_who_did_not_answer_is_reminded_once(
    cast: Cast, session: Session, proposal: Proposal, now: datetime
) -> None:
    opened = opened_of(proposal)
    give_advice(opened, Advice.ON_AGENDA, motive="", by=cast.committee_1, now=now)
    mind(session, opened.due_at_utc - timedelta(days=1, seconds=1))
    assert REMINDED not in subjects_to(session, cast.committee_2)
    for minutes in (0, 10, 600):
        mind(session, opened.due_at_utc - timedelta(days=1) + timedelta(minutes=minutes))
    assert subjects_to(session, cast.committee_2) == ["Te valideren", REMINDED]
    assert subjects_to(session, cast.committee_1) == ["Te valideren"]


def test_after_the_term_they_are_reminded_once_more(
    cast: Cast, session: Session, proposal: Proposal, now: datetime
) -> None:
    opened = opened_of(proposal)
    for days in (-1, 0, 0, 1, 30):
        mind(session, opened.due_at_utc + timedelta(days=days))
    assert subjects_to(session, cast.committee_2) == ["Te valideren", REMINDED, REMINDED]
    assert "ontbreekt nog" in mails_to(session, cast.committee_2)[-1].text
    assert opened.passed_to_chair_at_utc is None


def test_a_job_that_did_not_run_for_days_reminds_only_once(
    cast: Cast, session: Session, proposal: Proposal
) -> None:
    mind(session, opened_of(proposal).due_at_utc + timedelta(days=3))
    assert subjects_to(session, cast.committee_2) == ["Te valideren", REMINDED]


def test_a_short_term_reminds_halfway(cast: Cast, session: Session, now: datetime) -> None:
    set_steps(session, cast.midwest, {"validated_by": ValidatedBy.CHAIR, "days_to_answer": 1})
    make_submitted(cast.mayor, cast.midwest, cast.roeselare, now=now)
    mind(session, now + timedelta(minutes=1))
    assert subjects_to(session, cast.chair) == ["Te valideren"]
    mind(session, now + timedelta(hours=12))
    assert subjects_to(session, cast.chair) == ["Te valideren", REMINDED]


@pytest.mark.parametrize("step", [TO_CHAIR, {**COMMITTEE, "decides": Decides.CHAIR}])
def test_after_the_term_it_passes_to_the_chair_who_decides_with_what_there_is(
    cast: Cast, session: Session, now: datetime, step: dict[str, object], sign_in_as: SignInAs
) -> None:
    give_role(session, cast.committee_mayor, Role.CHAIR, cast.rivierenland)
    set_steps(session, cast.rivierenland, step)
    proposal = make_submitted(cast.committee_support, cast.rivierenland, cast.lier, now=now)
    opened = opened_of(proposal)
    give_advice(opened, Advice.NOT_RIPE, motive="Te vroeg", by=cast.committee_1, now=now)
    over = opened.due_at_utc
    for minutes in (0, 10, 20):
        mind(session, over + timedelta(minutes=minutes))
    assert subjects_to(session, cast.committee_mayor) == ["Te beslissen"]
    assert "Naar de voorzitter" in subjects_to(session, cast.committee_support)
    verbs = [entry.verb for entry in history_of([proposal.id])]
    assert verbs.count(Verb.PROPOSAL_PASSED_TO_CHAIR) == 1
    with pytest.raises(NotPossible, match="De voorzitter beslist"):
        close_round(opened, by=cast.committee_support, now=over)
    assert give_advice(opened, Advice.ON_AGENDA, motive="", by=cast.committee_2, now=over) is None
    page = sign_in_as(cast.committee_mayor).get(f"/voorstellen/{proposal.id}/valideren")
    assert "Te vroeg" in page.get_data(as_text=True)
    opened = opened_of(proposal)
    decide_round(opened, Answer.AGREE, reason="", by=cast.committee_mayor, now=over)
    assert proposal.state is ProposalState.VALIDATED


def test_without_a_chair_nothing_passes_and_support_staff_hear_it_once(
    cast: Cast, session: Session, now: datetime
) -> None:
    set_steps(session, cast.rivierenland, TO_CHAIR)
    proposal = make_submitted(cast.committee_support, cast.rivierenland, cast.lier, now=now)
    opened = opened_of(proposal)
    for minutes in (0, 10):
        mind(session, opened.due_at_utc + timedelta(minutes=minutes))
    assert opened.passed_to_chair_at_utc is None
    assert subjects_to(session, cast.committee_support) == ["Validatie zit vast"]
    give_role(session, cast.committee_mayor, Role.CHAIR, cast.rivierenland)
    mind(session, opened.due_at_utc + timedelta(minutes=20))
    assert opened.passed_to_chair_at_utc == opened.due_at_utc + timedelta(minutes=20)


def test_a_committee_that_fell_below_its_quorum_is_told_to_support_staff(
    cast: Cast, session: Session, proposal: Proposal, now: datetime
) -> None:
    for member in cast.committee[:3]:
        end_role(session, member, Role.COMMITTEE)
    opened = opened_of(proposal)
    mind(session, opened.due_at_utc - timedelta(days=1))
    stuck = mails_to(session, cast.committee_support)[-1]
    assert stuck.subject.startswith("Validatie zit vast")
    assert "telt 3 leden; er zijn er 4 nodig" in stuck.text
    set_steps(session, cast.rivierenland, {**COMMITTEE, "quorum": 3})
    again = restart_step(proposal, by=cast.committee_support, now=now + timedelta(days=4))
    assert again is not None
    assert again.quorum == 3


def test_who_answered_or_left_is_not_reminded(
    cast: Cast, session: Session, proposal: Proposal, now: datetime
) -> None:
    opened = opened_of(proposal)
    end_role(session, cast.committee_6, Role.COMMITTEE)
    for member in cast.committee[:3]:
        give_advice(opened, Advice.ON_AGENDA, motive="", by=member, now=now)
    mind(session, opened.due_at_utc - timedelta(days=1))
    reminded = session.scalars(
        select(OutboxMessage.to_name).where(OutboxMessage.subject.startswith(REMINDED))
    )
    assert sorted(reminded) == [cast.committee_4.name, cast.committee_5.name]


def test_what_ended_is_left_alone(
    cast: Cast, session: Session, proposal: Proposal, now: datetime
) -> None:
    opened = opened_of(proposal)
    for member in cast.committee[:4]:
        give_advice(opened, Advice.ON_AGENDA, motive="", by=member, now=now)
    mind(session, opened.due_at_utc + timedelta(days=1))
    assert REMINDED not in subjects_to(session, cast.committee_5)


@ON_BOTH
def test_the_job_run_twice_at_once_tells_everybody_once(
    app: Flask,
    cast: Cast,
    session: Session,
    proposal: Proposal,
    sign_in_as: SignInAs,
    clock: Clock,
    database_kind: str,
) -> None:
    clock.moment = opened_of(proposal).due_at_utc
    session.commit()
    clients = [sign_in_as(cast.committee_support), sign_in_as(cast.committee_1)]

    def run(_number: int, _client: object) -> int:
        queue_of(app).run("mind_validation")
        return 0

    at_once(clients, run)
    db.session.expire_all()
    count = session.scalar(select(func.count()).where(OutboxMessage.subject.startswith(REMINDED)))
    assert count == 6


def test_the_job_runs_by_itself(app: Flask) -> None:
    assert "mind_validation" in queue_of(app).names


def test_a_step_that_waited_opens_by_itself_once_somebody_can_take_it(
    cast: Cast, session: Session, now: datetime
) -> None:
    end_role(session, cast.chair, Role.CHAIR)
    waiting = make_submitted(cast.mayor, cast.midwest, cast.roeselare, now=now)
    session.commit()
    give_role(session, cast.tielt_mayor, Role.CHAIR, cast.midwest)
    mind_validation(now)
    assert waiting.state is ProposalState.IN_VALIDATION
    assert opened_of(waiting).validated_by is ValidatedBy.CHAIR
    assert subjects_to(session, cast.tielt_mayor) == ["Te valideren"]

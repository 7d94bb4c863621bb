"""Minding the time of validation steps: reminding, passing on to the chair, opening what waited for
somebody. A job.

Each step is reminded of once before its term and once after it; ``reminded_at_utc`` is the last of
the two, so that the job may run as often as it likes, also twice at once: the second holds nothing
until the first is done, and then finds it done.
"""

from datetime import datetime, timedelta

from sqlalchemy import exists, or_, select

from overleg.agenda.models import Proposal, ValidationRound
from overleg.agenda.queries.validation import answerers, chairs_of, hold, round_by_id
from overleg.agenda.states import RoundState
from overleg.agenda.validation_notices import tell_reminder, tell_support_stuck
from overleg.agenda.workflow.rounds import (
    IN_VALIDATION,
    begin_validation,
    next_step,
    open_round,
    why_it_waits,
)
from overleg.agenda.workflow.step_rules import is_for_chair, is_of_several
from overleg.agenda.workflow.validation import pass_to_chair
from overleg.audit.workflow import System
from overleg.db import session
from overleg.lib.dates import local_date
from overleg.lib.text import upper_first
from overleg.one_of import is_one_of
from overleg.organisations.states import ValidatedBy, WhenTimeIsOver

BEFORE = timedelta(days=1)
OVER = "De termijn om te antwoorden is voorbij."


def remind_from(opened: ValidationRound) -> datetime:
    """When those who did not answer are reminded: a day before the term, or halfway a short one."""
    term = opened.due_at_utc - opened.opened_at_utc
    return opened.due_at_utc - min(BEFORE, term / 2)


def mind_validation(now: datetime) -> None:
    """Remind, or pass on, where it is time for it at this moment (UTC)."""
    due = session().scalars(
        select(ValidationRound.id)
        .where(
            ValidationRound.state == RoundState.OPEN,
            ValidationRound.passed_to_chair_at_utc.is_(None),
            ValidationRound.due_at_utc <= now + BEFORE,
            or_(
                ValidationRound.reminded_at_utc.is_(None),
                ValidationRound.due_at_utc <= now,
            ),
        )
        .order_by(ValidationRound.proposal_id, ValidationRound.id)
    )
    for round_id in due.all():
        opened = round_by_id(round_id, held=True)
        if opened is not None and opened.state is RoundState.OPEN:
            _mind(opened, now)
    open_what_waited(now)


def open_what_waited(now: datetime) -> None:
    """Open the step of each proposal that waited for somebody who is there by now."""
    under_way = exists().where(
        ValidationRound.proposal_id == Proposal.id, ValidationRound.state == RoundState.OPEN
    )
    waiting = session().scalars(
        select(Proposal.id)
        .where(is_one_of(Proposal.state, IN_VALIDATION), ~under_way)
        .order_by(Proposal.id)
    )
    for proposal_id in waiting.all():
        hold([proposal_id])
        proposal = session().get_one(Proposal, proposal_id)
        session().refresh(proposal)
        if proposal.state not in IN_VALIDATION or open_round(proposal) is not None:
            continue
        step = next_step(proposal, local_date(now))
        if step is None or not why_it_waits(proposal, step, local_date(now)):
            begin_validation(proposal, by=System(), now=now)


def _mind(opened: ValidationRound, now: datetime) -> None:
    """What time asks of one step whose proposal is held."""
    if opened.passed_to_chair_at_utc is not None:
        return
    reminded = opened.reminded_at_utc
    over = now >= opened.due_at_utc
    no_chair = False
    if over and _goes_to_chair(opened):
        if chairs := chairs_of(opened.proposal.body_id, local_date(now)):
            pass_to_chair(opened, chairs, why=OVER, by=System(), now=now)
            return
        no_chair = True
    if over:
        is_time = reminded is None or reminded < opened.due_at_utc
    else:
        is_time = reminded is None and now >= remind_from(opened)
    if is_time:
        opened.reminded_at_utc = now
        _remind(opened, now)
        if no_chair:
            name = upper_first(opened.proposal.body.the_call_name)
            told = f"{OVER} {name} heeft geen voorzitter die nu kan beslissen."
            tell_support_stuck(opened, told, now=now)


def _goes_to_chair(opened: ValidationRound) -> bool:
    if opened.validated_by is ValidatedBy.CHAIR:
        return False
    return opened.when_time_is_over is WhenTimeIsOver.TO_CHAIR or is_for_chair(opened)


def _remind(opened: ValidationRound, now: datetime) -> None:
    day = local_date(now)
    answered = {vote.person_id for vote in opened.votes} if is_of_several(opened) else set()
    people = [
        person for person in answerers(opened.proposal, opened, day) if person.id not in answered
    ]
    tell_reminder(opened, people, now=now)
    if missing := why_it_waits(opened.proposal, opened, day):
        tell_support_stuck(opened, missing, now=now)

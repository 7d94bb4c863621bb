"""A municipality that steps in after the release, or out."""

from dataclasses import dataclass
from datetime import date, datetime

from overleg.accounts.models import Person
from overleg.audit.states import Verb
from overleg.audit.workflow import record
from overleg.db import session
from overleg.decisions.models import FollowUp, Outcome, ParticipationStep
from overleg.decisions.notices import tell_municipalities, tell_stepped_out
from overleg.decisions.states import FollowUpState, OutcomeState, Step
from overleg.decisions.workflow.costs import add_cost_of
from overleg.decisions.workflow.follow_up import hold_rows
from overleg.decisions.workflow.holding import hold_outcome
from overleg.decisions.workflow.outcomes import check_exists, open_rows
from overleg.lib.dates import format_date, local_date
from overleg.lib.errors import NotPossible, Refused
from overleg.organisations.models import Organisation


@dataclass(frozen=True)
class Reasoned:
    """From which day (in Brussels), and why."""

    on_day: date
    reason: str


def step_in(
    outcome: Outcome, town: Organisation, why: Reasoned, *, by: Person, now: datetime
) -> ParticipationStep:
    """Let a municipality take part after the release; its rows open, and it is told.

    Where it stepped out earlier, what it decided then stays in the journal and no longer counts.
    Raises ``NotPossible`` before the release or when it takes part already, ``Refused`` when it
    merged away, for a day in the future or before the meeting, or without a reason.
    """
    rows = _held_rows(outcome, town)
    _check(outcome, why, now)
    check_exists(town, local_date(now))
    if any(row.state is not FollowUpState.STEPPED_OUT for row in rows):
        raise NotPossible(f"{town.name} doet al mee.")
    for row in rows:
        row.state = FollowUpState.TO_SCHEDULE
        row.scheduled_on = row.decided_on = None
        row.reference_number = row.decision_url = ""
        row.opened_at_utc = now
    if not rows:
        open_rows(outcome, town, now=now)
    add_cost_of(outcome, town)
    step = _note(outcome, town, Step.IN, why, by=by, now=now)
    session().flush()
    tell_municipalities(outcome, [town], now=now)
    return step


def step_out(
    outcome: Outcome, town: Organisation, why: Reasoned, *, by: Person, now: datetime
) -> ParticipationStep:
    """Close the rows of a municipality that steps out; what it reported before stays with them.

    Raises ``NotPossible`` before the release or when it takes no part, ``Refused`` for a day in the
    future or before the meeting, or without a reason.
    """
    rows = [row for row in _held_rows(outcome, town) if row.state is not FollowUpState.STEPPED_OUT]
    _check(outcome, why, now)
    if not rows:
        raise NotPossible(f"{town.name} doet niet mee, en kan er dus niet uitstappen.")
    for row in rows:
        row.state = FollowUpState.STEPPED_OUT
    step = _note(outcome, town, Step.OUT, why, by=by, now=now)
    tell_stepped_out(outcome, step, now=now)
    return step


def _held_rows(outcome: Outcome, town: Organisation) -> list[FollowUp]:
    hold_outcome(outcome)
    rows = [row for row in outcome.follow_ups if row.organisation_id == town.id]
    hold_rows(rows)
    return rows


def _check(outcome: Outcome, why: Reasoned, now: datetime) -> None:
    if outcome.state is not OutcomeState.RELEASED:
        raise NotPossible("In- of uitstappen kan pas als de uitkomst vrijgegeven is.")
    if not why.reason.strip():
        raise Refused("Zeg waarom: dat staat bij de uitkomst.")
    if why.on_day > local_date(now):
        raise Refused("Die dag ligt in de toekomst.")
    if why.on_day < outcome.held_on:
        raise Refused(f"Die dag valt vóór het overleg van {format_date(outcome.held_on)}.")


def _note(
    outcome: Outcome, town: Organisation, step: Step, why: Reasoned, *, by: Person, now: datetime
) -> ParticipationStep:
    noted = ParticipationStep(
        organisation=town,
        step=step,
        on_day=why.on_day,
        reason=why.reason.strip(),
        noted_by_name=by.name,
        noted_at_utc=now,
    )
    outcome.steps.append(noted)
    record(
        Verb.OUTCOME_STEPPED_IN if step is Step.IN else Verb.OUTCOME_STEPPED_OUT,
        outcome,
        by=by,
        now=now,
        reason=f"{town.name} {step.label} op {format_date(why.on_day)}: {noted.reason}",
    )
    return noted

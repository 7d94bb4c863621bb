"""Another date by which the municipalities decide on a released outcome."""

from datetime import date, datetime

from sqlalchemy import update

from overleg.accounts.models import Person
from overleg.audit.states import Verb
from overleg.audit.workflow import record
from overleg.db import refuse_other, revision_of_values, session
from overleg.decisions.models import FollowUp, Outcome, OutcomeRequest
from overleg.decisions.notices import tell_due_changed
from overleg.decisions.queries.choosing import towns_by_name
from overleg.decisions.states import DueRule
from overleg.decisions.workflow.follow_up import hold_rows
from overleg.decisions.workflow.holding import hold_outcome
from overleg.decisions.workflow.outcomes import check_to_come, due_day
from overleg.lib.dates import local_date
from overleg.lib.errors import NotPossible, Refused
from overleg.organisations.models import Organisation

NO_DATE = "geen datum"


def change_due(
    outcome: Outcome,
    rule: DueRule,
    day: date | None,
    *,
    revision: int,
    by: Person,
    now: datetime,
) -> list[Organisation]:
    """Ask by another day (in Brussels), and tell the municipalities that still have to answer.

    Returns those. All rows get the new date: one that steps in again or reopens is not late by the
    old one. Raises ``NotPossible`` before the release; ``Refused`` for a day that is over, without
    the day that the rule needs, or when nothing is different; ``EditConflict`` when another date
    stands there than that of ``revision``.
    """
    hold_outcome(outcome)
    request = asked_of(outcome)
    hold_rows(outcome.follow_ups)
    refuse_other(revision_of_due(request), revision, "de termijn")
    day = None if rule is DueRule.OPEN else day
    if day is None and rule is not DueRule.OPEN:
        raise Refused("Kies een datum, of “geen datum”.")
    check_to_come(day, local_date(now))
    if (request.due_rule, request.due_on) == (rule, day):
        raise Refused("Dat is al de termijn: er is niets gewijzigd.")
    before = request.due_in_words or NO_DATE
    request.due_rule, request.due_on = rule, day
    _move_rows(outcome, request)
    told = f"Nu {request.due_in_words or NO_DATE}; eerder {before}."
    record(Verb.OUTCOME_DUE_CHANGED, outcome, by=by, now=now, reason=told)
    waiting = still_to_answer(outcome)
    tell_due_changed(outcome, waiting, before=before, now=now)
    return waiting


def asked_of(outcome: Outcome) -> OutcomeRequest:
    """What a released outcome asks. Raises ``NotPossible`` before the release."""
    if outcome.request is None:
        raise NotPossible("De termijn wijzigen kan pas na het vrijgeven.")
    return outcome.request


def revision_of_due(request: OutcomeRequest) -> int:
    """Which date this is, for who changes it."""
    return revision_of_values(request.due_rule.value, request.due_on)


def still_to_answer(outcome: Outcome) -> list[Organisation]:
    """The municipalities of which an organ still has to answer, by name."""
    return towns_by_name(
        row.organisation_id for row in outcome.follow_ups if not row.state.is_final
    )


def _move_rows(outcome: Outcome, request: OutcomeRequest) -> None:
    """Give the rows their day; they keep their revision, for who is reporting meanwhile."""
    days: dict[date | None, list[str]] = {}
    for row in outcome.follow_ups:
        days.setdefault(due_day(request, row.organisation, row.organ), []).append(row.id)
    for day, ids in days.items():
        session().execute(
            update(FollowUp)
            .where(FollowUp.id.in_(ids))
            .values(due_on=day, revision=FollowUp.revision)
        )

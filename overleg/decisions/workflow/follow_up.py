"""What a municipality reports of its college or council."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from overleg.accounts.models import Person
from overleg.audit.states import Verb
from overleg.audit.workflow import record
from overleg.db import hold_until_commit, session
from overleg.decisions.models import FollowUp
from overleg.decisions.states import DECIDED_FOLLOW_UP, FollowUpState
from overleg.documents.models import StoredFile
from overleg.lib.dates import format_date, local_date
from overleg.lib.errors import EditConflict, NotPossible, Refused


@dataclass(frozen=True)
class Report:
    """What was filled in; days are calendar days in Brussels."""

    state: FollowUpState
    day: date | None = None
    reference_number: str = ""
    decision_url: str = ""
    remark: str = ""
    file: StoredFile | None = None


def report(follow_up: FollowUp, what: Report, *, revision: int, by: Person, now: datetime) -> None:
    """Note where a municipality's organ stands with an outcome.

    ``revision`` is the one the person saw. Raises ``EditConflict`` when somebody reported in
    between, ``Refused`` when a needed date, link or reason is missing or wrong.
    """
    check_report(follow_up, what, revision=revision, today=local_date(now))
    before = follow_up.state
    follow_up.state = what.state
    if what.state is FollowUpState.SCHEDULED:
        follow_up.scheduled_on = what.day
    elif what.state not in DECIDED_FOLLOW_UP:
        follow_up.scheduled_on = None
    follow_up.decided_on = what.day if what.state in DECIDED_FOLLOW_UP else None
    follow_up.reference_number = what.reference_number
    follow_up.decision_url = what.decision_url
    follow_up.remark = what.remark
    follow_up.file = what.file or follow_up.file
    follow_up.reported_at_utc = now
    follow_up.reported_by_name = by.name
    record(
        Verb.FOLLOW_UP_REPORTED,
        follow_up,
        by=by,
        now=now,
        from_state=before,
        to_state=what.state,
        reason=_in_words(what),
    )


def hold_rows(rows: Sequence[FollowUp]) -> None:
    """Hold these rows until the commit, and read them anew: who comes second sees the first."""
    hold_until_commit(FollowUp, FollowUp.id.in_(sorted(row.id for row in rows)))
    for row in rows:
        session().refresh(row)


def check_report(follow_up: FollowUp, what: Report, *, revision: int, today: date) -> None:
    """Whether this can be reported of a row on a day (in Brussels); changes nothing.

    Raises ``EditConflict`` when somebody reported since ``revision``, ``NotPossible`` when the
    municipality stepped out, ``Refused`` when a needed date or reason is missing or wrong.
    """
    if follow_up.state is FollowUpState.STEPPED_OUT:
        raise NotPossible(
            f"{follow_up.organisation.name} stapte uit deze uitkomst: er is niets meer te melden."
        )
    if follow_up.revision != revision:
        raise EditConflict(f"{told_of(follow_up)} Kijk na wat er staat voor u opnieuw meldt.")
    _check(what, follow_up, today=today)


def told_of(follow_up: FollowUp) -> str:
    """Who reported last and what, as a sentence."""
    there = Report(
        follow_up.state,
        follow_up.decided_on or follow_up.scheduled_on,
        follow_up.reference_number,
        remark=follow_up.remark,
    )
    who = follow_up.reported_by_name or "Iemand anders"
    return f"{who} meldde intussen: {_in_words(there).rstrip('.')}."


def _check(what: Report, follow_up: FollowUp, *, today: date) -> None:
    held_on = follow_up.outcome.held_on
    if what.state is FollowUpState.SCHEDULED and what.day is None:
        raise Refused("Geef de datum waarop het geagendeerd is.")
    if what.state in DECIDED_FOLLOW_UP:
        if what.day is None:
            raise Refused(f"Geef de datum van de zitting: wanneer werd het {what.state.label}?")
        if what.day > today:
            raise Refused(
                "Die datum ligt in de toekomst. Kies “geagendeerd” als het nog moet komen."
            )
    if what.day is not None and what.day < held_on:
        raise Refused(
            f"Die datum valt vóór het overleg van {format_date(held_on)}. Kijk het jaar na."
        )
    if what.state is FollowUpState.REJECTED and not what.remark:
        raise Refused("Zeg kort waarom het afgekeurd werd: zo kan het overleg ermee verder.")
    if what.state is FollowUpState.APPROVED_AMENDED and not what.remark:
        raise Refused("Zeg kort wat er gewijzigd werd.")


def _in_words(what: Report) -> str:
    day = f" op {format_date(what.day)}" if what.day else ""
    number = f", nummer {what.reference_number}" if what.reference_number else ""
    remark = f": {what.remark}" if what.remark else ""
    return f"{what.state.label}{day}{number}{remark}"

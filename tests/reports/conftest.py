"""A month of the Midwestoverleg: a meeting with a point of each circle, held and agreed on."""

from dataclasses import dataclass
from datetime import datetime, timedelta

import pytest
from sqlalchemy.orm import Session

from overleg.decisions.states import Organ, OutcomeKind
from overleg.decisions.workflow.outcomes import (
    Agreed,
    Request,
    make_ready,
    note_outcome,
    release_outcome,
)
from overleg.minutes.workflow.sessions import close_meeting, open_meeting
from overleg.organisations.models import Organisation
from overleg.reports.models import RegionReport
from overleg.reports.states import ReportKind
from overleg.reports.workflow.writing import begin_and_write
from overleg.scheduling.models import Meeting
from tests.agenda.preparing import NOW, Table, send_table
from tests.plugins.application import Clock
from tests.plugins.cast import Cast
from tests.plugins.scenarios import scenario


@dataclass
class Month:
    """The meeting of 2 March with its points; the clock stands on 1 April, 5.00 in Brussels."""

    meeting: Meeting
    table: Table


@scenario
def month_as_held(cast: Cast) -> Month:
    """Held on 2 March; an agreement was released to the colleges, a point was noted."""
    table, now = send_table(cast), NOW
    meeting = table.meeting
    meeting.starts_at_utc = now - timedelta(hours=2)
    meeting.ends_at_utc = now - timedelta(hours=1)
    open_meeting(meeting, by=cast.support, now=now)
    agreed = note_outcome(
        table.shared,
        Agreed(OutcomeKind.AGREEMENT, "Samen sporten", "<p>Elke gemeente keurt het plan goed.</p>"),
        by=cast.support,
        now=now,
    )
    note_outcome(
        table.public,
        Agreed(OutcomeKind.NOTED, "Zwembaden gekend", "<p>Het overleg neemt kennis.</p>"),
        by=cast.support,
        now=now,
    )
    request = Request(
        [cast.roeselare, cast.izegem, cast.tielt],
        [Organ.COLLEGE],
        due_on=now.date() + timedelta(days=45),
    )
    make_ready(agreed, by=cast.support, now=now)
    release_outcome(agreed, request, by=cast.support, now=now)
    close_meeting(meeting, by=cast.support, now=now)
    return Month(meeting, table)


@pytest.fixture
def month(month_as_held: Month, clock: Clock) -> Month:
    """The same, on 1 April."""
    clock.moment = datetime.fromisoformat("2026-04-01T03:00:00+00:00")
    return month_as_held


def written(
    session: Session, town: Organisation, now: datetime, kind: ReportKind = ReportKind.COLLEGE
) -> RegionReport:
    """The report of a municipality that writes itself at a moment (UTC)."""
    made = {report.kind: report for report in begin_and_write([town], now=now)}
    session.commit()
    return made[kind]

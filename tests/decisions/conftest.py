"""A meeting of the Midwestoverleg that is being held, with a point per circle."""

from dataclasses import dataclass
from datetime import datetime, timedelta

import pytest
from sqlalchemy.orm import Session

from overleg.agenda.models import AgendaItem
from overleg.agenda.states import Asked, ItemKind
from overleg.decisions.models import FollowUp, Outcome
from overleg.decisions.states import Organ, OutcomeKind
from overleg.decisions.workflow.outcomes import (
    Agreed,
    Request,
    make_ready,
    note_outcome,
    release_outcome,
)
from overleg.documents.states import Circle
from overleg.scheduling.models import Meeting
from overleg.scheduling.states import MeetingState
from tests.plugins.cast import Cast


@dataclass
class Held:
    """A meeting and its points."""

    meeting: Meeting
    open_item: AgendaItem
    closed_item: AgendaItem


@dataclass
class Released:
    """A released agreement and its rows by municipality."""

    outcome: Outcome
    rows: dict[str, FollowUp]


@pytest.fixture
def held(cast: Cast, session: Session, now: datetime) -> Held:
    """The meeting of this morning, in session."""
    meeting = Meeting(
        body=cast.midwest,
        year=2026,
        number=3,
        state=MeetingState.IN_SESSION,
        starts_at_utc=now - timedelta(hours=1),
        ends_at_utc=now + timedelta(hours=1),
        calendar_uid="uid-of-the-test",
        created_at_utc=now,
        changed_at_utc=now,
    )
    items = [
        AgendaItem(
            meeting=meeting,
            kind=ItemKind.OWN,
            position=position,
            title=title,
            explanation_html=f"<p>Toelichting bij {title}.</p>",
            asked=Asked.DECIDE,
            circle=circle,
            added_at_utc=now,
        )
        for position, (title, circle) in enumerate(
            [("Regionale energiestrategie", Circle.ADMINISTRATIONS), ("Besloten", Circle.MAYORS)], 1
        )
    ]
    session.add_all([meeting, *items])
    session.commit()
    return Held(meeting, *items)


@pytest.fixture
def released(held: Held, cast: Cast, session: Session, now: datetime) -> Released:
    """The agreement on the open point, released to all colleges of Midwest."""
    outcome = note_outcome(
        held.open_item,
        Agreed(
            OutcomeKind.AGREEMENT,
            "Regionale energiestrategie",
            "<ol><li>Keurt de strategie goed.</li>"
            "<li>Bezorgt een afschrift aan DVV Midwest.</li></ol>",
        ),
        by=cast.support,
        now=now,
    )
    request = Request(
        [cast.roeselare, cast.izegem, cast.tielt],
        [Organ.COLLEGE],
        due_on=now.date() + timedelta(days=30),
    )
    make_ready(outcome, by=cast.support, now=now)
    release_outcome(outcome, request, by=cast.support, now=now)
    session.commit()
    return Released(outcome, {row.organisation.slug: row for row in outcome.follow_ups})

"""A meeting of the Midwestoverleg that is being held, with a point per circle."""

from dataclasses import dataclass
from datetime import datetime, timedelta

import pytest
from sqlalchemy.orm import Session

from overleg.agenda.models import AgendaItem, Dossier, Proposal
from overleg.agenda.states import (
    Asked,
    ItemKind,
    ProposalFunction,
    ProposalKind,
    ProposalState,
)
from overleg.db import db
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
from tests.agenda.preparing import NOW
from tests.plugins.cast import Cast
from tests.plugins.scenarios import scenario


@dataclass
class Held:
    """A meeting and its points."""

    meeting: Meeting
    open_item: AgendaItem
    closed_item: AgendaItem


@dataclass
class Released:
    """A released agreement and its rows by municipality."""

    held: Held
    outcome: Outcome
    rows: dict[str, FollowUp]


@pytest.fixture
def held(cast: Cast) -> Held:
    """The meeting of this morning, in session."""
    return _hold(cast)


@scenario
def released(cast: Cast) -> Released:
    """The agreement on the open point, released to all colleges of Midwest."""
    held = _hold(cast)
    outcome = note_outcome(
        held.open_item,
        Agreed(
            OutcomeKind.AGREEMENT,
            "Regionale energiestrategie",
            "<ol><li>Keurt de strategie goed.</li>"
            "<li>Bezorgt een afschrift aan DVV Midwest.</li></ol>",
        ),
        by=cast.support,
        now=NOW,
    )
    request = Request(
        [cast.roeselare, cast.izegem, cast.tielt],
        [Organ.COLLEGE],
        due_on=NOW.date() + timedelta(days=30),
    )
    make_ready(outcome, by=cast.support, now=NOW)
    release_outcome(outcome, request, by=cast.support, now=NOW)
    return Released(held, outcome, {row.organisation.slug: row for row in outcome.follow_ups})


@pytest.fixture
def pulled(released: Released, cast: Cast, session: Session, now: datetime) -> Released:
    """The dossier of what was released belongs to DVV Midwest, the partner's."""
    dossier = Dossier(title="Energie", owner=cast.dvv, created_at_utc=now)
    asked, circle = released.held.open_item.asked, released.held.open_item.circle
    proposal = Proposal(
        body=cast.midwest,
        dossier=dossier,
        organisation=cast.dvv,
        title="Energie",
        explanation_html="",
        function=ProposalFunction.POLICY,
        kind=ProposalKind.STRATEGY,
        asked=asked,
        minutes_needed=10,
        circle=circle,
        state=ProposalState.TREATED,
        submitter=cast.mayor,
        created_by=cast.mayor,
        created_at_utc=now,
        changed_at_utc=now,
        submitted_at_utc=now,
    )
    item = released.held.open_item
    item.proposal, item.kind = proposal, ItemKind.PROPOSAL
    session.commit()
    return released


def _hold(cast: Cast) -> Held:
    meeting = Meeting(
        body=cast.midwest,
        year=2026,
        number=3,
        state=MeetingState.IN_SESSION,
        starts_at_utc=NOW - timedelta(hours=1),
        ends_at_utc=NOW + timedelta(hours=1),
        calendar_uid="uid-of-the-test",
        created_at_utc=NOW,
        changed_at_utc=NOW,
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
            added_at_utc=NOW,
        )
        for position, (title, circle) in enumerate(
            [("Regionale energiestrategie", Circle.ADMINISTRATIONS), ("Besloten", Circle.MAYORS)], 1
        )
    ]
    db.session.add_all([meeting, *items])
    db.session.commit()
    return Held(meeting, *items)

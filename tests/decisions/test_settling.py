"""What an outcome makes of the point and of its proposal, and what a correction makes of them."""

from dataclasses import dataclass
from datetime import datetime

import pytest
from sqlalchemy.orm import Session

from overleg.agenda.models import AgendaItem, Proposal
from overleg.agenda.states import ItemState, ProposalState
from overleg.agenda.workflow.items import remove_item, schedule_proposal
from overleg.agenda.workflow.sending import send_agenda
from overleg.decisions.models import Outcome
from overleg.decisions.states import OutcomeKind
from overleg.decisions.workflow.outcomes import Agreed, change_outcome, note_outcome
from overleg.lib.errors import NotPossible
from overleg.minutes.workflow.sessions import open_meeting
from overleg.scheduling.models import Meeting
from overleg.scheduling.workflow import cancel_meeting
from tests.agenda.preparing import ready_proposal
from tests.minutes.held import BEFORE, Held, next_for, sent_meeting
from tests.plugins.application import SignInAs
from tests.plugins.cast import Cast


@dataclass
class Point:
    """A proposal on the agenda of a meeting that is being held."""

    held: Held
    item: AgendaItem
    proposal: Proposal

    @property
    def now(self) -> datetime:
        """When the meeting begins, in UTC."""
        return self.held.begun_at

    @property
    def states(self) -> tuple[ItemState, ProposalState]:
        """Where the point and its proposal stand."""
        return self.item.state, self.proposal.state

    def note(self, kind: OutcomeKind) -> Outcome:
        """Note an outcome of this kind."""
        return note_outcome(self.item, agreed(kind), by=self.held.by, now=self.now)

    def correct(self, outcome: Outcome, kind: OutcomeKind) -> None:
        """Say that the outcome was of this kind."""
        change_outcome(outcome, agreed(kind), by=self.held.by, now=self.now)

    def put_on_next(self) -> tuple[Meeting, AgendaItem]:
        """Put the proposal on the agenda of the next meeting."""
        following = next_for(self.held)
        there = schedule_proposal(following, self.proposal, by=self.held.by, now=self.now)
        return following, there


@pytest.fixture
def point(cast: Cast, session: Session) -> Point:
    """A proposal about "Waterbom", on the table of the Midwestoverleg."""
    proposal = ready_proposal(cast.chair, cast.midwest, cast.izegem, "Waterbom")
    held = sent_meeting(cast.midwest, by=cast.support)
    before = held.begun_at - BEFORE
    item = schedule_proposal(held.meeting, proposal, by=cast.support, now=before)
    session.commit()
    return Point(held.open(), item, proposal)


def agreed(kind: OutcomeKind) -> Agreed:
    """An outcome of this kind."""
    return Agreed(kind, "Waterbom", "<p>Zoals besproken.</p>")


@pytest.mark.parametrize(
    ("happens", "way_on"),
    [
        ("nothing", "Haal het daar eerst van de agenda"),
        ("begun", "Noteer daar wat ervan komt"),
        ("cancelled", "kies daar eerst wat met de punten gebeurt"),
    ],
)
def test_what_waits_on_the_next_agenda_was_not_treated_here(
    point: Point, session: Session, happens: str, way_on: str
) -> None:
    outcome = point.note(OutcomeKind.POSTPONED)
    following, there = point.put_on_next()
    by, now = point.held.by, point.now
    if happens == "begun":
        send_agenda(following, message="", by=by, now=now)
        open_meeting(following, by=by, now=following.starts_at_utc)
    elif happens == "cancelled":
        cancel_meeting(following, reason="Sneeuw.", by=by, now=now)
    session.commit()
    where = f"“Waterbom” staat intussen op de agenda van {following.title}"
    with pytest.raises(NotPossible, match=f"{where}.*{way_on}"):
        point.correct(outcome, OutcomeKind.AGREEMENT)
    assert outcome.kind is OutcomeKind.POSTPONED
    assert point.states == (ItemState.POSTPONED, ProposalState.SCHEDULED)
    assert there.state is ItemState.SCHEDULED


def test_once_off_the_next_agenda_a_postponed_point_is_corrected(point: Point) -> None:
    outcome = point.note(OutcomeKind.POSTPONED)
    _, there = point.put_on_next()
    remove_item(there, by=point.held.by, now=point.now)
    point.correct(outcome, OutcomeKind.AGREEMENT)
    assert point.states == (ItemState.TREATED, ProposalState.TREATED)


def test_other_words_for_what_was_agreed_leave_the_next_agenda_alone(point: Point) -> None:
    first = point.note(OutcomeKind.AGREEMENT)
    point.note(OutcomeKind.POSTPONED)
    point.put_on_next()
    point.correct(first, OutcomeKind.AGREEMENT)
    assert point.states == (ItemState.POSTPONED, ProposalState.SCHEDULED)


def test_a_refused_correction_keeps_what_was_typed(
    point: Point, session: Session, cast: Cast, sign_in_as: SignInAs
) -> None:
    outcome = point.note(OutcomeKind.POSTPONED)
    point.put_on_next()
    session.commit()
    support = sign_in_as(cast.support)
    words = {"kind": "agreement", "title": "Toch akkoord", "text_html": "We gaan ervoor."}
    for address in (
        f"/uitkomsten/{outcome.id}/wijzigen",
        f"/agendapunten/{point.item.id}/uitkomst",
    ):
        answer = support.send(address, words)
        assert answer.status_code == 409
        assert "staat intussen op de agenda van" in answer.text
        assert "We gaan ervoor." in answer.text
    session.expire_all()
    assert point.states == (ItemState.POSTPONED, ProposalState.SCHEDULED)

"""What an outcome makes of the point and of its proposal, and what a correction makes of them."""

from dataclasses import dataclass
from datetime import datetime, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from overleg.agenda.models import AgendaItem, Proposal
from overleg.agenda.queries.items import pool_of
from overleg.agenda.states import ItemState, ProposalState
from overleg.agenda.workflow.items import continue_item, remove_item, schedule_proposal
from overleg.agenda.workflow.sending import send_agenda
from overleg.agenda.workflow.submitting import withdraw_proposal
from overleg.db import session as open_session
from overleg.decisions.models import DroppedOutcome, Outcome
from overleg.decisions.states import OutcomeKind
from overleg.decisions.workflow.dropping import drop_outcome, restore_outcome
from overleg.decisions.workflow.outcomes import Agreed, change_outcome, note_outcome
from overleg.lib.errors import NotPossible
from overleg.minutes.queries.waiting import waiting_items
from overleg.minutes.workflow.sessions import open_meeting
from overleg.organisations.viewer import viewer_for
from overleg.scheduling.models import Meeting
from overleg.scheduling.states import MeetingState
from overleg.scheduling.workflow import cancel_meeting
from tests.agenda.preparing import ready_proposal
from tests.minutes.held import BEFORE, OPEN_POINT, Held, next_for, sent_meeting
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

    def note(self, kind: OutcomeKind, *, minutes: int = 0) -> Outcome:
        """Note an outcome of this kind, so many minutes into the meeting."""
        at = self.now + timedelta(minutes=minutes)
        return note_outcome(self.item, agreed(kind), by=self.held.by, now=at)

    def correct(self, outcome: Outcome, kind: OutcomeKind) -> None:
        """Say that the outcome was of this kind."""
        open_session().flush()
        seen = outcome.revision
        change_outcome(outcome, agreed(kind), revision=seen, by=self.held.by, now=self.now)

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
    where = f"“Waterbom” staat intussen op de agenda van {following.the_title}"
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


CORRECTIONS = [
    (OutcomeKind.AGREEMENT, ItemState.TREATED, ProposalState.TREATED),
    (OutcomeKind.POSTPONED, ItemState.POSTPONED, ProposalState.VALIDATED),
    (OutcomeKind.WITHDRAWN, ItemState.WITHDRAWN, ProposalState.WITHDRAWN),
]


@pytest.mark.parametrize("before", [kind for kind, *_ in CORRECTIONS])
@pytest.mark.parametrize(("kind", "item", "proposal"), CORRECTIONS)
def test_a_correction_leaves_what_noting_it_at_once_would(
    point: Point, before: OutcomeKind, kind: OutcomeKind, item: ItemState, proposal: ProposalState
) -> None:
    outcome = point.note(before)
    point.correct(outcome, kind)
    assert point.states == (item, proposal)
    drop_outcome(outcome, reason="Verkeerd punt", by=point.held.by, now=point.now)
    assert point.states == (ItemState.SCHEDULED, ProposalState.SCHEDULED)


@pytest.mark.parametrize(("first", "item", "proposal"), CORRECTIONS)
@pytest.mark.parametrize("second", [kind for kind, *_ in CORRECTIONS])
def test_without_the_last_outcome_the_one_before_it_counts(
    point: Point, first: OutcomeKind, item: ItemState, proposal: ProposalState, second: OutcomeKind
) -> None:
    point.note(first)
    last = point.note(second, minutes=5)
    noted = point.states
    drop_outcome(last, reason="Verkeerd punt", by=point.held.by, now=point.now)
    assert point.states == (item, proposal)
    dropped = open_session().scalars(select(DroppedOutcome)).one()
    restore_outcome(dropped, by=point.held.by, now=point.now)
    assert point.states == noted


def test_without_an_earlier_outcome_the_last_one_still_counts(point: Point) -> None:
    first = point.note(OutcomeKind.AGREEMENT)
    point.note(OutcomeKind.POSTPONED, minutes=5)
    dropped = drop_outcome(first, reason="Verkeerd punt", by=point.held.by, now=point.now)
    assert point.states == (ItemState.POSTPONED, ProposalState.VALIDATED)
    restore_outcome(dropped, by=point.held.by, now=point.now)
    assert point.states == (ItemState.POSTPONED, ProposalState.VALIDATED)


def test_correcting_an_earlier_outcome_leaves_what_the_last_one_says(point: Point) -> None:
    first = point.note(OutcomeKind.AGREEMENT)
    point.note(OutcomeKind.POSTPONED, minutes=5)
    point.correct(first, OutcomeKind.POSITION)
    assert first.kind is OutcomeKind.POSITION
    assert point.states == (ItemState.POSTPONED, ProposalState.VALIDATED)


def test_what_stands_on_the_next_agenda_stays_there_without_its_outcome(point: Point) -> None:
    point.note(OutcomeKind.AGREEMENT)
    postponed = point.note(OutcomeKind.POSTPONED, minutes=5)
    point.put_on_next()
    drop_outcome(postponed, reason="Verkeerd punt", by=point.held.by, now=point.now)
    assert point.states == (ItemState.POSTPONED, ProposalState.SCHEDULED)


def test_what_was_postponed_again_stays_so_without_its_first_outcome(
    point: Point, session: Session
) -> None:
    postponed = point.note(OutcomeKind.POSTPONED)
    following, there = point.put_on_next()
    send_agenda(following, message="", by=point.held.by, now=point.now)
    open_meeting(following, by=point.held.by, now=following.starts_at_utc)
    again = agreed(OutcomeKind.POSTPONED)
    note_outcome(there, again, by=point.held.by, now=following.starts_at_utc)
    session.commit()
    where = f"staat intussen op de agenda van {following.the_title}. Noteer daar wat ervan komt"
    with pytest.raises(NotPossible, match=where):
        point.correct(postponed, OutcomeKind.AGREEMENT)
    drop_outcome(postponed, reason="Verkeerd punt", by=point.held.by, now=point.now)
    assert point.states == (ItemState.POSTPONED, ProposalState.VALIDATED)
    assert there.state is ItemState.POSTPONED


def test_an_own_point_that_was_taken_up_again_stays_postponed(point: Point) -> None:
    own = point.held.point(OPEN_POINT)
    kind, by = agreed(OutcomeKind.POSTPONED), point.held.by
    postponed = note_outcome(own, kind, by=by, now=point.now)
    continue_item(next_for(point.held), own, by=by, now=point.now)
    drop_outcome(postponed, reason="Verkeerd punt", by=by, now=point.now)
    assert own.state is ItemState.POSTPONED


def test_after_approval_a_point_is_still_what_its_outcomes_make_of_it(
    point: Point, session: Session
) -> None:
    point.note(OutcomeKind.AGREEMENT)
    point.held.meeting.state = MeetingState.APPROVED
    session.commit()
    mistaken = point.note(OutcomeKind.POSTPONED, minutes=5)
    drop_outcome(mistaken, reason="Verkeerd punt", by=point.held.by, now=point.now)
    assert point.states == (ItemState.TREATED, ProposalState.TREATED)
    dropped = session.scalars(select(DroppedOutcome)).one()
    restored = restore_outcome(dropped, by=point.held.by, now=point.now)
    assert point.states == (ItemState.POSTPONED, ProposalState.VALIDATED)
    point.put_on_next()
    drop_outcome(restored, reason="Toch niet", by=point.held.by, now=point.now)
    assert point.states == (ItemState.POSTPONED, ProposalState.SCHEDULED)


def test_what_is_withdrawn_at_the_table_keeps_its_place_and_says_so(
    point: Point, session: Session, cast: Cast, sign_in_as: SignInAs
) -> None:
    place = point.item.position
    outcome = point.note(OutcomeKind.WITHDRAWN)
    session.commit()
    assert point.states == (ItemState.WITHDRAWN, ProposalState.WITHDRAWN)
    assert point.item.position == place
    chair = sign_in_as(cast.chair)
    address = f"/voorstellen/{point.proposal.id}"
    page = chair.get(address).text
    assert "Het werd ingetrokken op de vergadering van 2 maart 2026." in page
    assert "noteerde dat “Waterbom” ingetrokken is" in page
    refused = chair.press(f"{address}/intrekken", {"reason": "Toch niet."})
    assert "Daarmee is het afgerond" in refused.text
    point.correct(outcome, OutcomeKind.POSTPONED)
    session.commit()
    assert "toch niet ingetrokken" in chair.get(address).text


def test_what_is_withdrawn_at_the_table_goes_on_no_other_agenda(point: Point) -> None:
    point.note(OutcomeKind.WITHDRAWN)
    with pytest.raises(NotPossible, match="Daarmee is het afgerond"):
        point.put_on_next()


def test_what_waits_on_the_next_agenda_is_not_withdrawn_here(point: Point) -> None:
    outcome = point.note(OutcomeKind.POSTPONED)
    point.put_on_next()
    with pytest.raises(NotPossible, match="staat intussen op de agenda van"):
        point.correct(outcome, OutcomeKind.WITHDRAWN)
    assert point.states == (ItemState.POSTPONED, ProposalState.SCHEDULED)


def test_what_its_submitter_withdrew_is_not_brought_back_by_an_outcome(point: Point) -> None:
    outcome = point.note(OutcomeKind.POSTPONED)
    withdraw_proposal(point.proposal, reason="Toch niet.", by=point.held.by, now=point.now)
    for kind in (OutcomeKind.AGREEMENT, OutcomeKind.WITHDRAWN):
        with pytest.raises(NotPossible, match="Daarmee is het afgerond"):
            point.correct(outcome, kind)
    assert point.states == (ItemState.POSTPONED, ProposalState.WITHDRAWN)


def test_nothing_is_noted_of_a_point_that_was_taken_off(cast: Cast, session: Session) -> None:
    proposal = ready_proposal(cast.chair, cast.midwest, cast.izegem, "Waterbom")
    held = sent_meeting(cast.midwest, by=cast.support)
    before = held.begun_at - BEFORE
    item = schedule_proposal(held.meeting, proposal, by=cast.support, now=before)
    session.commit()
    withdraw_proposal(proposal, reason="Toch niet.", by=cast.chair, now=before)
    held.open()
    with pytest.raises(NotPossible, match="staat niet meer op de agenda"):
        note_outcome(item, agreed(OutcomeKind.AGREEMENT), by=cast.support, now=held.begun_at)


def test_what_took_up_a_postponed_point_and_was_withdrawn_ends_it(
    point: Point, session: Session, cast: Cast
) -> None:
    point.note(OutcomeKind.POSTPONED)
    following, there = point.put_on_next()
    send_agenda(following, message="", by=point.held.by, now=point.now)
    open_meeting(following, by=point.held.by, now=following.starts_at_utc)
    kind = agreed(OutcomeKind.WITHDRAWN)
    note_outcome(there, kind, by=point.held.by, now=following.starts_at_utc)
    who = viewer_for(cast.support, following.day)
    assert waiting_items(who, following.body) == []
    assert pool_of(next_for(point.held, days=56)).postponed_on == {}

"""The mark of a verslag in the bundle of a later agenda: it differs whenever the verslag does."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

from sqlalchemy.orm import Session

from overleg.agenda.workflow.items import continue_item
from overleg.agenda.workflow.treatment import leave_for_later
from overleg.db import NO_ROW, revision_of
from overleg.decisions.queries.actions import vote_of
from overleg.decisions.states import AgreedBy, DueRule, Organ, OutcomeKind
from overleg.decisions.workflow.actions import (
    ToDo,
    change_action,
    drop_action,
    finish_action,
    note_action,
)
from overleg.decisions.workflow.dropping import drop_outcome
from overleg.decisions.workflow.due import asked_of, change_due, revision_of_due
from overleg.decisions.workflow.outcomes import (
    Agreed,
    Request,
    change_outcome,
    make_ready,
    note_outcome,
    release_outcome,
)
from overleg.decisions.workflow.votes import Agreement, note_vote
from overleg.documents.states import Circle
from overleg.minutes.bundled import Verslagen
from overleg.minutes.papers import minutes_paper
from overleg.minutes.queries.attendance import table_of
from overleg.minutes.queries.minutes import minutes_of
from overleg.minutes.reading import minutes_in_circle
from overleg.minutes.states import Presence
from overleg.minutes.workflow.absences import note_absences
from overleg.minutes.workflow.attendance import Seen, note_attendance
from overleg.minutes.workflow.notes import save_notes
from overleg.minutes.workflow.sessions import approve_minutes
from overleg.organisations.states import NotesVotes
from overleg.scheduling.states import MeetingState
from overleg.scheduling.workflow import change_meeting
from tests.at_once import ON_BOTH
from tests.minutes.held import OPEN_POINT, SECRET_POINT, SHARED_POINT, Held, next_for
from tests.plugins.cast import Cast


def _what_is_done_with_it(held: Held, cast: Cast) -> Iterator[str]:
    """Everything that changes a verslag after the meeting, one thing after the other."""
    meeting, by, now = held.meeting, cast.support, held.meeting.ends_at_utc
    point, other = held.point(SHARED_POINT), held.point(OPEN_POINT)
    seat = table_of(meeting).seats[0].seat.id
    save_notes(point, "<p>Besproken.</p>", started_from=0, by=by, now=now)
    yield "the discussion"
    seen = {seat: Seen(Presence.PRESENT)}
    note_attendance(meeting, seen, [], revision=revision_of(minutes_of(meeting)), by=by, now=now)
    yield "who was there"
    note_absences(point, {seat: "betrokken"}, revision=NO_ROW, by=by, now=now)
    yield "who took no part"
    agreed = Agreed(OutcomeKind.AGREEMENT, "Samen kopen", "<p>Samen.</p>")
    outcome = note_outcome(point, agreed, by=by, now=now)
    yield "an outcome"
    change_outcome(
        outcome,
        replace(agreed, text_html="<p>Later.</p>"),
        revision=outcome.revision,
        by=by,
        now=now,
    )
    yield "other words"
    note_vote(outcome, Agreement(AgreedBy.CONSENSUS), revision=NO_ROW, by=by, now=now)
    yield "how the table agreed"
    reserved = Agreement(AgreedBy.CONSENSUS, reservations=[("Tielt", "")])
    note_vote(outcome, reserved, revision=revision_of(vote_of(outcome)), by=by, now=now)
    yield "a reservation"
    mistake = note_outcome(point, replace(agreed, title="Dubbel"), by=by, now=now)
    yield "an outcome by mistake"
    drop_outcome(mistake, reason="Dubbel", by=by, now=now)
    yield "without the mistake"
    brief, letter = ToDo("Brief", "An"), ToDo("Offerte", "An")
    action = note_action(point, brief, by=by, now=now)
    yield "an action"
    change_action(action, ToDo("Brief", "Bert"), revision=action.revision, by=by, now=now)
    yield "somebody else does it"
    drop_action(action, by=by, now=now)
    note_action(point, letter, by=by, now=now)
    yield "another action"
    make_ready(outcome, by=by, now=now)
    towns = [cast.tielt, cast.izegem]
    release_outcome(outcome, Request(towns, [Organ.COLLEGE], due_on=None), by=by, now=now)
    yield "who decides"
    opened, later = revision_of_due(asked_of(outcome)), meeting.day + timedelta(days=60)
    change_due(outcome, DueRule.DATE, later, revision=opened, by=by, now=now)
    yield "by when"
    leave_for_later(other, by=by, now=now)
    yield "a point that waits"
    following = next_for(held)
    yield "the next meeting"
    continue_item(following, other, by=by, now=now)
    yield "where the point went"
    change_meeting(
        following,
        starts_at=following.starts_at_utc + timedelta(hours=1),
        ends_at=following.ends_at_utc + timedelta(hours=1),
        place="Elders",
        online_url="",
        revision=following.revision,
        by=by,
        now=now,
    )
    yield "a later hour"
    approve_minutes(meeting, by=by, now=following.starts_at_utc)
    yield "approved"


@ON_BOTH
def test_the_mark_differs_whenever_the_verslag_does(
    cast: Cast, held: Held, session: Session, database_kind: str
) -> None:
    cast.midwest.notes_votes = NotesVotes.VOTES
    held.close()
    meeting, source, circle = held.meeting, Verslagen(), Circle.MAYORS
    read = minutes_paper(minutes_in_circle(meeting, circle))
    mark = source.mark(meeting.id, meeting.body_id, circle)
    for what in _what_is_done_with_it(held, cast):
        session.commit()
        read_before, read = read, minutes_paper(minutes_in_circle(meeting, circle))
        assert read != read_before, what
        mark_before, mark = mark, source.mark(meeting.id, meeting.body_id, circle)
        assert mark != mark_before, (what, database_kind)
    assert mark == source.mark(meeting.id, meeting.body_id, circle)


def test_the_mark_of_a_wider_circle_says_nothing_of_a_narrower_one(
    cast: Cast, held: Held, session: Session
) -> None:
    held.approve()
    marks = {}
    for point in (SECRET_POINT, SHARED_POINT):
        agreed = Agreed(OutcomeKind.NOTED, "Kennis", "<p>Kennis.</p>")
        for circle in Circle:
            marks[circle] = Verslagen().mark(held.meeting.id, held.meeting.body_id, circle)
        note_outcome(held.point(point), agreed, by=cast.support, now=held.begun_at)
        session.commit()
        told = {
            circle
            for circle, mark in marks.items()
            if mark != Verslagen().mark(held.meeting.id, held.meeting.body_id, circle)
        }
        assert told == {c for c in Circle if held.point(point).circle in c.readable}


def test_no_mark_for_who_may_not_read_it(cast: Cast, held: Held) -> None:
    held.close()
    meeting, source = held.meeting, Verslagen()
    assert source.mark(meeting.id, meeting.body_id, Circle.ADMINISTRATIONS) == ""
    assert source.mark(meeting.id, cast.rivierenland.id, Circle.MAYORS) == ""
    assert source.mark(meeting.id, meeting.body_id, Circle.MAYORS)


def test_what_goes_on_elsewhere_leaves_the_mark_as_it_is(
    cast: Cast, held: Held, session: Session
) -> None:
    held.close()
    following, at = next_for(held), held.meeting.ends_at_utc
    todo = ToDo("Brief", "An")
    action = note_action(held.point(SHARED_POINT), todo, by=cast.support, now=at)
    session.commit()
    before = Verslagen().mark(held.meeting.id, held.meeting.body_id, Circle.MAYORS)
    for state in (MeetingState.AGENDA_SENT, MeetingState.IN_SESSION):
        following.state = state
        session.commit()
    finish_action(action, by=cast.support, now=at)
    session.commit()
    assert Verslagen().mark(held.meeting.id, held.meeting.body_id, Circle.MAYORS) == before

"""Making an agenda: what stands on it, in which order, and what is refused."""

from dataclasses import fields
from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from overleg.agenda.models import AgendaItem
from overleg.agenda.queries import items as queries
from overleg.agenda.queries.items import items_of_meeting, pool_of
from overleg.agenda.states import ItemState, ProposalState
from overleg.agenda.workflow.fixed_items import ensure_fixed_items
from overleg.agenda.workflow.items import (
    ItemText,
    add_own_item,
    change_item,
    continue_item,
    follow_item,
    remove_item,
    schedule_proposal,
)
from overleg.agenda.workflow.order import Direction, move_item, reorder
from overleg.agenda.workflow.sending import send_agenda
from overleg.audit.queries import history_of
from overleg.audit.states import Verb
from overleg.lib.errors import NotPossible
from overleg.scheduling.models import Meeting
from overleg.scheduling.states import MeetingState
from overleg.scheduling.workflow import cancel_meeting, change_meeting
from tests.agenda.preparing import NOW, add_points, own_point, ready_proposal
from tests.agenda.proposing import make_meeting
from tests.plugins.cast import Cast


def write(item: AgendaItem, cast: Cast, **words: str) -> None:
    """Change some words of a point, and leave the others."""
    text = {each.name: getattr(item, each.name) for each in fields(ItemText)}
    new = ItemText(**{**text, **words})
    change_item(item, new, revision=item.revision, by=cast.support, now=NOW)


def titles(meeting: Meeting) -> list[str]:
    return [item.title for item in items_of_meeting(meeting)]


@pytest.fixture
def meeting(session: Session, cast: Cast) -> Meeting:
    """The second meeting of Midwest, with its fixed points."""
    make_meeting(session, cast.midwest, days=-20, number=1)
    made = make_meeting(session, cast.midwest, days=30, number=2)
    ensure_fixed_items(made, now=NOW)
    return made


def test_an_agenda_begins_with_the_verslag_of_the_meeting_before_and_ends_with_varia(
    meeting: Meeting,
) -> None:
    assert titles(meeting) == ["Goedkeuring verslag van 10 februari 2026", "Varia"]


def test_preparing_again_adds_no_second_fixed_point(meeting: Meeting) -> None:
    ensure_fixed_items(meeting, now=NOW)
    assert len(titles(meeting)) == 2


def test_the_very_first_meeting_has_no_verslag_to_approve(session: Session, cast: Cast) -> None:
    first = make_meeting(session, cast.rivierenland)
    ensure_fixed_items(first, now=NOW)
    assert titles(first) == ["Varia"]


def test_a_proposal_and_an_own_point_come_before_varia(meeting: Meeting, cast: Cast) -> None:
    proposal = ready_proposal(cast.mayor, cast.midwest, cast.roeselare)
    item = schedule_proposal(meeting, proposal, by=cast.support, now=NOW)
    add_own_item(meeting, own_point(), by=cast.support, now=NOW)
    assert titles(meeting)[1:] == ["Hoppinpunten met deelwagens", "Kennismaking", "Varia"]
    assert item.submitter_label == "Burgemeester Roeselare"
    assert proposal.state is ProposalState.SCHEDULED


def test_a_proposal_stands_on_one_agenda_at_a_time(
    session: Session, meeting: Meeting, cast: Cast
) -> None:
    proposal = ready_proposal(cast.mayor, cast.midwest, cast.roeselare)
    schedule_proposal(meeting, proposal, by=cast.support, now=NOW)
    with pytest.raises(NotPossible, match="staat al op deze agenda"):
        schedule_proposal(meeting, proposal, by=cast.support, now=NOW)
    other = make_meeting(session, cast.midwest, days=60, number=3)
    with pytest.raises(NotPossible, match="is geagendeerd"):
        schedule_proposal(other, proposal, by=cast.support, now=NOW)


def test_a_proposal_of_another_body_is_refused(meeting: Meeting, cast: Cast) -> None:
    proposal = ready_proposal(cast.stranger, cast.denderregio, cast.aalst)
    with pytest.raises(NotPossible, match="ander overleg"):
        schedule_proposal(meeting, proposal, by=cast.support, now=NOW)


def test_omhoog_and_omlaag_move_one_place_and_stop_at_the_fixed_points(
    meeting: Meeting, cast: Cast
) -> None:
    add_points(meeting, 3, cast.support)
    _, first, second, _, varia = items_of_meeting(meeting)
    move_item(second, Direction.UP, by=cast.support, now=NOW)
    assert titles(meeting)[1:4] == ["Punt 1", "Punt 0", "Punt 2"]
    move_item(second, Direction.UP, by=cast.support, now=NOW)
    move_item(first, Direction.DOWN, by=cast.support, now=NOW)
    assert titles(meeting)[1:4] == ["Punt 1", "Punt 2", "Punt 0"]
    with pytest.raises(NotPossible, match="vast punt"):
        move_item(varia, Direction.UP, by=cast.support, now=NOW)


def test_a_drag_keeps_the_fixed_points_in_place(meeting: Meeting, cast: Cast) -> None:
    add_points(meeting, 2, cast.support)
    ids = [item.id for item in items_of_meeting(meeting)]
    reorder(meeting, list(reversed(ids)), by=cast.support, now=NOW)
    assert titles(meeting)[1:] == ["Punt 1", "Punt 0", "Varia"]
    assert [item.position for item in items_of_meeting(meeting)] == [1, 2, 3, 4]


def test_a_drag_on_a_page_that_misses_a_point_is_refused(meeting: Meeting, cast: Cast) -> None:
    add_points(meeting, 2, cast.support)
    seen = [item.id for item in items_of_meeting(meeting)]
    add_own_item(meeting, own_point("Intussen toegevoegd"), by=cast.support, now=NOW)
    with pytest.raises(NotPossible, match="intussen"):
        reorder(meeting, seen, by=cast.support, now=NOW)
    assert "Intussen toegevoegd" in titles(meeting)


def test_a_row_of_moves_leaves_one_row_in_the_journal(meeting: Meeting, cast: Cast) -> None:
    add_points(meeting, 3, cast.support)
    item = items_of_meeting(meeting)[1]
    move_item(item, Direction.DOWN, by=cast.support, now=NOW)
    move_item(item, Direction.DOWN, by=cast.support, now=NOW)
    verbs = [entry.verb for entry in history_of([meeting.id])]
    assert verbs.count(Verb.AGENDA_REORDERED) == 1


def test_what_is_taken_off_waits_again_and_the_rest_closes_up(meeting: Meeting, cast: Cast) -> None:
    proposal = ready_proposal(cast.mayor, cast.midwest, cast.roeselare)
    item = schedule_proposal(meeting, proposal, by=cast.support, now=NOW)
    add_points(meeting, 1, cast.support)
    remove_item(item, by=cast.support, now=NOW)
    assert [one.position for one in items_of_meeting(meeting)] == [1, 2, 3]
    assert proposal.state is ProposalState.VALIDATED
    assert list(pool_of(meeting).others) == [proposal]


def test_a_point_that_was_sent_becomes_withdrawn_and_can_come_back(
    session: Session, meeting: Meeting, cast: Cast
) -> None:
    proposal = ready_proposal(cast.mayor, cast.midwest, cast.roeselare)
    item = schedule_proposal(meeting, proposal, by=cast.support, now=NOW)
    send_agenda(meeting, message="", by=cast.support, now=NOW)
    remove_item(item, by=cast.support, now=NOW)
    kept = session.scalars(select(AgendaItem).where(AgendaItem.id == item.id)).one()
    assert kept.state is ItemState.WITHDRAWN
    again = schedule_proposal(meeting, proposal, by=cast.support, now=NOW)
    assert again is item
    assert titles(meeting)[1] == proposal.title


def test_a_fixed_point_stays(meeting: Meeting, cast: Cast) -> None:
    with pytest.raises(NotPossible, match="vast punt"):
        remove_item(items_of_meeting(meeting)[0], by=cast.support, now=NOW)


def test_changing_a_point_leaves_the_proposal_as_it_was_submitted(
    meeting: Meeting, cast: Cast
) -> None:
    proposal = ready_proposal(cast.mayor, cast.midwest, cast.roeselare)
    item = schedule_proposal(meeting, proposal, by=cast.support, now=NOW)
    change_item(item, own_point("Hoppinpunten"), revision=item.revision, by=cast.support, now=NOW)
    assert item.title == "Hoppinpunten"
    assert proposal.title == "Hoppinpunten met deelwagens"


@pytest.mark.parametrize(
    ("state", "sentence"),
    [
        (MeetingState.IN_SESSION, "al begonnen"),
        (MeetingState.APPROVED, "al begonnen"),
        (MeetingState.CANCELLED, "geannuleerd"),
    ],
)
def test_a_closed_agenda_says_what_can_be_done_instead(
    meeting: Meeting, cast: Cast, state: MeetingState, sentence: str
) -> None:
    meeting.state = state
    with pytest.raises(NotPossible, match=sentence):
        add_own_item(meeting, own_point(), by=cast.support, now=NOW)


def test_the_pool_shows_first_what_wishes_this_meeting(meeting: Meeting, cast: Cast) -> None:
    other = ready_proposal(cast.mayor, cast.midwest, cast.roeselare, "Zonder wens")
    wished = ready_proposal(cast.mayor, cast.midwest, cast.roeselare, "Gewenst", wished=meeting)
    ready_proposal(cast.stranger, cast.denderregio, cast.aalst, "Elders")
    pool = pool_of(meeting)
    assert (list(pool.wished), list(pool.others), pool.size) == ([wished], [other], 2)


def test_a_long_pool_offers_what_waits_longest_and_says_there_is_more(
    meeting: Meeting, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(queries, "MOST_WAITING", 2)
    waiting = [
        ready_proposal(cast.mayor, cast.midwest, cast.roeselare, f"Wacht {days} dagen")
        for days in (1, 9, 5)
    ]
    for proposal, days in zip(waiting, (1, 9, 5), strict=True):
        proposal.submitted_at_utc = NOW - timedelta(days=days)
    pool = pool_of(meeting)
    assert [p.title for p in pool.others] == ["Wacht 9 dagen", "Wacht 5 dagen"]
    assert pool.has_more


def test_what_stood_on_a_cancelled_meeting_waits_again(
    session: Session, meeting: Meeting, cast: Cast
) -> None:
    proposal = ready_proposal(cast.mayor, cast.midwest, cast.roeselare)
    lost = schedule_proposal(meeting, proposal, by=cast.support, now=NOW)
    meeting.state = MeetingState.CANCELLED
    following = make_meeting(session, cast.midwest, days=60, number=3)
    assert list(pool_of(following).others) == [proposal]
    item = schedule_proposal(following, proposal, by=cast.support, now=NOW)
    assert item.meeting_id == following.id
    assert lost.state is ItemState.WITHDRAWN
    assert proposal.state is ProposalState.SCHEDULED


def test_a_postponed_own_point_is_taken_up_once_as_a_new_point(
    session: Session, meeting: Meeting, cast: Cast
) -> None:
    earlier = add_own_item(meeting, own_point(), by=cast.support, now=NOW)
    earlier.state = ItemState.POSTPONED
    following = make_meeting(session, cast.midwest, days=60, number=3)
    assert list(pool_of(following).postponed) == [earlier]
    item = continue_item(following, earlier, by=cast.support, now=NOW)
    assert item.continues_id == earlier.id
    assert pool_of(following).size == 0
    with pytest.raises(NotPossible, match=r"staat al op de agenda van het .* van 1 mei 2026"):
        continue_item(following, earlier, by=cast.support, now=NOW)


def test_a_treated_point_is_followed_once_and_again_when_that_was_taken_off(
    session: Session, meeting: Meeting, cast: Cast
) -> None:
    earlier = add_own_item(meeting, own_point(), by=cast.support, now=NOW)
    with pytest.raises(NotPossible, match="nog niet behandeld"):
        follow_item(meeting, earlier, by=cast.support, now=NOW)
    earlier.state = ItemState.TREATED
    following = make_meeting(session, cast.midwest, days=60, number=3)
    item = follow_item(following, earlier, by=cast.support, now=NOW)
    with pytest.raises(NotPossible, match=r"staat al op de agenda van het .* van 1 mei 2026"):
        follow_item(following, earlier, by=cast.support, now=NOW)
    remove_item(item, by=cast.support, now=NOW)
    again = follow_item(following, earlier, by=cast.support, now=NOW)
    assert titles(following) == [again.title]


def test_a_postponed_proposal_continues_its_earlier_treatment(
    session: Session, meeting: Meeting, cast: Cast
) -> None:
    proposal = ready_proposal(cast.mayor, cast.midwest, cast.roeselare)
    earlier = schedule_proposal(meeting, proposal, by=cast.support, now=NOW)
    earlier.state = ItemState.POSTPONED
    proposal.state = ProposalState.VALIDATED
    following = make_meeting(session, cast.midwest, days=60, number=3)
    assert pool_of(following).postponed_on == {proposal.id: "uitgesteld op 1 april 2026"}
    item = schedule_proposal(following, proposal, by=cast.support, now=NOW)
    assert item.continues is earlier


def test_the_verslag_to_approve_is_one_click_away_and_follows_the_meeting_before(
    session: Session, cast: Cast
) -> None:
    first = make_meeting(session, cast.midwest, days=-20, number=1)
    made = make_meeting(session, cast.midwest, days=30, number=3)
    ensure_fixed_items(made, now=NOW)
    assert f"/vergaderingen/{first.id}/verslag" in items_of_meeting(made)[0].explanation_html
    between = make_meeting(session, cast.midwest, days=10, number=2)
    ensure_fixed_items(made, now=NOW)
    point = items_of_meeting(made)[0]
    assert point.title == "Goedkeuring verslag van 12 maart 2026"
    assert f"/vergaderingen/{between.id}/verslag" in point.explanation_html
    add_points(made, 1, cast.support)
    send_agenda(made, message="", by=cast.support, now=NOW)
    make_meeting(session, cast.midwest, days=20, number=4)
    ensure_fixed_items(made, now=NOW)
    assert items_of_meeting(made)[0].title == "Goedkeuring verslag van 12 maart 2026"


def moved_a_week(meeting: Meeting, cast: Cast) -> None:
    change_meeting(
        meeting,
        starts_at=meeting.starts_at_utc + timedelta(days=7),
        ends_at=meeting.ends_at_utc + timedelta(days=7),
        place=meeting.place,
        online_url=meeting.online_url,
        revision=meeting.revision,
        by=cast.support,
        now=NOW,
    )


def test_the_verslag_to_approve_follows_the_day_of_the_meeting_before(
    session: Session, cast: Cast
) -> None:
    before = make_meeting(session, cast.midwest, days=10, number=1)
    made = make_meeting(session, cast.midwest, days=30, number=2)
    point = ensure_fixed_items(made, now=NOW)[0]
    about = point.explanation_html
    write(point, cast, explanation_html=about + "<p>Met rechtzetting.</p>")
    revision = point.revision
    moved_a_week(before, cast)
    ensure_fixed_items(made, now=NOW)
    assert point.title == "Goedkeuring verslag van 19 maart 2026"
    followed = about.replace("12 maart", "19 maart") + "<p>Met rechtzetting.</p>"
    assert point.explanation_html == followed
    assert point.revision == revision + 1, "who has it open reads both texts"
    ensure_fixed_items(made, now=NOW)
    assert point.revision == revision + 1


@pytest.mark.parametrize(
    "words",
    [
        {"title": "Goedkeuring verslag van 12 maart 2026 en rechtzetting"},
        {"title": "Goedkeuring verslag van 10 februari 2026"},
        {"explanation_html": "<p>Het verslag gaat met de post.</p>"},
    ],
)
def test_what_support_staff_wrote_about_the_verslag_stays(
    session: Session, cast: Cast, words: dict[str, str]
) -> None:
    before = make_meeting(session, cast.midwest, days=10, number=1)
    made = make_meeting(session, cast.midwest, days=30, number=2)
    point = ensure_fixed_items(made, now=NOW)[0]
    write(point, cast, **words)
    written = (point.title, point.explanation_html)
    moved_a_week(before, cast)
    make_meeting(session, cast.midwest, days=20, number=3)
    ensure_fixed_items(made, now=NOW)
    assert (point.title, point.explanation_html) == written


def test_without_a_meeting_before_the_point_goes_unless_something_was_written_in_it(
    session: Session, cast: Cast
) -> None:
    before = make_meeting(session, cast.midwest, days=10, number=1)
    bare = make_meeting(session, cast.midwest, days=30, number=2)
    written = make_meeting(session, cast.midwest, days=30, number=3)
    for made in (bare, written):
        ensure_fixed_items(made, now=NOW)
    point = items_of_meeting(written)[0]
    write(point, cast, explanation_html=f"{point.explanation_html}<p>Met rechtzetting.</p>")
    cancel_meeting(before, reason="Griep", by=cast.support, now=NOW)
    for made in (bare, written):
        ensure_fixed_items(made, now=NOW)
    assert titles(bare) == ["Varia"]
    assert titles(written) == ["Goedkeuring verslag van 12 maart 2026", "Varia"]

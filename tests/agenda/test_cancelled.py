"""A meeting is cancelled: its points wait again, or go along to the next meeting."""

import pytest
from sqlalchemy.orm import Session

from overleg.agenda.models import AgendaItem
from overleg.agenda.queries.items import items_of_meeting, pool_of
from overleg.agenda.states import ItemState, ProposalState
from overleg.agenda.workflow.items import add_own_item, schedule_proposal
from overleg.scheduling.models import Meeting
from overleg.scheduling.workflow import cancel_meeting
from tests.agenda.preparing import NOW, own_point, ready_proposal
from tests.agenda.proposing import make_meeting
from tests.at_once import ON_BOTH, at_once
from tests.plugins.application import SignInAs
from tests.plugins.cast import Cast
from tests.reading import ReadingClient


@pytest.fixture
def cancelled(session: Session, cast: Cast) -> Meeting:
    """A cancelled meeting with a proposal and an own point on its agenda."""
    meeting = make_meeting(session, cast.midwest, days=30, number=1)
    proposal = ready_proposal(cast.mayor, cast.midwest, cast.roeselare, "Deelwagens")
    schedule_proposal(meeting, proposal, by=cast.support, now=NOW)
    add_own_item(meeting, own_point("Kennismaking"), by=cast.support, now=NOW)
    cancel_meeting(meeting, reason="Te weinig volk.", by=cast.support, now=NOW)
    session.commit()
    return meeting


@pytest.fixture
def following(session: Session, cast: Cast) -> Meeting:
    made = make_meeting(session, cast.midwest, days=60, number=2)
    session.commit()
    return made


def after_cancelling(meeting: Meeting) -> str:
    return f"/vergaderingen/{meeting.id}/agenda/na-annuleren"


def choose(client: ReadingClient, meeting: Meeting, choice: str) -> int:
    return client.press(after_cancelling(meeting), {"keuze": choice}).status_code


def titles(session: Session, meeting: Meeting) -> list[str]:
    session.expire_all()
    return [item.title for item in items_of_meeting(meeting)]


def test_the_page_of_a_cancelled_meeting_asks_support_staff_what_happens_to_its_points(
    cast: Cast, sign_in_as: SignInAs, cancelled: Meeting, following: Meeting
) -> None:
    address = f"/vergaderingen/{cancelled.id}"
    page = sign_in_as(cast.support).get(address).get_data(as_text=True)
    assert "2 punten van deze agenda wachten" in page
    assert "Meenemen naar 1 mei 2026" in page
    assert "wachten" not in sign_in_as(cast.mayor).get(address).get_data(as_text=True)


def test_a_cancelled_meeting_is_not_offered_for_the_own_calendar(
    cast: Cast, sign_in_as: SignInAs, cancelled: Meeting, following: Meeting
) -> None:
    client = sign_in_as(cast.mayor)
    assert "In mijn kalender" in client.get(f"/vergaderingen/{following.id}").text
    assert "In mijn kalender" not in client.get(f"/vergaderingen/{cancelled.id}").text


def test_they_go_along_to_the_next_meeting(
    session: Session, cast: Cast, sign_in_as: SignInAs, cancelled: Meeting, following: Meeting
) -> None:
    support = sign_in_as(cast.support)
    assert choose(support, cancelled, "meenemen") == 302
    assert titles(session, following) == ["Deelwagens", "Kennismaking"]
    assert all(item.continues is not None for item in items_of_meeting(following))
    page = support.get(f"/vergaderingen/{cancelled.id}").get_data(as_text=True)
    assert "Kies wat ermee gebeurt" not in page


def test_who_reads_all_is_not_told_of_other_points_when_one_went_to_another_meeting(
    session: Session, cast: Cast, sign_in_as: SignInAs, cancelled: Meeting, following: Meeting
) -> None:
    (proposal,) = filter(None, [item.proposal for item in items_of_meeting(cancelled)])
    schedule_proposal(following, proposal, by=cast.support, now=NOW)
    session.commit()
    page = sign_in_as(cast.support).get(f"/vergaderingen/{cancelled.id}/verslag").text
    assert "Kennismaking" in page
    assert "De andere punten" not in page


def test_they_wait_again(
    session: Session, cast: Cast, sign_in_as: SignInAs, cancelled: Meeting, following: Meeting
) -> None:
    assert choose(sign_in_as(cast.support), cancelled, "wachten") == 302
    session.expire_all()
    pool = pool_of(following)
    assert [p.state for p in pool.others] == [ProposalState.VALIDATED]
    assert [item.title for item in pool.postponed] == ["Kennismaking"]
    left = session.query(AgendaItem).filter_by(meeting_id=cancelled.id).all()
    assert {item.state for item in left} == {ItemState.POSTPONED}


def test_without_a_next_meeting_they_can_only_wait(
    cast: Cast, sign_in_as: SignInAs, cancelled: Meeting
) -> None:
    support = sign_in_as(cast.support)
    assert "Meenemen" not in support.get(f"/vergaderingen/{cancelled.id}").get_data(as_text=True)
    assert choose(support, cancelled, "meenemen") == 404


@ON_BOTH
def test_two_choices_at_once_leave_one(
    session: Session,
    cast: Cast,
    sign_in_as: SignInAs,
    cancelled: Meeting,
    following: Meeting,
    database_kind: str,
) -> None:
    two = [sign_in_as(cast.support), sign_in_as(cast.support)]
    address = after_cancelling(cancelled)
    choices = [{"keuze": choice} for choice in ("meenemen", "wachten")]
    assert at_once(two, lambda n, c: c.press(address, choices[n]).status_code) == [302, 409]

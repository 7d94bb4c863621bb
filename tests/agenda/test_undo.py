"""Undoing one's last changes of an agenda, one by one, and when that is refused."""

from collections.abc import Callable

import pytest
from sqlalchemy.orm import Session

from overleg.agenda.queries.items import items_of_meeting, pool_of
from overleg.agenda.states import ItemState, ProposalState
from overleg.agenda.workflow.items import add_own_item
from overleg.agenda.workflow.sending import send_agenda
from overleg.scheduling.models import Meeting
from tests.agenda.preparing import NOW, add_points, own_point, ready_proposal
from tests.agenda.proposing import make_meeting
from tests.at_once import ON_BOTH, at_once
from tests.plugins.application import SignInAs
from tests.plugins.cast import Cast
from tests.reading import ReadingClient

UNDO = "Ongedaan maken"


@pytest.fixture
def meeting(session: Session, cast: Cast) -> Meeting:
    """A coming meeting of Midwest with three own points."""
    made = make_meeting(session, cast.midwest)
    add_points(made, 3, cast.support)
    session.commit()
    return made


@pytest.fixture
def support(sign_in_as: SignInAs, cast: Cast) -> ReadingClient:
    return sign_in_as(cast.support)


def screen(client: ReadingClient, meeting: Meeting) -> str:
    return client.get(f"/vergaderingen/{meeting.id}/voorbereiden").get_data(as_text=True)


def undoing(meeting: Meeting) -> str:
    return f"/vergaderingen/{meeting.id}/agenda/ongedaan"


def undo(client: ReadingClient, meeting: Meeting) -> int:
    return client.press(undoing(meeting)).status_code


def titles(session: Session, meeting: Meeting) -> list[str]:
    session.expire_all()
    return [item.title for item in items_of_meeting(meeting)]


Change = Callable[[ReadingClient, Meeting, str], object]
CHANGES: dict[str, Change] = {
    "omlaag gezet": lambda c, _m, i: c.press(
        f"/agendapunten/{i}/verplaatsen", {"richting": "omlaag"}
    ),
    "van de agenda gehaald": lambda c, _m, i: c.press(f"/agendapunten/{i}/verwijderen"),
    "gewijzigd": lambda c, _m, i: c.send(f"/agendapunten/{i}/wijzigen", {"title": "Anders"}),
    "op de agenda gezet": lambda c, m, _i: c.send(
        f"/vergaderingen/{m.id}/agenda/nieuw", {"title": "Erbij", "asked": "decide"}
    ),
    "in volgorde gezet": lambda c, m, _i: c.press(f"/vergaderingen/{m.id}/volgorde/automatisch"),
}


@pytest.mark.parametrize("words", list(CHANGES))
def test_the_last_change_can_be_taken_back(
    session: Session, meeting: Meeting, support: ReadingClient, words: str
) -> None:
    screen(support, meeting)
    ids = [item.id for item in items_of_meeting(meeting)]
    if words == "in volgorde gezet":
        support.send(f"/agendapunten/{ids[2]}/wijzigen", {"asked": "decide"})
    before = titles(session, meeting)
    CHANGES[words](support, meeting, ids[0])
    assert titles(session, meeting) != before
    assert words in screen(support, meeting)
    assert undo(support, meeting) == 302
    assert titles(session, meeting) == before
    page = screen(support, meeting)
    assert "Ongedaan gemaakt" in page
    assert (UNDO in page) is (words == "in volgorde gezet")


def test_one_walks_back_step_by_step_also_past_a_point_that_was_taken_off(
    session: Session, cast: Cast, meeting: Meeting, support: ReadingClient
) -> None:
    proposal = ready_proposal(cast.mayor, cast.midwest, cast.roeselare)
    session.commit()
    screen(support, meeting)
    stood = [titles(session, meeting)]
    support.press(f"/vergaderingen/{meeting.id}/agenda/voorstel", {"proposal_id": proposal.id})
    stood.append(titles(session, meeting))
    changes: tuple[Callable[[list[str]], object], ...] = (
        lambda ids: support.press(f"/agendapunten/{ids[3]}/verplaatsen", {"richting": "omhoog"}),
        lambda ids: support.press(f"/agendapunten/{ids[0]}/verwijderen"),
        lambda ids: support.press(f"/agendapunten/{ids[1]}/verwijderen"),
        lambda ids: support.send(f"/agendapunten/{ids[0]}/wijzigen", {"title": "Anders"}),
    )
    for change in changes:
        change([item.id for item in items_of_meeting(meeting)])
        stood.append(titles(session, meeting))
    assert "Daarvoor" in screen(support, meeting)
    for before in reversed(stood[:-1]):
        assert undo(support, meeting) == 302
        assert titles(session, meeting) == before
    assert UNDO not in screen(support, meeting)
    assert undo(support, meeting) == 409


def test_a_proposal_that_was_taken_off_comes_back_with_its_own_words(
    session: Session, cast: Cast, meeting: Meeting, support: ReadingClient
) -> None:
    proposal = ready_proposal(cast.mayor, cast.midwest, cast.roeselare)
    session.commit()
    support.press(f"/vergaderingen/{meeting.id}/agenda/voorstel", {"proposal_id": proposal.id})
    item = next(i for i in items_of_meeting(meeting) if i.proposal_id)
    support.send(f"/agendapunten/{item.id}/wijzigen", {"title": "Herschreven"})
    support.press(f"/agendapunten/{item.id}/verwijderen")
    assert pool_of(meeting).size == 1
    undo(support, meeting)
    assert "Herschreven" in titles(session, meeting)
    session.refresh(proposal)
    assert proposal.state is ProposalState.SCHEDULED


def test_a_point_that_was_sent_comes_back_with_its_number(
    session: Session, cast: Cast, meeting: Meeting, support: ReadingClient
) -> None:
    send_agenda(meeting, message="", by=cast.support, now=NOW)
    session.commit()
    screen(support, meeting)
    second = items_of_meeting(meeting)[1]
    support.press(f"/agendapunten/{second.id}/verwijderen")
    undo(support, meeting)
    session.expire_all()
    assert [item.number for item in items_of_meeting(meeting)][:3] == [1, 2, 3]


def test_a_follow_up_that_went_to_another_agenda_since_does_not_come_back(
    session: Session, cast: Cast, meeting: Meeting, support: ReadingClient
) -> None:
    before = make_meeting(session, cast.midwest, days=-20, number=2)
    earlier = add_own_item(before, own_point(), by=cast.support, now=NOW)
    earlier.state = ItemState.TREATED
    other = make_meeting(session, cast.midwest, days=60, number=3)
    session.commit()
    follow, data = "/vergaderingen/{}/agenda/opvolging", {"item_id": earlier.id}
    support.press(follow.format(meeting.id), data)
    followed = next(i for i in items_of_meeting(meeting) if i.continues_id)
    support.press(f"/agendapunten/{followed.id}/verwijderen")
    support.press(follow.format(other.id), data)
    assert undo(support, meeting) == 409
    assert "Opvolging: Kennismaking" not in titles(session, meeting)


def test_only_who_made_the_change_may_take_it_back(
    session: Session, meeting: Meeting, sign_in_as: SignInAs, support: ReadingClient, cast: Cast
) -> None:
    first = items_of_meeting(meeting)[0]
    support.press(f"/agendapunten/{first.id}/verwijderen")
    assert undo(sign_in_as(cast.mayor), meeting) == 403
    send_agenda(meeting, message="", by=cast.support, now=NOW)
    session.commit()
    answer = support.press(f"/vergaderingen/{meeting.id}/agenda/ongedaan")
    assert answer.status_code == 409
    assert "intussen gewijzigd of verstuurd" in answer.get_data(as_text=True)


@ON_BOTH
def test_two_who_undo_at_once_undo_one_change(
    session: Session, cast: Cast, sign_in_as: SignInAs, meeting: Meeting, database_kind: str
) -> None:
    two = [sign_in_as(cast.support), sign_in_as(cast.support)]
    before = titles(session, meeting)
    first = items_of_meeting(meeting)[0]
    two[0].press(f"/agendapunten/{first.id}/verwijderen")
    address = undoing(meeting)
    assert at_once(two, lambda _n, client: client.press(address).status_code) == [302, 409]
    assert titles(session, meeting) == before

"""Two people work on one agenda at once: it ends in one clear state, and the loser is told."""

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from overleg.agenda.models import AgendaItem, AgendaVersion, SentItem
from overleg.agenda.queries.items import items_of_meeting
from overleg.agenda.states import ItemState
from overleg.agenda.workflow.items import add_own_item
from overleg.scheduling.models import Meeting
from tests.agenda.preparing import NOW, Table, add_points, lay_table, own_point, ready_proposal
from tests.agenda.proposing import make_meeting
from tests.at_once import ON_BOTH, at_once
from tests.plugins.application import SignInAs
from tests.plugins.cast import Cast
from tests.reading import ReadingClient


@pytest.fixture
def two(sign_in_as: SignInAs, cast: Cast) -> list[ReadingClient]:
    """Two browsers of support staff."""
    return [sign_in_as(cast.support), sign_in_as(cast.support)]


@ON_BOTH
def test_one_proposal_lands_on_one_of_two_agendas(
    session: Session, cast: Cast, two: list[ReadingClient], database_kind: str
) -> None:
    meetings = [make_meeting(session, cast.midwest, days=30 + n, number=n) for n in (1, 2)]
    proposal = ready_proposal(cast.mayor, cast.midwest, cast.roeselare)
    session.commit()
    addresses = [f"/vergaderingen/{meeting.id}/agenda/voorstel" for meeting in meetings]
    data = {"proposal_id": proposal.id}
    statuses = at_once(two, lambda n, c: c.press(addresses[n], data).status_code)
    assert statuses == [302, 409]
    session.expire_all()
    assert len(session.scalars(select(AgendaItem).filter_by(proposal_id=proposal.id)).all()) == 1


@ON_BOTH
@pytest.mark.parametrize(
    ("address", "was"), [("opvolging", ItemState.TREATED), ("vervolg", ItemState.POSTPONED)]
)
@pytest.mark.parametrize("agendas", [1, 2])
def test_an_earlier_point_is_taken_up_once(
    session: Session,
    cast: Cast,
    two: list[ReadingClient],
    address: str,
    was: ItemState,
    agendas: int,
    database_kind: str,
) -> None:
    before = make_meeting(session, cast.midwest, days=-20, number=1)
    earlier = add_own_item(before, own_point(), by=cast.support, now=NOW)
    earlier.state = was
    coming = [make_meeting(session, cast.midwest, days=30 + n, number=2 + n) for n in (0, 1)]
    session.commit()
    pages = [f"/vergaderingen/{meeting.id}/agenda/{address}" for meeting in coming[:agendas]] * 2
    data = {"item_id": earlier.id}
    assert at_once(two, lambda n, c: c.press(pages[n], data).status_code) == [302, 409]
    session.expire_all()
    assert len(session.scalars(select(AgendaItem).filter_by(continues_id=earlier.id)).all()) == 1


@ON_BOTH
def test_an_agenda_goes_out_once(
    session: Session, cast: Cast, two: list[ReadingClient], database_kind: str
) -> None:
    table: Table = lay_table(session, cast.midwest, cast.support, cast.mayor, cast.roeselare)
    address = f"/vergaderingen/{table.meeting.id}/versturen"
    assert at_once(two, lambda _n, c: c.press(address).status_code) == [302, 409]
    session.expire_all()
    assert [v.letter for v in session.scalars(select(AgendaVersion))] == ["A"]


@ON_BOTH
def test_a_drag_while_somebody_takes_a_point_off_leaves_numbers_without_a_gap(
    session: Session, cast: Cast, two: list[ReadingClient], database_kind: str
) -> None:
    meeting: Meeting = make_meeting(session, cast.midwest)
    add_points(meeting, 4, cast.support)
    session.commit()
    ids = [item.id for item in items_of_meeting(meeting)]

    def press(number: int, client: ReadingClient) -> int:
        if number:
            return client.press(f"/agendapunten/{ids[0]}/verwijderen").status_code
        order = {"ids": list(reversed(ids))}
        return client.press(f"/vergaderingen/{meeting.id}/volgorde", order).status_code

    assert at_once(two, press) in ([204, 302], [302, 409])
    session.expire_all()
    left = items_of_meeting(meeting)
    assert [item.position for item in left] == [1, 2, 3]
    assert ids[0] not in [item.id for item in left]


@ON_BOTH
def test_a_drag_while_somebody_adds_a_point_keeps_both_or_tells_the_dragger(
    session: Session, cast: Cast, two: list[ReadingClient], database_kind: str
) -> None:
    meeting: Meeting = make_meeting(session, cast.midwest)
    add_points(meeting, 3, cast.support)
    proposal = ready_proposal(cast.mayor, cast.midwest, cast.roeselare)
    session.commit()
    ids = [item.id for item in items_of_meeting(meeting)]
    here = f"/vergaderingen/{meeting.id}"
    pressed: list[tuple[str, dict[str, object]]] = [
        (f"{here}/volgorde", {"ids": list(reversed(ids))}),
        (f"{here}/agenda/voorstel", {"proposal_id": proposal.id}),
    ]

    def press(number: int, client: ReadingClient) -> int:
        return client.press(*pressed[number]).status_code

    assert at_once(two, press) in ([204, 302], [302, 409])
    session.expire_all()
    left = items_of_meeting(meeting)
    assert [item.position for item in left] == [1, 2, 3, 4]
    assert [item.id for item in left[:3]] in (ids, list(reversed(ids)))


@ON_BOTH
def test_an_agenda_that_goes_out_while_its_point_is_withdrawn_ends_clear(
    session: Session, cast: Cast, sign_in_as: SignInAs, database_kind: str
) -> None:
    table: Table = lay_table(session, cast.midwest, cast.support, cast.mayor, cast.roeselare)
    withdraw = f"/voorstellen/{table.shared.proposal_id}/intrekken"
    send = f"/vergaderingen/{table.meeting.id}/versturen"

    def press(number: int, client: ReadingClient) -> int:
        if number:
            return client.press(withdraw, {"reason": "Nog niet rijp."}).status_code
        return client.press(send).status_code

    clients = [sign_in_as(cast.support), sign_in_as(cast.mayor)]
    assert at_once(clients, press) == [302, 302]
    session.expire_all()
    assert table.shared.state is ItemState.WITHDRAWN
    assert table.shared.position == 0
    assert table.shared.id not in [item.id for item in items_of_meeting(table.meeting)]
    sent = session.scalars(select(SentItem.item_id)).all()
    assert (table.shared.id in sent) == (table.shared.number is not None)

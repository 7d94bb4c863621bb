"""Sections, the closed part, numbers that stay, and the automatic order."""

import pytest
from sqlalchemy.orm import Session

from overleg.agenda.models import AgendaItem
from overleg.agenda.queries.items import items_of_meeting
from overleg.agenda.queries.versions import lines_of_version
from overleg.agenda.states import Asked, ProposalFunction
from overleg.agenda.workflow.fixed_items import ensure_fixed_items
from overleg.agenda.workflow.items import (
    ItemText,
    add_own_item,
    change_item,
    remove_item,
    schedule_proposal,
)
from overleg.agenda.workflow.order import Direction, move_item, order_automatically, reorder
from overleg.agenda.workflow.sending import send_agenda
from overleg.documents.states import Circle
from overleg.minutes.workflow.sessions import open_meeting
from overleg.organisations.states import ItemNumbering, SectionsBy
from overleg.scheduling.models import Meeting
from tests.agenda.preparing import NOW, add_points, own_point, ready_proposal
from tests.agenda.proposing import make_meeting
from tests.plugins.cast import Cast


def titles(meeting: Meeting) -> list[str]:
    return [item.title for item in items_of_meeting(meeting)]


def point(title: str, asked: Asked = Asked.NOTE, **more: object) -> ItemText:
    """An own point of five minutes."""
    text = {**vars(own_point(title, minutes=5)), "asked": asked, **more}
    return ItemText(**text)


def send(meeting: Meeting, cast: Cast) -> dict[str, int]:
    """Send the agenda; the number of each point by title."""
    version = send_agenda(meeting, message="", by=cast.support, now=NOW)
    lines = lines_of_version(version.id, Circle.MAYORS.readable)
    return {line.title: line.number for line in lines}


def on_agenda(
    meeting: Meeting, cast: Cast, title: str, function: ProposalFunction, asked: Asked
) -> AgendaItem:
    proposal = ready_proposal(cast.mayor, cast.midwest, cast.roeselare, title)
    proposal.function, proposal.asked = function, asked
    return schedule_proposal(meeting, proposal, by=cast.support, now=NOW)


@pytest.fixture
def meeting(session: Session, cast: Cast) -> Meeting:
    """A meeting of Midwest with "Varia" on its agenda."""
    made = make_meeting(session, cast.midwest, days=30, number=2)
    ensure_fixed_items(made, now=NOW)
    return made


def test_a_number_that_was_sent_stays_whatever_happens_to_the_agenda(
    meeting: Meeting, cast: Cast
) -> None:
    add_points(meeting, 3, cast.support)
    assert send(meeting, cast) == {"Punt 0": 1, "Punt 1": 2, "Punt 2": 3, "Varia": 4}
    items = items_of_meeting(meeting)
    remove_item(items[1], by=cast.support, now=NOW)
    move_item(items[2], Direction.UP, by=cast.support, now=NOW)
    add_own_item(meeting, own_point("Dringend"), by=cast.support, now=NOW)
    assert send(meeting, cast) == {"Punt 2": 3, "Punt 0": 1, "Dringend": 5, "Varia": 4}
    assert items_of_meeting(meeting)[0].reference == "2026/02, punt 3"


def test_a_number_of_a_point_that_left_is_never_given_again(meeting: Meeting, cast: Cast) -> None:
    add_points(meeting, 1, cast.support)
    send(meeting, cast)
    late = add_own_item(meeting, own_point("Laat"), by=cast.support, now=NOW)
    assert send(meeting, cast)["Laat"] == 3
    remove_item(late, by=cast.support, now=NOW)
    add_own_item(meeting, own_point("Nog later"), by=cast.support, now=NOW)
    assert send(meeting, cast)["Nog later"] == 4


def test_a_body_can_number_through_the_year(session: Session, meeting: Meeting, cast: Cast) -> None:
    cast.midwest.item_numbering = ItemNumbering.YEAR
    add_points(meeting, 1, cast.support)
    assert send(meeting, cast) == {"Punt 0": 1, "Varia": 2}
    following = make_meeting(session, cast.midwest, days=60, number=3)
    add_points(following, 2, cast.support)
    assert send(following, cast) == {"Punt 0": 3, "Punt 1": 4}
    assert items_of_meeting(following)[1].reference == "punt 2026/4"


def test_a_point_that_was_never_sent_gets_its_number_when_the_meeting_opens(
    meeting: Meeting, cast: Cast
) -> None:
    add_points(meeting, 1, cast.support)
    send(meeting, cast)
    late = add_own_item(meeting, own_point("Ter zitting"), by=cast.support, now=NOW)
    open_meeting(meeting, by=cast.support, now=NOW)
    assert late.number == 3


def test_sections_by_function_keep_the_points_together(meeting: Meeting, cast: Cast) -> None:
    cast.midwest.sections_by = SectionsBy.FUNCTION
    on_agenda(meeting, cast, "Beleid 1", ProposalFunction.POLICY, Asked.NOTE)
    on_agenda(meeting, cast, "Uitwisseling", ProposalFunction.EXCHANGE, Asked.NOTE)
    on_agenda(meeting, cast, "Beleid 2", ProposalFunction.POLICY, Asked.DECIDE)
    add_own_item(meeting, own_point("Welkom"), by=cast.support, now=NOW)
    assert titles(meeting) == ["Welkom", "Uitwisseling", "Beleid 1", "Beleid 2", "Varia"]
    version = send_agenda(meeting, message="", by=cast.support, now=NOW)
    lines = lines_of_version(version.id, Circle.MAYORS.readable)
    headings = ["Algemeen", "Uitwisseling", "Beleid", "Beleid", "Tot slot"]
    assert [line.heading for line in lines] == headings


def test_within_a_section_a_point_moves_and_at_its_edge_it_stays(
    meeting: Meeting, cast: Cast
) -> None:
    cast.midwest.sections_by = SectionsBy.FUNCTION
    on_agenda(meeting, cast, "Uitwisseling", ProposalFunction.EXCHANGE, Asked.NOTE)
    on_agenda(meeting, cast, "Beleid 1", ProposalFunction.POLICY, Asked.NOTE)
    second = on_agenda(meeting, cast, "Beleid 2", ProposalFunction.POLICY, Asked.NOTE)
    move_item(second, Direction.UP, by=cast.support, now=NOW)
    move_item(second, Direction.UP, by=cast.support, now=NOW)
    assert titles(meeting) == ["Uitwisseling", "Beleid 2", "Beleid 1", "Varia"]


def test_a_section_of_the_bodys_own_moves_as_a_whole(meeting: Meeting, cast: Cast) -> None:
    cast.midwest.sections_by = SectionsBy.OWN
    for title, section in (("A1", "Mobiliteit"), ("A2", "Mobiliteit"), ("B1", "Welzijn")):
        add_own_item(meeting, point(title, section=section), by=cast.support, now=NOW)
    add_own_item(meeting, point("Vooraf"), by=cast.support, now=NOW)
    assert titles(meeting) == ["Vooraf", "A1", "A2", "B1", "Varia"]
    move_item(items_of_meeting(meeting)[3], Direction.UP, by=cast.support, now=NOW)
    assert titles(meeting) == ["Vooraf", "B1", "A1", "A2", "Varia"]
    ids = {item.title: item.id for item in items_of_meeting(meeting)}
    reorder(
        meeting,
        [ids[title] for title in ("A2", "Vooraf", "B1", "A1", "Varia")],
        by=cast.support,
        now=NOW,
    )
    assert titles(meeting) == ["Vooraf", "A2", "A1", "B1", "Varia"]


def test_the_closed_part_stands_apart_after_varia_for_mayors_only(
    meeting: Meeting, cast: Cast
) -> None:
    add_own_item(
        meeting,
        point("Aanstelling", circle=Circle.MAYORS, is_closed=True),
        by=cast.support,
        now=NOW,
    )
    add_points(meeting, 1, cast.support)
    assert titles(meeting) == ["Punt 0", "Varia", "Aanstelling"]
    version = send_agenda(meeting, message="", by=cast.support, now=NOW)
    everything = lines_of_version(version.id, Circle.MAYORS.readable)
    assert everything[-1].heading == "Besloten deel"
    shared = lines_of_version(version.id, Circle.ADMINISTRATIONS.readable)
    assert [line.title for line in shared] == ["Punt 0", "Varia"]


def test_a_point_that_becomes_closed_goes_to_the_closed_part(meeting: Meeting, cast: Cast) -> None:
    add_points(meeting, 2, cast.support)
    first = items_of_meeting(meeting)[0]
    text = point("Nu besloten", circle=Circle.MAYORS, is_closed=True)
    change_item(first, text, revision=first.revision, by=cast.support, now=NOW)
    assert titles(meeting) == ["Punt 1", "Varia", "Nu besloten"]
    assert [item.position for item in items_of_meeting(meeting)] == [1, 2, 3]


def test_the_automatic_order_puts_what_is_to_decide_first(meeting: Meeting, cast: Cast) -> None:
    for title, asked in (("Weet", Asked.NOTE), ("Bespreek", Asked.DISCUSS)):
        add_own_item(meeting, point(title, asked), by=cast.support, now=NOW)
    exchange, policy = ProposalFunction.EXCHANGE, ProposalFunction.POLICY
    on_agenda(meeting, cast, "Beslis samen", exchange, Asked.DECIDE)
    on_agenda(meeting, cast, "Beslis beleid", policy, Asked.DECIDE)
    order_automatically(meeting, by=cast.support, now=NOW)
    assert titles(meeting) == ["Beslis beleid", "Beslis samen", "Bespreek", "Weet", "Varia"]

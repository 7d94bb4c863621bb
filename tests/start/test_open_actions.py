"""Preparing an agenda shows of which earlier points something is still to be done."""

from sqlalchemy.orm import Session

from overleg.agenda.queries.items import items_of_meeting
from overleg.agenda.states import ItemState
from overleg.start.open_actions import points_to_follow
from tests.house.world import World
from tests.plugins.application import SignInAs


def test_a_point_with_answers_to_come_is_put_on_the_next_agenda_once(
    world: World, session: Session, sign_in_as: SignInAs
) -> None:
    assert world.item.state is ItemState.TREATED
    support = sign_in_as(world.cast.support)
    address = f"/vergaderingen/{world.coming.id}/voorbereiden"
    (waiting,) = points_to_follow(world.coming)
    assert waiting.item is world.item
    assert "antwoorden van besturen te komen" in waiting.words
    assert waiting.words in support.get(address).text
    answer = support.press(
        f"/vergaderingen/{world.coming.id}/agenda/opvolging", {"item_id": world.item.id}
    )
    assert answer.status_code == 302
    session.expire_all()
    followed = next(i for i in items_of_meeting(world.coming) if i.continues_id == world.item.id)
    assert followed.title == f"Opvolging: {world.item.title}"
    assert followed.circle is world.item.circle
    assert "Met open acties" not in support.get(address).text
    assert points_to_follow(world.coming) == []

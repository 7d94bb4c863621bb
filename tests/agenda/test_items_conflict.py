"""Two people change one point of an agenda: nobody's words are lost, and places don't count."""

from typing import Any

import pytest
from sqlalchemy.orm import Session

from overleg.agenda.models import AgendaItem
from overleg.agenda.queries.items import items_of_meeting
from overleg.scheduling.models import Meeting
from tests.agenda.preparing import add_points
from tests.agenda.proposing import make_meeting
from tests.at_once import ON_BOTH, at_once
from tests.parsing import parse
from tests.plugins.application import SignInAs
from tests.plugins.cast import Cast
from tests.reading import ReadingClient, filled_in, shown_forms, text_of


@pytest.fixture
def meeting(session: Session, cast: Cast) -> Meeting:
    """An agenda in the making, in Midwest."""
    return make_meeting(session, cast.midwest)


@pytest.fixture
def items(meeting: Meeting, cast: Cast, session: Session) -> list[AgendaItem]:
    """Three points of support staff's own."""
    add_points(meeting, 3, cast.support)
    session.commit()
    return list(items_of_meeting(meeting))


@pytest.fixture
def two(sign_in_as: SignInAs, cast: Cast) -> list[ReadingClient]:
    """Two browsers of support staff."""
    return [sign_in_as(cast.support), sign_in_as(cast.support)]


def address(item: AgendaItem) -> str:
    return f"/agendapunten/{item.id}/wijzigen"


def form_on(page: str) -> dict[str, Any]:
    """What stands in the form of a point."""
    forms = [form for form in shown_forms(parse(page)) if "explanation" in filled_in(form)]
    return filled_in(forms[-1])


@ON_BOTH
def test_who_saves_a_point_second_reads_both_texts_and_goes_on(
    items: list[AgendaItem], two: list[ReadingClient], session: Session, database_kind: str
) -> None:
    item = items[0]
    opened = [form_on(client.get(address(item)).text) for client in two]
    words = [{"title": f"Titel {n}", "explanation": f"Woorden van {n}."} for n in range(2)]
    assert two[0].press(address(item), {**opened[0], **words[0]}).status_code == 302
    late = two[1].press(address(item), {**opened[1], **words[1]})
    assert late.status_code == 409, database_kind
    page = text_of(parse(late.text))
    assert "Iemand anders bewaarde dit punt terwijl u typte." in page
    assert "Nu bewaard: Titel 0" in page
    assert "Woorden van 0." in page
    assert two[1].press(address(item), {**opened[1], **words[1], "revision": ""}).status_code == 409
    shown = form_on(late.text)
    assert (shown["title"], shown["explanation"].strip()) == ("Titel 1", "Woorden van 1.")
    session.expire_all()
    assert item.explanation_html == "<p>Woorden van 0.</p>"
    assert two[1].press(address(item), shown).status_code == 302
    session.expire_all()
    assert (item.title, item.explanation_html) == ("Titel 1", "<p>Woorden van 1.</p>")


@ON_BOTH
def test_of_two_who_save_a_point_at_once_one_is_told(
    items: list[AgendaItem], two: list[ReadingClient], session: Session, database_kind: str
) -> None:
    opened = [form_on(client.get(address(items[0])).text) for client in two]
    here = address(items[0])

    def save(number: int, client: ReadingClient) -> int:
        typed = {**opened[number], "title": f"Titel {number}"}
        return client.press(here, typed).status_code

    assert at_once(two, save) == [302, 409], database_kind
    session.expire_all()
    assert items[0].title in {"Titel 0", "Titel 1"}


def test_moving_points_is_no_conflict_with_who_writes_one(
    meeting: Meeting, items: list[AgendaItem], two: list[ReadingClient], session: Session
) -> None:
    writer, mover = two
    opened = form_on(writer.get(address(items[0])).text)
    mover.press(f"/agendapunten/{items[0].id}/verplaatsen", {"richting": "omlaag"})
    ids = [item.id for item in items_of_meeting(meeting)]
    mover.press(f"/vergaderingen/{meeting.id}/volgorde", {"ids": ids[::-1]})
    mover.press(f"/vergaderingen/{meeting.id}/volgorde/automatisch")
    assert writer.press(address(items[0]), {**opened, "title": "Anders"}).status_code == 302
    session.expire_all()
    assert items[0].title == "Anders"


def test_minutes_that_another_typed_beside_the_point_are_not_overwritten(
    meeting: Meeting, items: list[AgendaItem], two: list[ReadingClient], session: Session
) -> None:
    writer, other = two
    item = items[0]
    opened = form_on(writer.get(address(item)).text)
    typed = {f"minuten-{item.id}": "45", f"stond-{item.id}": str(item.minutes_needed)}
    other.press(f"/vergaderingen/{meeting.id}/agenda/minuten", typed)
    session.expire_all()
    assert item.minutes_needed == 45
    late = writer.press(address(item), {**opened, "title": "Anders"})
    assert late.status_code == 409
    assert "<dd>45</dd>" in late.text

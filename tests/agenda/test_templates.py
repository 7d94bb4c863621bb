"""Agenda templates of a body: kept by support staff, taken over on an empty agenda."""

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from overleg.agenda.models import AgendaTemplate
from overleg.agenda.queries.items import items_of_meeting
from overleg.scheduling.models import Meeting
from tests.agenda.preparing import add_points
from tests.agenda.proposing import make_meeting
from tests.plugins.application import SignInAs
from tests.plugins.cast import Cast
from tests.reading import ReadingClient

LIST = "/overleg/midwestoverleg/agendamodellen"
FILLED_IN = {
    "name": "Gewone vergadering",
    "points-0-title": "Mededelingen vervoerregio",
    "points-0-minutes_needed": "10",
    "points-2-title": "Rondje regio",
    "points-2-asked": "discuss",
}


@pytest.fixture
def support(sign_in_as: SignInAs, cast: Cast) -> ReadingClient:
    return sign_in_as(cast.support)


@pytest.fixture
def meeting(session: Session, cast: Cast) -> Meeting:
    made = make_meeting(session, cast.midwest)
    session.commit()
    return made


def text(client: ReadingClient, path: str) -> str:
    answer = client.get(path)
    assert answer.status_code == 200, answer.status
    return answer.get_data(as_text=True)


def templates(session: Session) -> list[AgendaTemplate]:
    session.expire_all()
    return list(session.scalars(select(AgendaTemplate).order_by(AgendaTemplate.name)))


def titles(session: Session, meeting: Meeting) -> list[str]:
    session.expire_all()
    return [item.title for item in items_of_meeting(meeting)]


def test_a_template_keeps_the_rows_with_a_title_and_the_first_is_the_default(
    session: Session, support: ReadingClient
) -> None:
    assert "Nog geen model" in text(support, LIST)
    assert text(support, LIST).count(">Nieuw model<") == 1
    support.send(f"{LIST}/nieuw", FILLED_IN)
    (made,) = templates(session)
    assert [(p.title, p.minutes_needed, p.asked.value) for p in made.items] == [
        ("Mededelingen vervoerregio", 10, "note"),
        ("Rondje regio", 5, "discuss"),
    ]
    assert made.is_default
    support.send(
        f"{LIST}/nieuw",
        {"name": "Jaarvergadering", "is_default": "y"},
    )
    assert [t.is_default for t in templates(session)] == [False, True]


def test_two_templates_of_one_name_are_refused(session: Session, support: ReadingClient) -> None:
    support.send(f"{LIST}/nieuw", FILLED_IN)
    answer = support.send(f"{LIST}/nieuw", FILLED_IN)
    assert answer.status_code == 422
    page = answer.get_data(as_text=True)
    assert "Er is al een model met de naam" in page
    assert "Rondje regio" in page


def test_an_empty_agenda_takes_the_points_of_a_template_over(
    session: Session, cast: Cast, meeting: Meeting, support: ReadingClient
) -> None:
    support.send(f"{LIST}/nieuw", FILLED_IN)
    (made,) = templates(session)
    screen = f"/vergaderingen/{meeting.id}/voorbereiden"
    assert "Punten overnemen uit" in text(support, screen)
    support.press(f"/vergaderingen/{meeting.id}/agenda/model", {"template_id": made.id})
    assert titles(session, meeting) == ["Mededelingen vervoerregio", "Rondje regio", "Varia"]
    assert "Punten overnemen uit" not in text(support, screen)
    again = support.press(f"/vergaderingen/{meeting.id}/agenda/model", {"template_id": made.id})
    assert again.status_code == 409


def test_a_recurring_point_waits_in_the_pool_until_it_is_on_the_agenda(
    session: Session, cast: Cast, meeting: Meeting, support: ReadingClient
) -> None:
    support.send(f"{LIST}/nieuw", FILLED_IN)
    add_points(meeting, 1, cast.support)
    session.commit()
    screen = f"/vergaderingen/{meeting.id}/voorbereiden"
    assert "Terugkerende punten" in text(support, screen)
    point = templates(session)[0].items[0]
    support.press(f"/vergaderingen/{meeting.id}/agenda/terugkerend", {"point_id": point.id})
    assert titles(session, meeting) == ["Punt 0", "Mededelingen vervoerregio", "Varia"]
    page = text(support, screen)
    assert page.count("Mededelingen vervoerregio</h4>") == 0
    strange = support.press(f"/vergaderingen/{meeting.id}/agenda/terugkerend", {"point_id": "x"})
    assert strange.status_code == 404


def test_a_template_is_changed_and_removed(session: Session, support: ReadingClient) -> None:
    support.send(f"{LIST}/nieuw", FILLED_IN)
    made = templates(session)[0]
    support.send(
        f"/agendamodellen/{made.id}", {"points-0-title": "", "points-1-title": "Rondvraag"}
    )
    assert [point.title for point in templates(session)[0].items] == ["Rondvraag"]
    assert "Rondvraag" in text(support, LIST)
    support.press(f"/agendamodellen/{made.id}/verwijderen")
    assert templates(session) == []


def test_others_keep_no_templates(
    session: Session, cast: Cast, sign_in_as: SignInAs, support: ReadingClient
) -> None:
    support.send(f"{LIST}/nieuw", FILLED_IN)
    made = templates(session)[0]
    mayor = sign_in_as(cast.mayor)
    assert mayor.get(LIST).status_code == 403
    assert mayor.get(f"/agendamodellen/{made.id}").status_code == 404
    assert sign_in_as(cast.stranger).get(LIST).status_code == 404

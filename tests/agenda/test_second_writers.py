"""Two of the support staff change what a body keeps for its agendas: nobody's words are lost."""

import pytest
from sqlalchemy.orm import Session

from overleg.agenda.models import AgendaTemplate, Theme
from overleg.agenda.queries.questions import template_of
from overleg.agenda.workflow.questions import AskedQuestion, keep_questions
from overleg.db import NO_ROW
from tests.agenda.preparing import NOW
from tests.at_once import ON_BOTH, at_once
from tests.house.world import World
from tests.plugins.application import SignInAs
from tests.reading import ReadingClient
from tests.second_writers import form_at, save_second

QUESTIONS = "/overleg/midwestoverleg/vragen"


@pytest.fixture
def two(sign_in_as: SignInAs, world: World) -> list[ReadingClient]:
    """Two browsers of support staff."""
    return [sign_in_as(world.cast.support), sign_in_as(world.cast.support)]


def questions_of(world: World, session: Session) -> list[str]:
    session.expire_all()
    template = template_of(world.cast.midwest.id, None)
    return [each.question for each in template.questions] if template else []


@ON_BOTH
def test_who_keeps_the_questions_second_reads_those_of_the_first(
    world: World, two: list[ReadingClient], session: Session, database_kind: str
) -> None:
    asked = [AskedQuestion(question="Wat kost het?"), AskedQuestion(question="Wie trekt het?")]
    by = world.cast.support
    keep_questions(world.cast.midwest, None, asked, revision=NO_ROW, by=by, now=NOW)
    session.commit()
    first = {"rows-1-question": "Wie neemt het op?", "rows-2-question": "Tegen wanneer?"}
    told = save_second(two, QUESTIONS, first, {"rows-0-question": "Hoeveel kost het?"})
    assert "Iemand anders bewaarde deze vragen terwijl u typte." in told.text, database_kind
    assert "Nu bewaard Wat kost het? Wie neemt het op? Tegen wanneer?" in told.text
    assert questions_of(world, session) == ["Wat kost het?", "Wie neemt het op?", "Tegen wanneer?"]
    assert two[1].press(QUESTIONS, told.form).status_code == 302
    assert questions_of(world, session) == ["Hoeveel kost het?", "Wie trekt het?"]


def test_who_asks_the_first_questions_second_reads_those_of_the_first(
    world: World, two: list[ReadingClient], session: Session
) -> None:
    told = save_second(
        two, QUESTIONS, {"rows-0-question": "Wat kost het?"}, {"rows-0-question": "Wie trekt het?"}
    )
    assert "Nu bewaard Wat kost het?" in told.text
    assert questions_of(world, session) == ["Wat kost het?"]
    assert two[1].press(QUESTIONS, told.form).status_code == 302
    assert questions_of(world, session) == ["Wie trekt het?"]


@ON_BOTH
def test_who_saves_an_agenda_template_second_reads_its_points(
    world: World, two: list[ReadingClient], session: Session, database_kind: str
) -> None:
    template = session.get_one(AgendaTemplate, world.values["template_id"])
    page = f"/agendamodellen/{template.id}"
    first = {"name": "Gewone tafel", "points-1-title": "Nieuws van de zone"}
    told = save_second(two, page, first, {"points-0-title": "Rondvraag"})
    assert "Iemand anders bewaarde dit model terwijl u typte." in told.text, database_kind
    assert "Naam Gewone tafel" in told.text
    assert "Nieuws van de zone" in told.text
    session.expire_all()
    assert [point.title for point in template.items] == ["Rondje regio", "Nieuws van de zone"]
    assert two[1].press(page, told.form).status_code == 302
    session.expire_all()
    assert [point.title for point in template.items] == ["Rondvraag"]


def test_a_new_agenda_template_that_names_a_revision_is_told(two: list[ReadingClient]) -> None:
    page = "/overleg/midwestoverleg/agendamodellen/nieuw"
    typed = {**form_at(two[0].get(page).text, "name"), "name": "Gewone tafel", "revision": "3"}
    told = two[0].press(page, typed)
    assert told.status_code == 409
    assert 'value="Gewone tafel"' in told.text
    assert two[0].press(page, form_at(told.text, "name")).status_code == 302


@ON_BOTH
def test_who_renames_a_theme_second_reads_its_name(
    world: World, two: list[ReadingClient], session: Session, database_kind: str
) -> None:
    theme = session.get_one(Theme, world.values["theme_id"])
    action = f"/beheer/themas/{theme.id}/naam"
    told = save_second(
        two, "/beheer/themas", {"name": "verkeer"}, {"name": "vervoer"}, action=action
    )
    assert "Nu bewaard: “verkeer”" in told.text, database_kind
    session.expire_all()
    assert theme.name == "verkeer"
    assert two[1].press(action, told.form).status_code == 302
    session.expire_all()
    assert theme.name == "vervoer"


def test_a_name_of_another_theme_is_refused_beside_what_was_typed(
    world: World, two: list[ReadingClient], session: Session
) -> None:
    theme = session.get_one(Theme, world.values["theme_id"])
    two[0].press("/beheer/themas", {"name": "water"})
    action, revision = f"/beheer/themas/{theme.id}/naam", str(theme.revision)
    refused = two[0].press(action, {"name": "Water", "revision": revision})
    assert refused.status_code == 422
    assert "Er is al een thema “Water”." in refused.text
    assert 'value="Water"' in refused.text
    assert two[1].press(action, {"name": "verkeer", "revision": revision}).status_code == 302
    late = two[0].press(action, {"name": " ", "revision": revision})
    assert late.status_code == 422
    assert f'name="revision" value="{revision}"' in late.text, "the name of the first is not read"


@ON_BOTH
def test_of_two_who_save_the_questions_at_once_one_is_told(
    world: World, two: list[ReadingClient], session: Session, database_kind: str
) -> None:
    asked = [AskedQuestion(question="Wat kost het?")]
    by = world.cast.support
    keep_questions(world.cast.midwest, None, asked, revision=NO_ROW, by=by, now=NOW)
    session.commit()
    opened = [form_at(client.get(QUESTIONS).text, "rows-0-question") for client in two]

    def save(number: int, client: ReadingClient) -> int:
        typed = {**opened[number], "rows-0-question": f"Vraag {number}?"}
        return client.press(QUESTIONS, typed).status_code

    assert at_once(two, save) == [302, 409], database_kind
    assert questions_of(world, session) in [["Vraag 0?"], ["Vraag 1?"]]

"""Two note who takes no part in one point: neither list is lost."""

import pytest
from sqlalchemy.orm import Session

from overleg.minutes.queries.attendance import absences_by_item
from tests.at_once import ON_BOTH, at_once
from tests.minutes.held import OPEN_POINT, Held
from tests.parsing import parse
from tests.plugins.application import SignInAs
from tests.plugins.cast import Cast
from tests.reading import ReadingClient, text_of
from tests.second_writers import form_at, save_second


@pytest.fixture
def two(sign_in_as: SignInAs, cast: Cast) -> list[ReadingClient]:
    """Two browsers of support staff."""
    return [sign_in_as(cast.support), sign_in_as(cast.support)]


def page_of(held: Held, title: str) -> str:
    """Where is noted who takes no part in a point."""
    return f"{held.path}/deelnemers/punt?punt={held.point(title).id}"


def away_of(held: Held, title: str) -> list[str]:
    """Who takes no part in a point, with the reason."""
    item = held.point(title)
    return [absence.label for absence in absences_by_item([item.id]).get(item.id, [])]


@ON_BOTH
def test_who_notes_absences_second_reads_those_of_the_first(
    held: Held, two: list[ReadingClient], session: Session, database_kind: str
) -> None:
    held.open()
    page = page_of(held, OPEN_POINT)
    first = {"seats-0-reason": "eigen belang", "seats-0-is_away": "y"}
    second = {"seats-1-reason": "familie", "seats-1-is_away": "y"}
    told = save_second(two, page, first, second)
    assert "Iemand anders bewaarde wie niet deelneemt terwijl u typte." in told.text, database_kind
    session.expire_all()
    (noted,) = away_of(held, OPEN_POINT)
    assert noted.endswith("(eigen belang)")
    assert noted in told.text
    assert two[1].press(page, told.form).status_code == 302
    session.expire_all()
    (noted,) = away_of(held, OPEN_POINT)
    assert noted.endswith("(familie)")


def test_a_list_that_was_emptied_is_another_list(
    held: Held, two: list[ReadingClient], session: Session
) -> None:
    held.open()
    page = page_of(held, OPEN_POINT)
    opened = form_at(two[1].get(page).text, "seats-0-reason")
    away = {"seats-0-is_away": "y", "seats-0-reason": "eigen belang"}
    assert two[0].send(page, away).status_code == 302
    there = form_at(two[0].get(page).text, "seats-0-reason")
    del there["seats-0-is_away"]
    assert two[0].press(page, there).status_code == 302
    late = two[1].press(page, {**opened, **away})
    assert late.status_code == 409
    assert "Nu bewaard Iedereen neemt deel." in text_of(parse(late.text))
    session.expire_all()
    assert away_of(held, OPEN_POINT) == []


@ON_BOTH
def test_of_two_who_note_absences_at_once_one_is_told(
    held: Held, two: list[ReadingClient], session: Session, database_kind: str
) -> None:
    held.open()
    page = page_of(held, OPEN_POINT)
    opened = form_at(two[0].get(page).text, "seats-0-reason")
    away: list[dict[str, str]] = [{"seats-0-is_away": "y"}, {"seats-1-is_away": "y"}]
    answers = at_once(two, lambda n, who: who.press(page, {**opened, **away[n]}).status_code)
    assert answers == [302, 409], database_kind
    assert len(away_of(held, OPEN_POINT)) == 1


def test_absences_wait_for_the_meeting_to_begin(held: Held, two: list[ReadingClient]) -> None:
    early = two[0].send(page_of(held, OPEN_POINT), {"seats-0-is_away": "y"})
    assert early.status_code == 409
    assert "noteert u zodra u de vergadering start" in early.text
    assert away_of(held, OPEN_POINT) == []


def test_the_list_of_another_point_and_who_is_there_make_it_not_stale(
    held: Held, two: list[ReadingClient]
) -> None:
    held.open()
    page, other = (page_of(held, point.title) for point in held.items()[:2])
    opened = form_at(two[1].get(page).text, "seats-0-reason")
    assert two[0].send(other, {"seats-0-is_away": "y"}).status_code == 302
    present = {"do": "others_present"}
    assert two[0].send(f"{held.path}/deelnemers", present).status_code == 302
    assert two[1].press(page, {**opened, "seats-0-is_away": "y"}).status_code == 302

"""Each finds what is for them, and nothing else, however the words are written."""

import pytest
from sqlalchemy.orm import Session

from overleg.documents.states import Circle
from tests.agenda.preparing import CLOSED_TITLE, PUBLIC_TITLE, SHARED_TITLE
from tests.house.world import World
from tests.plugins.application import SignInAs
from tests.reading import ReadingClient

EITHER = pytest.mark.parametrize(
    "kind", ["sqlite", pytest.param("postgresql", marks=pytest.mark.postgresql)]
)


def count_of(browser: ReadingClient, words: str) -> int:
    """How many lines the page shows for these words."""
    page = browser.get("/zoeken", query_string={"q": words}).text
    return page.count('class="found"')


@EITHER
def test_accents_case_endings_and_beginnings_do_not_matter(
    kind: str, world: World, sign_in_as: SignInAs
) -> None:
    browser = sign_in_as(world.cast.support)
    for words in ("coordinator", "COÖRDINATOR", "coördinatoren", "coörd", "zwembad", "ZWEMBADEN"):
        assert count_of(browser, words) > 0, words
    assert count_of(browser, "onvindbaar") == 0
    assert "<mark>coördinator</mark>" in browser.get("/zoeken?q=coordinator").text


@EITHER
def test_each_finds_only_the_own_circle(kind: str, world: World, sign_in_as: SignInAs) -> None:
    cast = world.cast
    reads = {
        "councillor": (PUBLIC_TITLE,),
        "secretariat": (PUBLIC_TITLE, SHARED_TITLE),
        "mayor": (PUBLIC_TITLE, SHARED_TITLE, CLOSED_TITLE),
        "support": (PUBLIC_TITLE, SHARED_TITLE, CLOSED_TITLE),
        "stranger": (),
        "administrator": (),
    }
    for name, titles in reads.items():
        browser = sign_in_as(getattr(cast, name))
        for title in (PUBLIC_TITLE, SHARED_TITLE, CLOSED_TITLE):
            assert (count_of(browser, title) > 0) is (title in titles), (name, title)


@EITHER
def test_what_was_closed_a_moment_ago_is_not_found_any_more(
    kind: str, world: World, session: Session, sign_in_as: SignInAs
) -> None:
    browser = sign_in_as(world.cast.secretariat)
    item = world.item
    assert f"/vergaderingen/{item.meeting_id}#" in browser.get(f"/zoeken?q={SHARED_TITLE}").text
    item.circle = Circle.MAYORS
    session.commit()
    assert f"/vergaderingen/{item.meeting_id}#" not in browser.get(f"/zoeken?q={SHARED_TITLE}").text


def test_the_question_is_shown_as_text(world: World, sign_in_as: SignInAs) -> None:
    page = sign_in_as(world.cast.support).get(
        "/zoeken", query_string={"q": '<script>alert(1)</script> " OR ('}
    )
    assert page.status_code == 200
    assert "<script>alert" not in page.text

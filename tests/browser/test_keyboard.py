"""By keyboard alone: signing in, validating, the skip link, menus, a wide table, where one is."""

from datetime import timedelta

import pytest
from playwright.sync_api import Page, expect
from sqlalchemy.orm import Session

from tests.agenda.proposing import make_submitted
from tests.browser.walking import PASSWORD, Walk, Walks, give_passwords
from tests.plugins.application import Clock
from tests.plugins.browser import visit, wait_for_scripts
from tests.plugins.cast import Cast
from tests.scheduling.polling import FRIDAY, opened_poll, slot_on

pytestmark = [pytest.mark.browser, pytest.mark.npm]

FOCUS_IS_VISIBLE = """() => {
  const style = getComputedStyle(document.activeElement);
  const box = document.activeElement.getBoundingClientRect();
  return parseFloat(style.outlineWidth) >= 2 && style.outlineStyle !== "none" && box.height > 0;
}"""
AT_THE_END = """() => {
  const frame = document.querySelector(".matrix-frame");
  return frame.scrollLeft > 0 && frame.scrollLeft + frame.clientWidth >= frame.scrollWidth - 1;
}"""
FOCUSED = "() => (document.activeElement.innerText || document.activeElement.name || '').trim()"


def tab_to(page: Page, words: str) -> None:
    """Press Tab until this has the focus; each stop on the way shows that it has it."""
    for _ in range(60):
        page.keyboard.press("Tab")
        assert page.evaluate(FOCUS_IS_VISIBLE), page.evaluate(FOCUSED)
        if str(page.evaluate(FOCUSED)).startswith(words):
            return
    raise AssertionError(f"{words} cannot be reached with Tab on {page.url}")


def test_a_chair_signs_in_and_validates(
    session: Session, cast: Cast, page: Page, clock: Clock
) -> None:
    make_submitted(cast.mayor, cast.midwest, cast.roeselare, now=clock(), title="Laadpalen")
    give_passwords(session)
    visit(page, "/aanmelden")
    tab_to(page, "email")
    page.keyboard.type(cast.chair.email or "")
    tab_to(page, "wachtwoord")
    page.keyboard.type(PASSWORD)
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Wat wordt van mij gevraagd?")
    wait_for_scripts(page)
    tab_to(page, "Bekijken en antwoorden")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Laadpalen")
    wait_for_scripts(page)
    tab_to(page, "Akkoord")
    page.keyboard.press("Enter")
    expect(page.get_by_text("gevalideerd").first).to_be_visible()


def test_the_skip_link_passes_the_menus(cast: Cast, walks: Walks) -> None:
    support = walks.at_desk(cast.support).page
    support.keyboard.press("Tab")
    expect(support.get_by_role("link", name="Naar de inhoud")).to_be_focused()
    support.keyboard.press("Enter")
    expect(support.locator("main")).to_be_focused()
    tab_to(support, "Nieuw voorstel")


def test_menus_open_close_and_lead_somewhere(cast: Cast, walks: Walks) -> None:
    support = walks.at_desk(cast.support).page
    tab_to(support, "Mijn overleggen")
    support.keyboard.press("Enter")
    expect(support.locator(".menu-bodies .menu-list")).to_be_visible()
    support.keyboard.press("Escape")
    expect(support.locator(".menu-bodies .menu-list")).to_be_hidden()
    support.keyboard.press("Enter")
    tab_to(support, "Midwestoverleg")
    support.keyboard.press("Enter")
    expect(support.get_by_role("heading", level=1)).to_have_text("Midwestoverleg")


def test_a_final_question_takes_the_focus_and_gives_it_back(
    session: Session, cast: Cast, walks: Walks, clock: Clock
) -> None:
    mayor = walks.at_desk(cast.mayor)
    write_a_concept(mayor)
    page = mayor.page
    tab_to(page, "Indienen")
    page.keyboard.press("Enter")
    expect(page.get_by_role("dialog")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_be_hidden()
    expect(page.get_by_role("button", name="Indienen")).to_be_focused()


def write_a_concept(mayor: Walk) -> None:
    """A concept with all that is needed to submit it."""
    mayor.open("/voorstellen/nieuw")
    mayor.page.get_by_label("Titel").fill("Laadpalen")
    mayor.write("Toelichting", "Aan elk station.")
    mayor.press("Bewaar als concept")


def test_a_wide_table_tells_that_there_is_more_to_the_right(
    session: Session, cast: Cast, walks: Walks, clock: Clock
) -> None:
    fridays = [slot_on(FRIDAY + timedelta(weeks=week)) for week in range(5)]
    poll = opened_poll(cast, clock(), fridays)
    session.commit()
    mayor = walks.on_phone(cast.mayor)
    mayor.open(f"/datumprikkers/{poll.id}")
    page = mayor.page
    assert has_shadow(page)
    tab_to(page, "Antwoorden per persoon")
    for _ in range(5 * 4):
        page.keyboard.press("ArrowRight")
    page.wait_for_function(AT_THE_END)
    assert not has_shadow(page)


def has_shadow(page: Page) -> bool:
    """Whether an empty cell at the right edge of the wide table looks other than further left."""
    frame, row = page.locator(".matrix-frame"), page.locator(".matrix tbody tr").first
    row.scroll_into_view_if_needed()
    around, line = frame.bounding_box(), row.bounding_box()
    assert around is not None
    assert line is not None
    right, top = around["x"] + around["width"], line["y"] + 4
    edge, middle = (
        page.screenshot(clip={"x": right - back, "y": top, "width": 4, "height": 4})
        for back in (6, 60)
    )
    return edge != middle

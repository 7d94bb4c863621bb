"""The sign-in page in a real browser, at a desk and on a phone."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

pytestmark = [pytest.mark.browser, pytest.mark.npm]


def test_it_is_readable_at_a_desk_and_on_a_phone(
    page: Page, phone: Page, axe: Callable[[Page], None]
) -> None:
    for screen in (page, phone):
        screen.goto("/aanmelden")
        assert screen.title().startswith(screen.locator("h1").inner_text())
        axe(screen)


def test_it_can_be_filled_in_by_keyboard(page: Page) -> None:
    page.goto("/aanmelden")
    page.get_by_label("E-mailadres").focus()
    page.keyboard.type("niemand@cast.test")
    page.keyboard.press("Tab")
    expect(page.get_by_label("Wachtwoord")).to_be_focused()

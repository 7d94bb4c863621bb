"""Support staff set validation on a phone without scripts: only what matters is shown."""

import pytest
from flask import Flask
from playwright.sync_api import expect

from tests.browser.walking import enter
from tests.plugins.browser import PHONE, LiveServer, OpenPage
from tests.plugins.cast import Cast

pytestmark = [pytest.mark.browser, pytest.mark.npm]


def test_a_step_shows_only_what_matters_for_who_takes_it(
    app: Flask, cast: Cast, live_server: LiveServer, new_page: OpenPage
) -> None:
    page = new_page(size=PHONE, javascript=False)
    enter(app, page, live_server, cast.committee_support)
    page.goto("/overleg/mandaatgroep-rivierenland/instellingen")
    second = page.get_by_role("group", name="Stap 2")
    who = second.get_by_label("Wie valideert")
    days = second.get_by_label("Dagen om te antwoorden")
    quorum = second.get_by_label("Antwoorden nodig")
    expect(days).to_be_hidden()
    who.select_option("voorzitter")
    expect(days).to_be_visible()
    expect(quorum).to_be_hidden()
    who.select_option("leden van een ander overleg")
    expect(quorum).to_be_visible()
    second.get_by_label("Welk ander overleg").select_option("Midwestoverleg")
    page.get_by_role("button", name="Bewaar de instellingen").click()
    expect(
        page.get_by_text("daarna gaat het naar de leden van Midwestoverleg").first
    ).to_be_visible()

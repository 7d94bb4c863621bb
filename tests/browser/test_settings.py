"""Settings in a browser: validation on a phone without scripts, parts put in order by one, and
one's own account.
"""

import pytest
from flask import Flask
from playwright.sync_api import Page, expect
from sqlalchemy.orm import Session

from overleg.decisions.queries.house_styles import house_style_of
from overleg.word.states import ProposalPart
from tests.browser.walking import enter
from tests.plugins.browser import PHONE, LiveServer, OpenPage, press, visit, wait_for_scripts
from tests.plugins.cast import Cast

pytestmark = [pytest.mark.browser, pytest.mark.npm]

LINES = """(element) => {
  const range = document.createRange();
  const lines = new Map();
  const texts = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
  for (let text = texts.nextNode(); text; text = texts.nextNode()) {
    [...text.data].forEach((character, place) => {
      range.setStart(text, place);
      range.setEnd(text, place + 1);
      const top = range.getBoundingClientRect().top;
      lines.set(top, (lines.get(top) ?? "") + character);
    });
  }
  return [...lines.values()];
}"""
COPIED = """(element) => {
  getSelection().selectAllChildren(element);
  return getSelection().toString();
}"""


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
        page.get_by_text("daarna gaat het naar de leden van het Midwestoverleg").first
    ).to_be_visible()


def test_the_parts_of_a_proposal_are_put_in_order_by_buttons(
    app: Flask, session: Session, cast: Cast, live_server: LiveServer, page: Page
) -> None:
    enter(app, page, live_server, cast.secretariat)
    visit(page, "/gemeenten/37022/huisstijl")
    rows = page.locator("[data-ordered] > [data-row]")
    expect(page.get_by_label("Plaats").first).to_be_hidden()
    second = rows.filter(has_text="Aanleiding en context").get_by_role("button")
    second.filter(has_text="Omhoog").press("Enter")
    expect(second.filter(has_text="Omlaag")).to_be_focused()
    expect(page.get_by_text("Aanleiding en context staat nu op plaats 1.")).to_be_visible()
    press(page, "Bewaren")
    wait_for_scripts(page)
    expect(rows.first).to_contain_text("Aanleiding en context")
    style = house_style_of(cast.tielt)
    assert style is not None
    assert [row.part for row in style.parts][:2] == [ProposalPart.BACKGROUND, ProposalPart.SUMMARY]


def test_a_long_mail_address_stays_readable_on_a_phone(
    app: Flask, session: Session, cast: Cast, live_server: LiveServer, new_page: OpenPage
) -> None:
    cast.mayor.email = "burgemeester.van-sint-martens@midwest.vlaanderen.test"
    session.commit()
    page = new_page(size=PHONE)
    enter(app, page, live_server, cast.mayor)
    visit(page, "/account")
    address = page.locator("dt", has_text="E-mailadres").locator("xpath=following-sibling::dd")
    assert address.evaluate(LINES) == ["burgemeester.van-sint-martens", "@midwest.vlaanderen.test"]
    address.evaluate("(element) => { element.style.width = '9rem' }")
    assert address.evaluate(LINES)[2:] == ["@midwest", ".vlaanderen.test"]
    assert address.evaluate(COPIED) == cast.mayor.email

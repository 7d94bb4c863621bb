"""Going back to a form with the browser's own button: nothing is spoiled, nothing is made twice."""

import pytest
from flask import Flask
from playwright.sync_api import Page, expect
from sqlalchemy import select
from sqlalchemy.orm import Session

from overleg.agenda.models import Proposal
from tests.browser.walking import enter
from tests.plugins.browser import LiveServer, press, visit, wait_for_scripts
from tests.plugins.cast import Cast

pytestmark = [pytest.mark.browser, pytest.mark.npm]


@pytest.fixture
def writing(app: Flask, cast: Cast, live_server: LiveServer, page: Page) -> Page:
    """A mayor who filled in a new proposal."""
    enter(app, page, live_server, cast.mayor)
    visit(page, "/voorstellen/nieuw")
    page.get_by_label("Titel").fill("Energieloket")
    page.get_by_role("textbox", name="Toelichting").fill("Eerste zin.\nTweede zin.")
    return page


def test_what_was_written_in_the_editor_stays_as_it_was(writing: Page) -> None:
    editor = writing.get_by_role("textbox", name="Toelichting")
    for _time in range(2):
        visit(writing, "/opvolging")
        writing.go_back()
        wait_for_scripts(writing)
        expect(editor).to_contain_text("Tweede zin.")
        expect(editor).not_to_contain_text("<")


def test_sending_again_does_not_make_another(writing: Page, session: Session) -> None:
    press(writing, "Indienen")
    made = writing.url
    writing.go_back()
    wait_for_scripts(writing)
    expect(writing.get_by_label("Titel")).to_have_value("Energieloket")
    press(writing, "Indienen")
    assert writing.url == made
    expect(writing.get_by_text("Dit formulier was al verstuurd.")).to_be_visible()
    (proposal,) = session.scalars(select(Proposal))
    assert proposal.explanation_html == "<p>Eerste zin.<br>Tweede zin.</p>"

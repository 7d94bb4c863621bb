"""Reading, submitting and validating with scripts off."""

import pytest
from playwright.sync_api import Page
from sqlalchemy.orm import Session

from overleg.agenda.workflow.sending import send_agenda
from tests.agenda.preparing import lay_table
from tests.agenda.proposing import PDF, make_submitted
from tests.browser.walking import Walk, give_passwords
from tests.plugins.application import Clock
from tests.plugins.browser import PHONE, OpenPage, Watch
from tests.plugins.cast import Cast

pytestmark = [pytest.mark.browser, pytest.mark.npm]


def plainly(new_page: OpenPage) -> Walk:
    """A phone without JavaScript; axe, a script itself, can't wait for its answer there."""
    return Walk(new_page(size=PHONE, javascript=False), fits_the_screen)


def fits_the_screen(page: Page) -> None:
    """The page does not scroll sideways."""
    root = "document.documentElement"
    assert page.evaluate(f"{root}.scrollWidth <= {root}.clientWidth"), page.url


def test_a_mayor_reads_the_agenda(
    session: Session, cast: Cast, new_page: OpenPage, clock: Clock
) -> None:
    table = lay_table(session, cast.midwest, cast.support, cast.mayor, cast.roeselare)
    send_agenda(table.meeting, message="Tot dan.", by=cast.support, now=clock())
    give_passwords(session)
    mayor = plainly(new_page)
    mayor.sign_in(cast.mayor)
    mayor.open(f"/vergaderingen/{table.meeting.id}")
    assert mayor.reads(table.shared.title)
    mayor.follow("Documenten")
    mayor.page.locator(".menu-bodies summary").click()
    assert mayor.page.get_by_role("link", name="Midwestoverleg").first.is_visible()


def test_a_mayor_submits_a_proposal_with_an_annex(
    session: Session, cast: Cast, new_page: OpenPage, watch: Watch
) -> None:
    watch.expect_status(422)
    give_passwords(session)
    mayor = plainly(new_page)
    mayor.sign_in(cast.mayor)
    mayor.follow("Nieuw voorstel")
    mayor.press("Indienen")
    assert mayor.page.get_by_role("alert").is_visible()
    mayor.page.get_by_label("Titel").fill("Fietssnelweg Roeselare-Tielt")
    mayor.page.get_by_label("Toelichting").fill("Eerste alinea.\n\nTweede alinea.")
    mayor.page.locator("input[type=file]").set_input_files(
        {"name": "plan.pdf", "mimeType": "application/pdf", "buffer": PDF}
    )
    mayor.press("Indienen")
    assert mayor.reads("in validatie")
    assert mayor.reads("plan.pdf")
    assert mayor.page.locator(".rich p").all_inner_texts() == ["Eerste alinea.", "Tweede alinea."]


def test_the_chair_returns_one_and_agrees_with_another(
    session: Session, cast: Cast, new_page: OpenPage, clock: Clock
) -> None:
    for title in ("Deelwagens", "Laadpalen"):
        make_submitted(cast.mayor, cast.midwest, cast.roeselare, now=clock(), title=title)
    give_passwords(session)
    chair = plainly(new_page)
    chair.sign_in(cast.chair)
    chair.follow("Deelwagens")
    chair.page.get_by_text("Terug met reden").click()
    chair.page.locator("#reden-return").fill("Het bedrag ontbreekt.")
    chair.press("Terugsturen")
    assert chair.reads("teruggestuurd")
    chair.open("/")
    chair.follow("Laadpalen")
    chair.press("Akkoord")
    assert chair.reads("gevalideerd")

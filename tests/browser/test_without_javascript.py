"""Reading, submitting and validating with scripts off."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page
from sqlalchemy.orm import Session

from overleg.agenda.workflow.sending import send_agenda
from tests.agenda.preparing import lay_table
from tests.agenda.proposing import PDF, make_submitted
from tests.agenda.validating import link_in, mails_to
from tests.browser.walking import Walk, give_passwords
from tests.plugins.application import Clock
from tests.plugins.browser import PHONE, OpenPage, Watch
from tests.plugins.cast import Cast

pytestmark = [pytest.mark.browser, pytest.mark.npm]


HTML = "text/html; charset=utf-8"
SCRIPTS = re.compile(r"<script\b.*?</script>|</?noscript>", re.DOTALL)

Check = Callable[[Page], None]


@pytest.fixture
def plainly(new_page: OpenPage, axe: Check) -> Walk:
    """A phone without JavaScript. Beside it stands a page where axe, a script itself, looks at the
    same HTML as it is without scripts.
    """
    beside = new_page(size=PHONE)

    def check(page: Page) -> None:
        html = SCRIPTS.sub("", page.content()).replace("<html", "<html data-ready", 1)
        beside.route(page.url, lambda route: route.fulfill(body=html, content_type=HTML), times=1)
        beside.goto(page.url)
        axe(beside)

    return Walk(new_page(size=PHONE, javascript=False), check)


def test_a_mayor_reads_the_agenda(
    session: Session, cast: Cast, plainly: Walk, clock: Clock
) -> None:
    table = lay_table(session, cast.midwest, cast.support, cast.mayor, cast.roeselare)
    send_agenda(table.meeting, message="Tot dan.", by=cast.support, now=clock())
    give_passwords(session)
    mayor = plainly
    mayor.sign_in(cast.mayor)
    mayor.open(f"/vergaderingen/{table.meeting.id}")
    assert mayor.reads(table.shared.title)
    mayor.follow("Documenten")
    mayor.page.locator(".menu-bodies summary").click()
    assert mayor.page.get_by_role("link", name="Midwestoverleg").first.is_visible()


def test_a_mayor_submits_a_proposal_with_an_annex(
    session: Session, cast: Cast, plainly: Walk, watch: Watch
) -> None:
    watch.expect_status(422)
    give_passwords(session)
    mayor = plainly
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
    session: Session, cast: Cast, plainly: Walk, clock: Clock
) -> None:
    for title in ("Deelwagens", "Laadpalen"):
        make_submitted(cast.mayor, cast.midwest, cast.roeselare, now=clock(), title=title)
    give_passwords(session)
    chair = plainly
    chair.sign_in(cast.chair)
    chair.follow("Deelwagens")
    chair.page.get_by_text("Terug met reden").click()
    chair.page.locator("#reden-decision-return").fill("Het bedrag ontbreekt.")
    chair.press("Terugsturen")
    assert chair.reads("teruggestuurd")
    chair.open("/")
    chair.follow("Laadpalen")
    chair.press("Akkoord")
    assert chair.reads("gevalideerd")


def test_the_chair_validates_everything_in_one_go(
    session: Session, cast: Cast, plainly: Walk, clock: Clock
) -> None:
    for title in ("Deelwagens", "Laadpalen", "Waterbom"):
        make_submitted(cast.mayor, cast.midwest, cast.roeselare, now=clock(), title=title)
    give_passwords(session)
    chair = plainly
    chair.sign_in(cast.chair)
    chair.follow(re.compile("^Alles valideren"))
    item = chair.page.locator(".batch-item", has_text="Laadpalen")
    assert not item.get_by_label("Reden").is_visible()
    item.get_by_label("Terug").check()
    item.get_by_label("Reden").fill("Het bedrag ontbreekt.")
    chair.press("Bevestigen")
    assert chair.reads("2 voorstellen gevalideerd en 1 teruggestuurd.")


def test_a_member_answers_from_the_mail_in_three_taps(
    session: Session, cast: Cast, plainly: Walk, clock: Clock
) -> None:
    make_submitted(cast.committee_mayor, cast.rivierenland, cast.bornem, now=clock())
    session.commit()
    member = plainly
    member.open(link_in(mails_to(session, cast.committee_1)[0]))
    member.press("Op de agenda")
    member.press("Bevestigen")
    assert member.reads("Op de agenda: uw antwoord is genoteerd.")

"""The prepare screen in a real browser: dragging, and the pages as axe sees them."""

import re
from collections.abc import Callable

import pytest
from flask import Flask
from flask.sessions import SecureCookieSessionInterface
from playwright.sync_api import Page, expect
from sqlalchemy.orm import Session

from overleg.accounts.models import Person
from overleg.agenda.queries.items import items_of_meeting
from overleg.agenda.workflow.items import change_item
from overleg.agenda.workflow.sending import send_agenda
from tests.agenda.preparing import NOW, add_points, lay_table, own_point, ready_proposal
from tests.plugins.browser import DESK, PHONE, LiveServer, OpenPage, Watch, visit, wait_for_scripts
from tests.plugins.cast import Cast

pytestmark = [pytest.mark.browser, pytest.mark.npm]

SignIn = Callable[[Page, Person], None]


@pytest.fixture
def sign_in(app: Flask, live_server: LiveServer) -> SignIn:
    """Give a browser the session of somebody."""

    def give(page: Page, person: Person) -> None:
        signer = SecureCookieSessionInterface().get_signing_serializer(app)
        assert signer is not None
        kept = {"_user_id": f"{person.id}:{person.session_version}", "_fresh": True}
        page.context.add_cookies(
            [{"name": "overleg", "value": signer.dumps(kept), "url": live_server.url}]
        )

    return give


def test_a_point_is_dragged_and_the_clock_times_follow(
    session: Session, cast: Cast, page: Page, sign_in: SignIn
) -> None:
    table = lay_table(session, cast.midwest, cast.support, cast.mayor, cast.roeselare)
    before = [item.title for item in items_of_meeting(table.meeting)]
    sign_in(page, cast.support)
    visit(page, f"/vergaderingen/{table.meeting.id}/voorbereiden")
    handles = page.locator(".prepare-row [data-handle]")
    handles.nth(0).hover()
    page.mouse.down()
    handles.nth(2).hover()
    expect(page.locator(".prepare-row").nth(3)).to_contain_text(before[1])
    with page.expect_event("load"):
        page.mouse.up()
    session.expire_all()
    after = [item.title for item in items_of_meeting(table.meeting)]
    assert after == [before[0], before[2], before[3], before[1], before[4]]
    moved = page.locator(".prepare-row").nth(3)
    assert before[1] in moved.inner_text()
    assert "13.35" in moved.inner_text()
    wait_for_scripts(page)
    moved.get_by_role("link").focus()
    with page.expect_event("load"):
        page.keyboard.press("Alt+ArrowUp")
    wait_for_scripts(page)
    back = page.locator(".prepare-row").nth(2)
    expect(back).to_contain_text(before[1])
    expect(back.get_by_role("button", name=re.compile("^Omhoog"))).to_be_focused()


def test_by_keyboard_the_next_card_is_at_hand_after_each(
    session: Session, cast: Cast, page: Page, sign_in: SignIn
) -> None:
    table = lay_table(session, cast.midwest, cast.support, cast.mayor, cast.roeselare)
    for title in ("Deelwagens", "Fietspad", "Laadpalen"):
        ready_proposal(cast.mayor, cast.midwest, cast.roeselare, title, wished=table.meeting)
    session.commit()
    sign_in(page, cast.support)
    visit(page, f"/vergaderingen/{table.meeting.id}/voorbereiden")
    cards = page.locator(".pool-card")
    titles = cards.get_by_role("heading").all_inner_texts()

    def press(place: int) -> None:
        cards.nth(place).get_by_role("button").focus()
        with page.expect_event("load"):
            page.keyboard.press("Enter")
        wait_for_scripts(page)

    press(1)
    expect(cards.get_by_role("button", name=re.compile(f"{titles[2]}$"))).to_be_focused()
    press(1)
    expect(cards.get_by_role("button", name=re.compile(f"{titles[0]}$"))).to_be_focused()
    press(0)
    expect(page.get_by_role("heading", name="Wacht op een agenda")).to_be_focused()


def test_a_card_is_dragged_from_the_pool_to_its_place(
    session: Session, cast: Cast, page: Page, sign_in: SignIn
) -> None:
    table = lay_table(session, cast.midwest, cast.support, cast.mayor, cast.roeselare)
    ready_proposal(cast.mayor, cast.midwest, cast.roeselare, "Laadpalen", wished=table.meeting)
    session.commit()
    before = [item.title for item in items_of_meeting(table.meeting)]
    sign_in(page, cast.support)
    visit(page, f"/vergaderingen/{table.meeting.id}/voorbereiden")
    page.locator(".pool-card [data-handle]").hover()
    page.mouse.down()
    page.locator(".prepare-row [data-handle]").nth(1).hover()
    expect(page.locator(".ordered-rows .pool-card")).to_be_visible()
    with page.expect_event("load"):
        page.mouse.up()
    session.expire_all()
    after = [item.title for item in items_of_meeting(table.meeting)]
    assert after.index("Laadpalen") in {2, 3}
    assert [title for title in after if title != "Laadpalen"] == before


@pytest.mark.parametrize("size", [DESK, PHONE], ids=["desk", "phone"])
def test_axe_finds_nothing_on_the_pages_of_a_meeting(
    session: Session,
    cast: Cast,
    new_page: OpenPage,
    sign_in: SignIn,
    axe: Callable[[Page], None],
    picture: Callable[[Page, str], None],
    size: tuple[int, int],
) -> None:
    table = lay_table(session, cast.midwest, cast.support, cast.mayor, cast.roeselare)
    send_agenda(table.meeting, message="Graag lezen.", by=cast.support, now=NOW)
    add_points(table.meeting, 2, cast.support)
    session.commit()
    visits = {
        cast.support: ("", "/voorbereiden", "/versturen", "/agenda/nieuw"),
        cast.mayor: ("", "/documenten"),
    }
    for person, pages in visits.items():
        page = new_page(size=size)
        sign_in(page, person)
        for rest in pages:
            page.goto(f"/vergaderingen/{table.meeting.id}{rest}")
            axe(page)
            picture(page, f"meeting{rest.replace('/', '-')}-{size[0]}")


def test_who_saves_a_point_second_has_both_texts_on_the_page_and_nothing_to_put_back(
    session: Session, cast: Cast, page: Page, sign_in: SignIn, watch: Watch
) -> None:
    watch.expect_status(409)
    table = lay_table(session, cast.midwest, cast.support, cast.mayor, cast.roeselare)
    sign_in(page, cast.support)
    visit(page, f"/agendapunten/{table.shared.id}/wijzigen")
    page.get_by_label("Titel").fill("Wat ik typte")
    page.locator("trix-editor").fill("Mijn woorden.")
    text = own_point("Wat een ander typte")
    change_item(table.shared, text, revision=table.shared.revision, by=cast.support, now=NOW)
    session.commit()
    page.get_by_role("button", name="Bewaren").click()
    wait_for_scripts(page)
    expect(page.get_by_role("heading", name="Nu bewaard: Wat een ander typte")).to_be_visible()
    expect(page.get_by_label("Titel")).to_have_value("Wat ik typte")
    expect(page.locator("trix-editor")).to_have_text("Mijn woorden.")
    expect(page.get_by_role("button", name="Terugzetten")).to_have_count(0)
    page.get_by_role("button", name="Bewaren").click()
    expect(page.locator("[data-flash]")).to_have_text("“Wat ik typte” is bewaard.")

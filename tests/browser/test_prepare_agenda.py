"""The prepare screen in a real browser: dragging, and the pages as axe sees them."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from flask import Flask
from flask.sessions import SecureCookieSessionInterface
from playwright.sync_api import Page, expect
from sqlalchemy.orm import Session

from overleg.accounts.models import Person
from overleg.agenda.queries.items import items_of_meeting
from overleg.agenda.states import Asked
from overleg.agenda.workflow.sending import send_agenda
from tests.agenda.preparing import NOW, add_points, lay_table, ready_proposal
from tests.agenda.proposing import make_meeting
from tests.plugins.browser import DESK, PHONE, LiveServer, OpenPage, visit
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
    with page.expect_navigation():
        page.mouse.up()
    session.expire_all()
    after = [item.title for item in items_of_meeting(table.meeting)]
    assert after == [before[0], before[2], before[3], before[1], before[4]]
    moved = page.locator(".prepare-row").nth(3)
    assert before[1] in moved.inner_text()
    assert "13.35" in moved.inner_text()


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


def test_an_agenda_of_twelve_points_is_made_put_in_order_and_one_step_taken_back(
    session: Session, cast: Cast, page: Page, sign_in: SignIn
) -> None:
    meeting = make_meeting(session, cast.midwest)
    for number in range(12):
        proposal = ready_proposal(
            cast.mayor, cast.midwest, cast.roeselare, f"Voorstel {number:02}", wished=meeting
        )
        proposal.submitted_at_utc = NOW + timedelta(minutes=number)
        proposal.asked = Asked.DECIDE if number % 2 else Asked.NOTE
    session.commit()
    sign_in(page, cast.support)
    visit(page, f"/vergaderingen/{meeting.id}/voorbereiden")
    rows = page.locator(".prepare-row")
    for number in range(12):
        page.locator(".pool-card").first.get_by_role("button").click()
        expect(rows).to_have_count(number + 2)
    expect(page.locator("#minuten")).to_contain_text("te veel")
    page.get_by_role("button", name="Zet in volgorde").click()
    expect(rows.first).to_contain_text("Voorstel 01")
    page.get_by_role("button", name="Ongedaan maken").click()
    expect(rows.first).to_contain_text("Voorstel 00")
    expect(page.get_by_role("button", name="Ongedaan maken")).to_have_count(0)

"""Signing in, in a real browser: on a phone, without JavaScript, with a mail in between."""

import re
from collections.abc import Callable

import pytest
from flask import Flask
from playwright.sync_api import Page
from sqlalchemy import select
from sqlalchemy.orm import Session

from overleg.accounts.passwords import hash_password
from overleg.accounts.workflow import invite_person
from overleg.mail.models import OutboxMessage
from tests.plugins.application import Clock
from tests.plugins.browser import PHONE, OpenPage, Watch
from tests.plugins.cast import Cast

pytestmark = [pytest.mark.browser, pytest.mark.npm]

Check = Callable[[Page], None]
Picture = Callable[[Page, str], None]
PASSWORD = "een lange demozin"


def address_in_last_mail(session: Session) -> str:
    """The path of the link in the newest mail."""
    session.expire_all()
    newest = select(OutboxMessage.text).order_by(OutboxMessage.created_at_utc.desc())
    found = re.search(r"http://localhost:8000(/\S+)", session.scalars(newest).first() or "")
    assert found
    return found.group(1)


def sign_in_with_link(page: Page, email: str, session: Session) -> list[str]:
    """From a page that asks to sign in, through the mailbox, back to it; the addresses passed."""
    page.goto("/account")
    assert page.url.endswith("/aanmelden?verder=/account")
    page.get_by_role("link", name="Vraag een link per mail").click()
    asked = page.url
    page.get_by_label("E-mailadres").fill(email)
    page.get_by_role("button", name="Stuur mij een link").click()
    answered = page.url
    page.goto(address_in_last_mail(session))
    page.get_by_role("button", name="Aanmelden").click()
    assert page.get_by_role("heading", level=1).inner_text() == "Mijn account"
    return [asked, answered, page.url]


def test_a_mayor_signs_in_on_a_phone_with_a_link(
    phone: Page, cast: Cast, session: Session, axe: Check, picture: Picture
) -> None:
    pages = sign_in_with_link(phone, cast.mayor.email or "", session)
    for number, address in enumerate(pages):
        phone.goto(address)
        axe(phone)
        picture(phone, f"signing-in-phone-{number}")


def test_signing_in_with_a_link_works_without_javascript(
    new_page: OpenPage, cast: Cast, session: Session
) -> None:
    sign_in_with_link(new_page(size=PHONE, javascript=False), cast.mayor.email or "", session)


def test_an_invited_director_chooses_a_password_and_signs_in(
    page: Page, cast: Cast, session: Session, clock: Clock, axe: Check, watch: Watch
) -> None:
    watch.expect_status(410, 422)
    invite_person(cast.director, by=cast.support, now=clock())
    session.commit()
    invitation = address_in_last_mail(session)
    page.goto(invitation)
    page.get_by_label("Nieuw wachtwoord").fill("kort")
    page.get_by_label("Herhaal het wachtwoord").fill("kort")
    page.get_by_role("button", name="Bewaren en aanmelden").click()
    assert page.get_by_role("alert").is_visible()
    axe(page)
    page.get_by_label("Nieuw wachtwoord").fill(PASSWORD)
    page.get_by_label("Herhaal het wachtwoord").fill(PASSWORD)
    page.get_by_role("button", name="Bewaren en aanmelden").click()

    page.goto("/account")
    page.get_by_role("button", name="Overal afmelden").click()
    assert page.get_by_role("heading", level=1).inner_text() == "Aanmelden"
    page.goto(invitation)
    axe(page)
    assert page.get_by_role("heading", level=1).inner_text() == "Deze link werkt niet meer"
    page.get_by_role("link", name="Aanmelden met een wachtwoord").click()
    page.get_by_label("E-mailadres").fill(cast.director.email or "")
    page.get_by_label("Wachtwoord").fill("niet dit")
    page.get_by_role("button", name="Aanmelden").click()
    axe(page)
    page.get_by_label("Wachtwoord").fill(PASSWORD)
    page.get_by_role("button", name="Aanmelden").click()
    page.goto("/afmelden")
    axe(page)


def test_the_administrator_reads_the_mails(
    app: Flask, page: Page, cast: Cast, session: Session, clock: Clock, axe: Check, picture: Picture
) -> None:
    invite_person(cast.director, by=cast.support, now=clock())
    cast.administrator.password_hash = hash_password(PASSWORD)
    session.commit()
    page.goto("/aanmelden?verder=/beheer/mails")
    page.get_by_label("E-mailadres").fill(cast.administrator.email or "")
    page.get_by_label("Wachtwoord").fill(PASSWORD)
    page.get_by_role("button", name="Aanmelden").click()
    axe(page)
    picture(page, "mails")
    page.get_by_role("link", name="Uitnodiging voor Overleg").click()
    axe(page)
    assert "(verborgen)" in page.content()

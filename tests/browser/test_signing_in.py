"""Signing in, in a real browser: on a phone, without JavaScript, with a mail in between."""

import re
from collections.abc import Callable

import pytest
from flask import Flask
from playwright.sync_api import Page, expect
from sqlalchemy import select
from sqlalchemy.orm import Session

from overleg.accounts.passwords import hash_password
from overleg.accounts.workflow import invite_person
from overleg.mail.models import OutboxMessage
from tests.plugins.application import Clock
from tests.plugins.browser import PHONE, OpenPage, Watch, press
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
    press(page, "Vraag een link per mail", role="link")
    asked = page.url
    page.get_by_label("E-mailadres").fill(email)
    press(page, "Stuur mij een link")
    answered = page.url
    page.goto(address_in_last_mail(session))
    press(page, "Aanmelden")
    expect(page.get_by_role("heading", level=1)).to_have_text("Mijn account")
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
    press(page, "Bewaren en aanmelden")
    expect(page.get_by_role("alert")).to_be_visible()
    axe(page)
    page.get_by_label("Nieuw wachtwoord").fill(PASSWORD)
    page.get_by_label("Herhaal het wachtwoord").fill(PASSWORD)
    press(page, "Bewaren en aanmelden")

    page.goto("/account")
    press(page, "Overal afmelden")
    expect(page.get_by_role("heading", level=1)).to_have_text("Aanmelden")
    page.goto(invitation)
    axe(page)
    expect(page.get_by_role("heading", level=1)).to_have_text("Deze link werkt niet meer")
    press(page, "Aanmelden met een wachtwoord", role="link")
    page.get_by_label("E-mailadres").fill(cast.director.email or "")
    page.get_by_label("Wachtwoord").fill("niet dit")
    press(page, "Aanmelden")
    axe(page)
    page.get_by_label("Wachtwoord").fill(PASSWORD)
    press(page, "Aanmelden")
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
    press(page, "Aanmelden")
    axe(page)
    picture(page, "mails")
    press(page, "Uitnodiging voor Overleg", role="link")
    axe(page)
    assert "(verborgen)" in page.content()

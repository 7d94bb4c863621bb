"""People walking through the application in a browser, each with a profile of their own."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from flask import Flask
from playwright.sync_api import Download, Locator, Page
from sqlalchemy import update
from sqlalchemy.orm import Session

from overleg.accounts.models import Person
from overleg.accounts.passwords import hash_password
from tests.plugins.browser import DESK, PHONE, LiveServer, OpenPage, press

PASSWORD = "elke burgemeester telt"
Check = Callable[[Page], None]
# A link in a drawing has its address in another way than others.
ADDRESSES = """all => all.map((a) => new URL(a.getAttribute("href"), document.baseURI).href)"""


def give_passwords(session: Session) -> None:
    """Give everybody the same password, and commit."""
    session.execute(update(Person).values(password_hash=hash_password(PASSWORD)))
    session.commit()


@dataclass
class Walk:
    """Somebody at a screen; remembers each address met on the way."""

    page: Page
    check: Check
    met: set[str] = field(default_factory=set)

    def sign_in(self, person: Person) -> None:
        """Sign in through the page, as everybody does."""
        self.page.goto("/aanmelden")
        self.page.get_by_label("E-mailadres").fill(person.email or "")
        self.page.get_by_label("Wachtwoord").fill(PASSWORD)
        with self.page.expect_event("load"):
            self.page.get_by_role("button", name="Aanmelden", exact=True).click()
        self.look()

    def open(self, path: str) -> None:
        """Go to an address."""
        self.page.goto(path)
        self.look()

    def follow(self, name: str | re.Pattern[str]) -> None:
        """Click a link and look at the page behind it."""
        press(self.page, name, role="link")
        self.look()

    def press(self, name: str | re.Pattern[str]) -> None:
        """Press a button that leads to another page, and look at it."""
        press(self.page, name)
        self.look()

    def confirm(self, name: str) -> None:
        """Press a button that asks once more, and say yes."""
        self.page.get_by_role("button", name=name).first.click()
        with self.page.expect_event("load"):
            self.page.get_by_role("dialog").get_by_role("button", name=name).click()
        self.look()

    def write(self, label: str, text: str) -> None:
        """Write in the small editor with this label."""
        self.page.get_by_role("textbox", name=label).fill(text)

    def download(self, link: Locator) -> Download:
        """Click a link that gives a file."""
        with self.page.expect_download() as started:
            link.click()
        self.met.add(_path(started.value.url))
        return started.value

    def look(self) -> None:
        """Have axe look at the page, and keep the addresses it names."""
        self.check(self.page)
        self.met.add(_path(self.page.url))
        for href in self.page.locator("main a[href]").evaluate_all(ADDRESSES):
            if href.startswith(self.page.url.split("/", 3)[0]):
                self.met.add(_path(href))

    def reads(self, text: str) -> bool:
        """Whether the page says this."""
        return text in self.page.locator("main").inner_text()


@dataclass
class Walks:
    """Opens a walk for each person; they share the addresses they met."""

    open_page: OpenPage
    check: Check
    met: set[str] = field(default_factory=set)

    def at_desk(self, person: Person) -> Walk:
        """Somebody who signs in at a desk."""
        return self._start(person, DESK)

    def on_phone(self, person: Person) -> Walk:
        """Somebody who signs in on a phone of 390 px."""
        return self._start(person, PHONE)

    def _start(self, person: Person, size: tuple[int, int]) -> Walk:
        walk = Walk(self.open_page(size=size), self.check, self.met)
        walk.sign_in(person)
        return walk


def enter(app: Flask, page: Page, server: LiveServer, person: Person) -> None:
    """Be signed in without the sign-in page: with the cookie that page would give."""
    serializer = app.session_interface.get_signing_serializer(app)  # type: ignore[attr-defined]
    value = serializer.dumps({"_user_id": f"{person.id}:{person.session_version}", "_fresh": True})
    name = app.config["SESSION_COOKIE_NAME"]
    page.context.add_cookies([{"name": name, "value": value, "url": server.url}])


def named(what: str, about: str) -> re.Pattern[str]:
    """The name of a button or link that tells screen readers what it is about."""
    return re.compile(rf"^{re.escape(what)}\s*: {re.escape(about)}")


def _path(url: str) -> str:
    parts = urlsplit(url)
    return parts.path + (f"?{parts.query}" if parts.query else "")

"""The application on a real port, and Debian's Chromium to look at it.

`page` is a desk, `phone` is 390 px wide, `new_page` opens more (another person signed in).
A page that logs an error, asks for something that is not there or leaves the site fails its test.
"""

import os
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from threading import Thread
from typing import Any, Literal
from urllib.parse import urlsplit

import pytest
from flask import Flask
from playwright.sync_api import Browser, ConsoleMessage, Page, Response, expect, sync_playwright
from werkzeug.serving import make_server

from tests.plugins.real_parts import ROOT, find_chromium

AXE = ROOT / "node_modules" / "axe-core" / "axe.min.js"
DESK = (1280, 900)
PHONE = (390, 844)
RUN_AXE = """async () => {
  const options = { resultTypes: ["violations"], preload: false, iframes: false };
  return (await axe.run(document, options)).violations;
}"""
# Each kind of element, with what it stands in and the state it is in.
PIECES = """() => {
  const name = (e) => (e ? `${e.localName}.${e.getAttribute("class") ?? ""}` : "");
  const told = ["type", "role", "open", "disabled", "aria-invalid", "aria-current"];
  const state = (e) => told.map((each) => e.getAttribute(each) ?? "").join();
  const all = [...document.querySelectorAll("body *")];
  const within = (e) => `${name(e.parentElement?.parentElement)} > ${name(e.parentElement)}`;
  const pieces = all.map((e) => `${within(e)} > ${name(e)} ${state(e)}`);
  const dark = matchMedia("(prefers-color-scheme: dark)").matches;
  return {
    pieces: [...new Set(pieces)],
    view: `${innerWidth} ${dark} ${document.body.dataset.colour}`,
    overflow: document.documentElement.scrollWidth - document.documentElement.clientWidth,
  };
}"""
READY = "html[data-ready]"
PATIENCE_MS = 30_000
WITHOUT = (
    # What Playwright leaves out, in which this list takes its place.
    "AvoidUnnecessaryBeforeUnloadCheckSync",
    "DestroyProfileOnBrowserClose",
    "HttpsUpgrades",
    "HttpsFirstBalancedModeAutoEnable",
    "LensOverlay",
    "MediaRouter",
    "PaintHolding",
    "ThirdPartyStoragePartitioning",
    "AvoidCorsURLLoaderRestartOnRedirect",
    "OptimizationHints",
    "NetworkTimeServiceQuerying",
    "AimEnabled",
    "PreconnectToSearch",
    # The list under the address bar, which is a page of its own in each window.
    "WebUIOmniboxPopup",
)
FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    f"--disable-features={','.join(WITHOUT)}",
)

OpenPage = Callable[..., Page]
expect.set_options(timeout=PATIENCE_MS)


def visit(page: Page, path: str) -> Page:
    """Go to an address and wait until every script of the page has taken its place."""
    page.goto(path)
    wait_for_scripts(page)
    return page


def wait_for_scripts(page: Page) -> None:
    """Wait until every script of the page that is open or coming has taken its place."""
    expect(page.locator(READY)).to_be_attached()


def press(
    page: Page, name: str | re.Pattern[str], role: Literal["button", "link"] = "button"
) -> None:
    """Press the first button or link of this name, and wait for the page behind it to load.

    Not for a navigation: a draft that saves itself gives the page another address meanwhile.
    """
    with page.expect_event("load"):
        page.get_by_role(role, name=name).first.click()


@dataclass
class LiveServer:
    """The application of this test, on a port of its own."""

    url: str

    def address(self, path: str) -> str:
        """Return the whole address of a path."""
        return self.url + path


@dataclass
class Watch:
    """What went wrong in the browser's pages, unless the test expects it."""

    origin: str
    complaints: list[str] = field(default_factory=list)
    expected_statuses: set[int] = field(default_factory=set)

    def expect_status(self, *statuses: int) -> None:
        """Say that answers with these statuses belong to the test."""
        self.expected_statuses.update(statuses)

    def follow(self, page: Page) -> None:
        """Listen to a page."""
        page.on("console", self._console)
        page.on("pageerror", lambda error: self.complaints.append(f"script: {error}"))
        page.on("response", self._response)
        page.on("request", lambda request: self._request(request.url))

    def _console(self, message: ConsoleMessage) -> None:
        # A failed load is also seen as a response, with its status.
        if message.type == "error" and not message.text.startswith("Failed to load resource"):
            self.complaints.append(f"console: {message.text}")

    def _response(self, response: Response) -> None:
        if response.status >= 400 and response.status not in self.expected_statuses:
            self.complaints.append(f"{response.status} {response.url}")

    def _request(self, url: str) -> None:
        # The browser shows a PDF in a page of its own.
        if not url.startswith((self.origin, "data:", "blob:", "about:", "chrome")):
            self.complaints.append(f"left the site: {url}")


@pytest.fixture
def live_server(app: Flask) -> Iterator[LiveServer]:
    """The application served on a free port, in a thread of the test."""
    server = make_server("127.0.0.1", 0, app, threaded=True)
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield LiveServer(f"http://127.0.0.1:{server.server_port}")
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """One browser for the whole run."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find_chromium(), args=list(FLAGS))
        yield browser
        browser.close()


@pytest.fixture
def watch(live_server: LiveServer) -> Iterator[Watch]:
    """What the pages complain about; at the end there may be nothing."""
    seen = Watch(live_server.url)
    yield seen
    assert seen.complaints == []


@pytest.fixture
def new_page(chromium: Browser, live_server: LiveServer, watch: Watch) -> Iterator[OpenPage]:
    """Open a page in a fresh browser profile: `new_page(size=PHONE, javascript=False)`."""
    contexts = []

    def open_page(*, size: tuple[int, int] = DESK, **options: Any) -> Page:
        context = chromium.new_context(
            base_url=live_server.url,
            locale="nl-BE",
            timezone_id="Europe/Brussels",
            viewport={"width": size[0], "height": size[1]},
            reduced_motion="reduce",
            java_script_enabled=options.pop("javascript", True),
            **options,
        )
        context.set_default_timeout(PATIENCE_MS)
        contexts.append(context)
        page = context.new_page()
        watch.follow(page)
        return page

    yield open_page
    for context in contexts:
        context.close()


@pytest.fixture
def page(new_page: OpenPage) -> Page:
    """A page at a desk: 1280 px."""
    return new_page()


@pytest.fixture
def phone(new_page: OpenPage) -> Page:
    """A page on a phone: 390 px."""
    return new_page(size=PHONE)


@dataclass
class Axe:
    """Checks pages with axe-core: it must find nothing, and a page may not scroll sideways.

    How a page is built is checked at its own address; how its pieces look, in each view. A page of
    which it saw every piece before, at this address and in this view, is not checked again: axe
    takes longer than the page itself.
    """

    script: str
    seen: dict[str, set[str]] = field(default_factory=dict)
    """The pieces by address, and by view."""

    def __call__(self, page: Page) -> None:
        """Look at a page that is loaded."""
        wait_for_scripts(page)
        found = page.evaluate(PIECES)
        assert found["overflow"] <= 0, f"{page.url} scrolls sideways by {found['overflow']} px"
        seen = [self.seen.setdefault(by, set()) for by in (_kind_of(page.url), found["view"])]
        if all(each.issuperset(found["pieces"]) for each in seen):
            return
        # Evaluating goes through the debugger, which a strict CSP does not stop.
        if not page.evaluate("() => 'axe' in window"):
            page.evaluate(self.script)
        violations = page.evaluate(RUN_AXE)
        assert [_in_words(violation) for violation in violations] == [], page.url
        for each in seen:
            each.update(found["pieces"])


@pytest.fixture(scope="session")
def axe() -> Axe:
    """What axe-core saw in this process."""
    return Axe(AXE.read_text() + ";0")


@pytest.fixture
def picture() -> Callable[[Page, str], None]:
    """Keep a picture of a page in the folder OVERLEG_PICTURES, when that is set."""
    folder = os.environ.get("OVERLEG_PICTURES")

    def keep(page: Page, name: str) -> None:
        if folder:
            page.screenshot(path=Path(folder) / f"{name}.png", full_page=True)

    return keep


def _kind_of(url: str) -> str:
    """The path, the same for each thing of a kind."""
    return re.sub(r"/[a-z0-9]{16}(?=/|$)", "/id", urlsplit(url).path)


def _in_words(violation: dict[str, Any]) -> str:
    places = "; ".join(str(node["target"]) + " " + node["html"] for node in violation["nodes"])
    return f"{violation['id']}: {violation['help']} - {places}"

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

import pytest
from flask import Flask
from playwright.sync_api import Browser, ConsoleMessage, Frame, Page, expect, sync_playwright
from werkzeug import Request, Response
from werkzeug.serving import ThreadedWSGIServer, WSGIRequestHandler

from tests.plugins.real_parts import ROOT
from tools.chromium import find_chromium

AXE = ROOT / "node_modules" / "axe-core" / "axe.min.js"
AXE_PATH = "/axe.min.js"
"""Where the server has it beside the application: the browser then keeps it, compiled."""
DESK = (1280, 900)
PHONE = (390, 844)
READY = "html[data-ready]"
PATIENCE_MS = 30_000
SECONDS_TO_NOTICE_THE_END = 0.05
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
    # There is no other site.
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
)
# What a page logs that asks something of another site.
ELSEWHERE = "net::ERR_NAME_NOT_RESOLVED"

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
    tell: Callable[[str, int], None] = lambda _path, _status: None
    """Called with the path and the status of each answer."""

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

    def hear(self, path: str, status: int) -> None:
        """Take note of an answer.

        The server tells: the browser's own word of each request takes longer than the request.
        """
        if status >= 400 and status not in self.expected_statuses:
            self.complaints.append(f"{status} {path}")

    def follow(self, page: Page) -> None:
        """Listen to a page."""
        page.on("console", self._console)
        page.on("pageerror", lambda error: self.complaints.append(f"script: {error}"))
        page.on("framenavigated", self._arrived)

    def _console(self, message: ConsoleMessage) -> None:
        # Which answers were not expected the server tells.
        other = ELSEWHERE in message.text or not message.text.startswith("Failed to load resource")
        if message.type == "error" and other:
            self.complaints.append(f"console: {message.text}")

    def _arrived(self, frame: Frame) -> None:
        # The browser shows a PDF in a frame of its own.
        if frame.parent_frame is None and not frame.url.startswith((self.origin, "about:")):
            self.complaints.append(f"left the site: {frame.url}")


class Handler(WSGIRequestHandler):
    """Answers a browser, which also opens connections for requests that never come."""

    timeout = 20


class Server(ThreadedWSGIServer):
    """Ends when it has given all its answers."""

    daemon_threads = False


@pytest.fixture
def live_server(app: Flask) -> Iterator[LiveServer]:
    """The application served on a free port, in threads that end with the test."""
    told = LiveServer("")

    @Request.application
    def answer(request: Request) -> Response:
        if request.path == AXE_PATH:
            kept = {"Cache-Control": "max-age=3600, immutable"}
            return Response(AXE.read_bytes(), mimetype="text/javascript", headers=kept)
        # Read whole, so that a file is closed also where the browser no longer waits for it.
        answered = Response.from_app(app, request.environ, buffered=True)
        told.tell(request.path, answered.status_code)
        return answered

    server = Server("127.0.0.1", 0, answer, Handler)
    told.url = f"http://127.0.0.1:{server.server_port}"
    thread = Thread(target=server.serve_forever, args=[SECONDS_TO_NOTICE_THE_END], daemon=True)
    thread.start()
    yield told
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
    live_server.tell = seen.hear
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


@pytest.fixture
def picture() -> Callable[[Page, str], None]:
    """Keep a picture of a page in the folder OVERLEG_PICTURES, when that is set."""
    folder = os.environ.get("OVERLEG_PICTURES")

    def keep(page: Page, name: str) -> None:
        if folder:
            page.screenshot(path=Path(folder) / f"{name}.png", full_page=True)

    return keep

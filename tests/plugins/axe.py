"""axe-core looks at pages in the browser."""

import json
import re
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page

from tests.plugins.browser import AXE_PATH, PATIENCE_MS, READY
from tests.plugins.shared import alone_with

RUN_AXE = f"""async () => {{
  if (!("axe" in window)) await import("{AXE_PATH}");
  const options = {{ resultTypes: ["violations"], preload: false, iframes: false }};
  return (await axe.run(document, options)).violations;
}}"""
# Each kind of element, with what it stands in and the state it is in, once the scripts are there.
PIECES = """async ([ready, patience]) => {
  const until = Date.now() + patience;
  while (!document.querySelector(ready)) {
    if (Date.now() > until) throw new Error("The scripts of this page never took their place.");
    await new Promise((passed) => setTimeout(passed, 10));
  }
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


@dataclass
class Axe:
    """Checks pages with axe-core: it must find nothing, and a page may not scroll sideways.

    How a page is built is checked at its own address; how its pieces look, in each view. A page of
    which every piece was seen before in this run, at this address and in this view, is not checked
    again: axe takes longer than the page itself.
    """

    seen: Path
    """A folder with the pieces by address, and by view."""

    def __call__(self, page: Page) -> None:
        """Look at a page that is loaded."""
        found = page.evaluate(PIECES, [READY, PATIENCE_MS])
        assert found["overflow"] <= 0, f"{page.url} scrolls sideways by {found['overflow']} px"
        seen = [self.seen / _as_name(by) for by in (_kind_of(page.url), found["view"])]
        pieces = set(map(json.dumps, found["pieces"]))
        if all(pieces.issubset(_lines(each)) for each in seen):
            return
        violations = page.evaluate(RUN_AXE)
        assert [_in_words(violation) for violation in violations] == [], page.url
        for each in seen:
            with alone_with(each), each.open("a") as lines:
                lines.writelines(f"{piece}\n" for piece in sorted(pieces - _lines(each)))


@pytest.fixture(scope="session")
def axe(shared: Path) -> Axe:
    """What axe-core saw in all processes of this run."""
    seen = shared / "axe"
    seen.mkdir(exist_ok=True)
    return Axe(seen)


def _kind_of(url: str) -> str:
    """The path, the same for each thing of a kind."""
    return re.sub(r"/[a-z0-9]{16}(?=/|$)", "/id", urlsplit(url).path)


def _as_name(key: str) -> str:
    return sha256(key.encode()).hexdigest()


def _lines(file: Path) -> set[str]:
    return set(file.read_text().splitlines()) if file.exists() else set()


def _in_words(violation: dict[str, Any]) -> str:
    places = "; ".join(str(node["target"]) + " " + node["html"] for node in violation["nodes"])
    return f"{violation['id']}: {violation['help']} - {places}"

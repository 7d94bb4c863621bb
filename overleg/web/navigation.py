"""The links of the top bar; features register theirs in ``create_app``."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from flask import Flask, request

from overleg.web.access import viewer
from overleg.web.drawing import url_for


@dataclass(frozen=True)
class Link:
    """A place to go to; ``colour`` is that of the region it belongs to."""

    label: str
    url: str
    icon: str = ""
    current: bool = False
    colour: str = ""


@dataclass(frozen=True)
class Entry:
    """A main page: its label, endpoint, icon and for whom it is.

    Pages below its own address belong to it, and those below what ``also`` matches: a regular
    expression for the beginnings of other addresses.
    """

    label: str
    endpoint: str
    icon: str
    shown_to: Callable[[Any], bool]
    also: str = ""

    @property
    def url(self) -> str:
        """Its address."""
        return url_for(self.endpoint)

    def is_above(self, path: str) -> bool:
        """Whether a page belongs to this one, by its path."""
        own = self.url.removeprefix(request.script_root)
        return re.match(f"({own}|{self.also or own})(/|$)", path) is not None


def shared_colour(links: Sequence[Link], url: str | None) -> str:
    """The colour of the link to this address, else the one that all links have; empty if none."""
    here = [link for link in links if link.url == url] or links
    colours = {link.colour for link in here if link.colour}
    return colours.pop() if len(colours) == 1 else ""


def init_navigation(
    app: Flask, entries: list[Entry], body_links: Callable[[Any], tuple[Link, ...]]
) -> None:
    """Make ``navigation()``, ``body_links()`` and ``shared_colour()`` known to every template."""

    def navigation() -> tuple[Link, ...]:
        who = viewer()
        if not who.signed_in:
            return ()
        current = next((entry for entry in entries if entry.is_above(request.path)), None)
        return tuple(
            Link(entry.label, entry.url, entry.icon, current=entry is current)
            for entry in entries
            if entry.shown_to(who)
        )

    app.jinja_env.globals.update(shared_colour=shared_colour)
    app.context_processor(
        lambda: {"navigation": navigation, "body_links": lambda: body_links(viewer())}
    )

"""The links of the top bar; features register theirs in ``create_app``."""

from collections.abc import Callable
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
    """A main page: its label, endpoint, icon and for whom it is."""

    label: str
    endpoint: str
    icon: str
    shown_to: Callable[[Any], bool]


def init_navigation(
    app: Flask, entries: list[Entry], body_links: Callable[[Any], tuple[Link, ...]]
) -> None:
    """Make ``navigation()`` and ``body_links()`` known to every template."""

    def navigation() -> tuple[Link, ...]:
        who = viewer()
        if not who.signed_in:
            return ()
        return tuple(
            Link(entry.label, url, entry.icon, current=request.path.startswith(url) and url != "/")
            for entry in entries
            if entry.shown_to(who) and (url := url_for(entry.endpoint))
        )

    app.context_processor(
        lambda: {"navigation": navigation, "body_links": lambda: body_links(viewer())}
    )

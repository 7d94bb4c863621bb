"""The way from an error page back to the thing somebody was at.

Its address is built from a page of ours that was recognised; nothing that was sent is copied.
"""

from collections.abc import Mapping
from typing import Any

from flask import current_app, request
from werkzeug.exceptions import HTTPException
from werkzeug.routing import RequestRedirect

from overleg.lib.addresses import parts_of
from overleg.web.access import rule_of, viewer
from overleg.web.drawing import url_for


def way_back() -> str | None:
    """The page above the address that was asked, the one it was asked from, or its own.

    ``/voorstellen/<id>/intrekken`` lies under the page of its proposal, ``/opmerkingen/<id>`` under
    none. None where no page of ours was recognised that who looks may enter.
    """
    return _page_above(request.path) or _page_before() or _own_page()


def page_to_retry() -> str | None:
    """The page on which the form of this request stands, or None where none was recognised."""
    if own := _own_page():
        query = request.query_string.decode("ascii", "ignore")
        return f"{own}?{query}" if query else own
    return _page_before()


def _page_above(path: str) -> str | None:
    while path := path.rpartition("/")[0]:
        if page := _page(path):
            return page
    return None


def _page_before() -> str | None:
    before = parts_of(request.referrer or "")
    path = before.path.removeprefix(request.script_root)
    return _page(path) if before.netloc == request.host and path != request.path else None


def _own_page() -> str | None:
    """The page whose form was refused; not the page that was refused itself."""
    return _page(request.path) if request.method == "POST" else None


def page_at(path: str) -> tuple[str, Mapping[str, Any]] | None:
    """The endpoint of the page at this path, with what its address names; None when there is none.

    ``path`` comes after the place where the application is mounted.
    """
    adapter = current_app.create_url_adapter(request)
    if adapter is None:
        return None
    try:
        return adapter.match(path, method="GET")
    except (HTTPException, RequestRedirect):
        return None


def _page(path: str) -> str | None:
    """The address of the page at this path, when it is one and who looks may enter."""
    if (found := page_at(path)) is None:
        return None
    endpoint, values = found
    rule = rule_of(current_app.view_functions[endpoint])
    return url_for(endpoint, **values) if rule is not None and rule(viewer()) else None

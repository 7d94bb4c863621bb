"""Drawing pages: the Jinja environment, and pieces that are drawn once and remembered.

What is remembered, and why that is safe, is told in docs/adr/0008-kept-in-memory.md.
"""

from collections.abc import Hashable, MutableMapping
from functools import lru_cache
from typing import Any

from flask import Flask, current_app
from flask import url_for as flask_url_for
from flask.globals import request
from flask.templating import Environment
from markupsafe import Markup

MOST_DRAWN = 512
MOST_ADDRESSES = 4096


class HouseEnvironment(Environment):
    """Jinja as Flask has it, with the globals of each template in one plain dictionary.

    Jinja looks through a chain of them at each import in each page, which took a tenth of the time.
    All globals are set in ``create_app``, before any template is loaded.
    """

    def make_globals(self, d: MutableMapping[str, Any] | None) -> MutableMapping[str, Any]:
        return {**self.globals, **(d or {})}


@lru_cache(maxsize=MOST_DRAWN)
def drawn(template: str, macro: str, *values: Hashable) -> Markup:
    """What a macro makes of these values; for the same values it is drawn once.

    The macro may use nothing but its values: nothing of the request, nor of who looks.
    """
    macros = current_app.jinja_env.get_template(template).module
    return Markup(getattr(macros, macro)(*values))  # noqa: S704 - the macro escaped its values


def url_for(endpoint: str, **values: Any) -> str:
    """The address of a page, as Flask makes it; an address that was asked before is remembered."""
    try:
        return _address(request.script_root, endpoint, tuple(values), *values.values())
    except TypeError:  # a value that cannot be remembered, such as a list
        return flask_url_for(endpoint, **values)


@lru_cache(maxsize=MOST_ADDRESSES, typed=True)
def _address(_script_root: str, endpoint: str, names: tuple[str, ...], *values: Any) -> str:
    return flask_url_for(endpoint, **dict(zip(names, values, strict=True)))


def init_drawing(app: Flask) -> None:
    """Make ``drawn`` and ``url_for`` known to templates."""
    app.jinja_env.globals.update(drawn=drawn, url_for=url_for)

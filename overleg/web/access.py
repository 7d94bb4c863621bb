"""Who may enter a page. Each view declares it; a view that declares nothing is refused.

``@public`` lets anyone in, ``@signed_in`` anyone who signed in, ``@requires(rule)`` those for whom
the rule holds. A rule is a function of the viewer; who fails it gets 404, as if the page did not
exist. What one may see *on* a page is decided by the queries, which take the viewer too.
"""

from collections.abc import Callable
from typing import Any, Protocol, TypeVar, cast

from flask import Flask, current_app, g, request
from werkzeug.wrappers import Response

from overleg.lib.errors import NotFound


class Visitor(Protocol):
    """What this layer needs to know of who looks; the viewer of ``organisations`` is one."""

    @property
    def signed_in(self) -> bool: ...


Rule = Callable[[Any], bool]
View = TypeVar("View", bound=Callable[..., Any])

ACCESS = "overleg_access"


def anyone(_visitor: Visitor) -> bool:
    """The rule of a public page."""
    return True


def known(visitor: Visitor) -> bool:
    """The rule of a page for all who signed in."""
    return visitor.signed_in


def requires(rule: Rule) -> Callable[[View], View]:
    """Declare that only viewers for whom ``rule`` holds may enter."""

    def declare(view: View) -> View:
        setattr(view, ACCESS, rule)
        return view

    return declare


def public(view: View) -> View:
    """Declare that anyone may enter, signed in or not."""
    return requires(anyone)(view)


def signed_in(view: View) -> View:
    """Declare that anyone who signed in may enter."""
    return requires(known)(view)


def rule_of(view: Callable[..., Any]) -> Rule | None:
    """The rule a view declared, or None."""
    return getattr(view, ACCESS, None)


def viewer() -> Any:
    """Who looks at this page; computed once per request."""
    if "viewer" not in g:
        g.viewer = current_app.extensions["viewer"]()
    return g.viewer


def init_access(
    app: Flask,
    *,
    load_viewer: Callable[[], Visitor],
    ask_to_sign_in: Callable[[], Response],
) -> None:
    """Guard every request; ``ask_to_sign_in`` answers those who did not sign in yet."""
    app.extensions["viewer"] = load_viewer
    app.context_processor(lambda: {"viewer": viewer()})

    @app.before_request
    def _guard() -> Response | None:
        if request.endpoint is None or request.endpoint == "static":
            return None
        if "\x00" in request.path:
            raise NotFound
        rule = rule_of(app.view_functions[request.endpoint])
        if rule is None:
            raise NotFound
        if rule is anyone:
            return None
        visitor = cast("Visitor", viewer())
        if not visitor.signed_in:
            return ask_to_sign_in()
        if not rule(visitor):
            raise NotFound
        return None

"""Pages behind a secret address, as a signed link in a mail opens without an account.

What such a link names is signed with the application's key; whether it still holds is looked up
each time, and a link that does not is answered with 410 and why. Opening one changes nothing that
matters, as mail programs open links by themselves: what somebody answers is taken from a form.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any

from flask import Flask, Response, after_this_request, current_app, render_template
from flask.typing import ResponseReturnValue
from itsdangerous import BadData, URLSafeSerializer

View = Callable[..., ResponseReturnValue]

MARK = "overleg_keeps_private"
LONGEST = 200
INCOMPLETE = (
    "Het adres is niet volledig: misschien brak uw mailprogramma het af. "
    "Open de link opnieuw vanuit de mail, of meld u aan."
)
CONFIRM, CHANGE = "bevestig", "wijzig"
"""What the two buttons of a page say that asks to confirm an answer."""


@dataclass(frozen=True)
class SignedNames:
    """The tokens of one kind of link: each names one thing or more, in a fixed order.

    ``salt`` keeps them apart from those of another kind. They sign nobody in.
    """

    salt: str

    def sign(self, *names: str) -> str:
        """The token of these names, for in an address."""
        token: str = self._serializer().dumps(names[0] if len(names) == 1 else names)
        return token

    def read(self, token: str) -> tuple[str, ...] | None:
        """The names in a token; None when we did not make it."""
        if len(token) > LONGEST:
            return None
        try:
            names = self._serializer().loads(token)
        except (BadData, ValueError, TypeError):
            return None
        return (names,) if isinstance(names, str) else tuple(names)

    def _serializer(self) -> URLSafeSerializer:
        return URLSafeSerializer(current_app.config["SECRET_KEY"], salt=self.salt)


class LinkSpent(Exception):
    """The link asks nothing (any more): why, and the endpoint where somebody goes on."""

    def __init__(self, why: str, *, onward: str) -> None:
        super().__init__(why)
        self.why = why
        self.onward = onward


def secret_page(view: View) -> View:
    """Declare a page behind a secret address.

    Its address goes to no other page, no cache and no search engine; ``LinkSpent`` answers 410; its
    forms check their own token, see ``open_secret_forms``.
    """

    @wraps(view)
    def look(*args: Any, **kwargs: Any) -> ResponseReturnValue:
        after_this_request(_keep_private)
        try:
            return view(*args, **kwargs)
        except LinkSpent as spent:
            page = render_template("errors/link_spent.html", why=spent.why, onward=spent.onward)
            return page, 410

    setattr(look, MARK, True)
    return look


def open_secret_forms(app: Flask) -> None:
    """Let the forms of all secret pages be sent from pages that tell no referrer.

    The check of every form compares the referrer; here the form checks its own token instead, and
    the address itself is a secret that no other page knows.
    """
    for view in app.view_functions.values():
        if getattr(view, MARK, False):
            app.extensions["csrf"].exempt(view)


def _keep_private(response: Response) -> Response:
    response.headers["Referrer-Policy"] = "no-referrer"
    response.headers["Cache-Control"] = "no-store"
    response.headers["X-Robots-Tag"] = "noindex, nofollow"
    return response

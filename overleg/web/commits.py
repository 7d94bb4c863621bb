"""One commit per request: all of what a page did, or nothing of it."""

from collections.abc import Callable
from typing import Any

from flask import Flask, Response, g

from overleg.db import db
from overleg.web.drawing import HouseEnvironment
from overleg.web.requests import CleanRequest


class OneCommitFlask(Flask):
    """Flask that commits when the view answered well, and undoes everything when it refused."""

    request_class = CleanRequest
    jinja_environment = HouseEnvironment

    def ensure_sync(self, func: Callable[..., Any]) -> Callable[..., Any]:
        """Every function here is a plain one; Flask asks that anew for each call of each."""
        return func

    def dispatch_request(self) -> Any:
        response: Response = self.make_response(super().dispatch_request())
        if response.status_code < 400 or g.get("keep_refused", False):
            for act in g.pop("before_commit", ()):
                act(response)
            if db.session.registry.has():
                db.session.commit()
        else:
            db.session.rollback()
        return response


def keep_refused() -> None:
    """Commit although this request will be refused: a failed sign-in is counted all the same."""
    g.keep_refused = True


def keep_now() -> None:
    """Commit where no view answers: what somebody typed is kept while the request is refused."""
    db.session.commit()


def before_commit(act: Callable[[Response], None]) -> None:
    """Do this with the answer of the present request, just before what it did is committed."""
    g.setdefault("before_commit", []).append(act)


def undo_on_error(app: Flask) -> None:
    """Leave nothing half done when a view raised."""

    @app.teardown_request
    def _undo(error: BaseException | None) -> None:
        if error is not None:
            db.session.rollback()

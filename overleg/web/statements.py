"""How many statements a page sent to the database; shown in a header when the setting asks it."""

from typing import Any

from flask import Flask, Response, g, has_request_context
from sqlalchemy import Engine, event


def init_statement_count(app: Flask, *, enabled: bool) -> None:
    """Count the statements of each request and tell them in ``X-Statements``."""
    if not enabled:
        return

    @event.listens_for(Engine, "after_cursor_execute")
    def _count(*_args: Any) -> None:
        if has_request_context():
            g.statements = g.get("statements", 0) + 1

    @app.after_request
    def _tell(response: Response) -> Response:
        response.headers["X-Statements"] = str(g.get("statements", 0))
        return response

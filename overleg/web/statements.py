"""How many statements a page sent to the database, in a header, for the benchmark.

Only bound when the setting OVERLEG_COUNT_STATEMENTS asks for it: it tells outsiders too much.
"""

from typing import Any

from flask import Flask, Response, g, has_request_context
from sqlalchemy import event

from overleg.db import db

HEADER = "X-Statements"


def init_statement_count(app: Flask, *, enabled: bool) -> None:
    """Tell with every answer, in ``X-Statements``, how many statements it took, if enabled."""
    if not enabled:
        return
    with app.app_context():
        event.listen(db.engine, "after_cursor_execute", _count)
    app.after_request(_tell)


def _count(*_arguments: Any) -> None:
    if has_request_context():
        g.statements = g.get("statements", 0) + 1


def _tell(response: Response) -> Response:
    response.headers[HEADER] = str(g.get("statements", 0))
    return response

"""What a page asks of the database."""

from sqlalchemy import event

from overleg.db import db
from tests.reading import ReadingClient


def statements_of(client: ReadingClient, path: str) -> list[str]:
    """The statements that a page takes, in order, each on one line."""
    seen: list[str] = []

    def note(*arguments: object) -> None:
        seen.append(" ".join(str(arguments[2]).split()))

    event.listen(db.engine, "after_cursor_execute", note)
    try:
        client.get(path)
    finally:
        event.remove(db.engine, "after_cursor_execute", note)
    return seen

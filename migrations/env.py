"""How Alembic reaches the database: through the application's own engine."""

from typing import Any, Literal

from alembic import context

from overleg.db import UtcDateTime, db

config = context.config


def render_item(kind: str, thing: Any, _autogen: Any) -> str | Literal[False]:
    """Write our moment type as the plain one, so that migrations import nothing of ours."""
    if kind == "type" and isinstance(thing, UtcDateTime):
        return "sa.DateTime(timezone=True)"
    return False


def include_name(name: str | None, kind: str, _parents: Any) -> bool:
    """Leave out the tables of the queue, which huey makes, and those that FTS5 makes."""
    return kind != "table" or name is None or not name.startswith(("huey_", "search_words"))


def run() -> None:
    """Run the migrations in one transaction; SQLite copies a table to change it."""
    connectable = config.attributes.get("connection") or db.engine.connect()
    with connectable as connection:
        is_sqlite = connection.dialect.name == "sqlite"
        if is_sqlite:
            connection.exec_driver_sql("PRAGMA foreign_keys=OFF")
        context.configure(
            connection=connection,
            target_metadata=db.metadata,
            render_as_batch=True,
            compare_type=True,
            render_item=render_item,
            include_name=include_name,
            transaction_per_migration=False,
        )
        with context.begin_transaction():
            context.run_migrations()
        connection.commit()
        if is_sqlite:
            connection.exec_driver_sql("PRAGMA foreign_keys=ON")


run()

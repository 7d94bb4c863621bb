"""Migrations are reviewed code: one row of numbers, equal to the models, there and back."""

import ast
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from flask import Flask
from sqlalchemy import Connection, create_engine, func, inspect, select, text, update
from sqlalchemy.engine.reflection import Inspector
from sqlalchemy.orm import Session
from sqlalchemy.pool import NullPool

from overleg import resources
from overleg.agenda.models import AgendaItem
from overleg.audit.models import JournalEntry
from overleg.audit.states import Verb
from overleg.db import db
from overleg.migrating import migrate_database, take_back
from overleg.minutes.models import MinutesVersion
from overleg.minutes.queries.minutes import minutes_of
from overleg.minutes.workflow.versions import correct
from tests.house.world import World
from tests.minutes.held import SECRET_POINT, SHARED_POINT, Held, sent_meeting
from tests.plugins.cast import Cast
from tests.plugins.databases import MIGRATED, Databases

MIGRATIONS = resources.folder("migrations")
VERSIONS = sorted((MIGRATIONS / "versions").glob("*.py"))


def scripts() -> ScriptDirectory:
    """The migrations as Alembic reads them."""
    return ScriptDirectory(str(MIGRATIONS))


def test_there_is_one_head() -> None:
    assert len(scripts().get_heads()) == 1


def test_files_are_numbered_in_order_by_their_own_revision() -> None:
    numbers = [file.name.partition("_")[0] for file in VERSIONS]
    assert numbers == [f"{number:04}" for number in range(1, len(VERSIONS) + 1)]
    in_order = [script.revision for script in scripts().walk_revisions()][::-1]
    assert in_order == numbers
    for script, file in zip(reversed(list(scripts().walk_revisions())), VERSIONS, strict=True):
        assert Path(script.path).name == file.name
        before = f"{int(script.revision) - 1:04}"
        assert script.down_revision == (None if before == "0000" else before)


@pytest.mark.parametrize("file", VERSIONS, ids=lambda file: file.stem)
def test_a_migration_imports_nothing_of_ours_and_can_be_undone(file: Path) -> None:
    tree = ast.parse(file.read_text("utf-8"))
    for node in ast.walk(tree):
        names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
        names += [node.module or ""] if isinstance(node, ast.ImportFrom) else []
        assert not [name for name in names if name.partition(".")[0] == "overleg"]
    undo = [n for n in tree.body if isinstance(n, ast.FunctionDef) and n.name == "downgrade"]
    assert undo
    assert not all(isinstance(line, ast.Pass) for line in undo[0].body)


@pytest.mark.parametrize(
    "kind", ["sqlite", pytest.param("postgresql", marks=pytest.mark.postgresql)]
)
def test_the_models_equal_the_migrations(kind: str, databases: Databases) -> None:
    with connected(databases.copy_of(MIGRATED)) as connection:
        assert kind in {connection.dialect.name, "sqlite"}
        assert differences(connection) == []
        migrated = checks_of(connection)
    with connected(databases.empty()) as connection:
        db.metadata.create_all(connection)
        assert checks_of(connection) == migrated


@pytest.mark.parametrize(
    "kind", ["sqlite", pytest.param("postgresql", marks=pytest.mark.postgresql)]
)
def test_down_and_up_again_with_data_in_it(
    kind: str, app: Flask, world: World, session: Session
) -> None:
    assert kind in {db.engine.dialect.name, "sqlite"}
    counted = rows_by_table(session)
    assert {"meetings", "proposals", "outcomes", "note_revisions"} <= set(counted)
    assert min(counted[name] for name in ("meetings", "follow_ups", "sent_annexes")) > 0
    numbers = [f"{number:04}" for number in range(1, len(VERSIONS) + 1)]
    session.close()
    for number in reversed(numbers[:-1]):
        take_back(number)
        assert version_of(session) == number
        if number in {"0004", "0002"}:
            assert session.scalar(text("SELECT count(*) FROM people")), "a lower table lost rows"
        session.close()
    take_back("base")
    left = {name for name in inspect(db.engine).get_table_names() if is_ours(name)}
    assert left <= {"alembic_version"}
    migrate_database()
    with db.engine.connect() as connection:
        assert differences(connection) == []
    assert not any(rows_by_table(session).values())


def test_bodies_that_were_there_get_the_article_of_their_name(
    world: World, session: Session
) -> None:
    world.cast.midwest.name = "Regionale tafel Midwest"
    session.commit()
    session.close()
    take_back("0035")
    migrate_database()
    rows = session.execute(text("SELECT slug, article FROM bodies"))
    articles = {slug: article for slug, article in rows}  # noqa: C416 - a row is no pair to mypy
    assert articles["midwestoverleg"] == "de"
    assert articles["dbo"] == "het"


@pytest.mark.parametrize(
    "kind", ["sqlite", pytest.param("postgresql", marks=pytest.mark.postgresql)]
)
def test_corrections_that_were_there_get_the_item_they_are_about(
    kind: str, app: Flask, cast: Cast, session: Session
) -> None:
    assert kind in {db.engine.dialect.name, "sqlite"}
    held = sent_meeting(cast.midwest, by=cast.support).approve()
    corrected = [held.point(title) for title in (SHARED_POINT, SECRET_POINT, SHARED_POINT)]
    for number, item in enumerate(corrected):
        correct(
            item,
            f"<p>Zo was het, {number}.</p>",
            started_from=number // 2,
            reason="Een tikfout.",
            by=cast.support,
            now=held.begun_at + timedelta(days=60 + number),
        )
    expected = [item.id for item in corrected]
    labels = [item.journal_label for item in corrected]
    session.commit()
    session.execute(update(JournalEntry).where(OF_CORRECTIONS).values(before_0042(held)))
    session.commit()
    session.close()
    take_back("0041")
    migrate_database()
    versions = select(MinutesVersion.item_id).order_by(MinutesVersion.number)
    assert list(session.scalars(versions)) == [None, *expected]
    entries = session.scalars(
        select(JournalEntry).where(OF_CORRECTIONS).order_by(JournalEntry.at_utc)
    ).all()
    assert [(entry.subject_type, entry.subject_id) for entry in entries] == [
        (AgendaItem.__tablename__, item_id) for item_id in expected
    ]
    assert [entry.subject_label for entry in entries] == labels


OF_CORRECTIONS = JournalEntry.verb == Verb.MINUTES_CORRECTED


def before_0042(held: Held) -> dict[str, str]:
    """What the journal said a correction was about: the verslag."""
    minutes = minutes_of(held.meeting)
    assert minutes is not None
    return {
        "subject_type": minutes.__tablename__,
        "subject_id": minutes.id,
        "subject_label": minutes.journal_label,
    }


class Connected:
    """A connection to a database of the tests, closed with all that belongs to it."""

    def __init__(self, url: str) -> None:
        self._engine = create_engine(url, poolclass=NullPool)

    def __enter__(self) -> Connection:
        self._connection = self._engine.connect()
        return self._connection

    def __exit__(self, *_error: object) -> None:
        self._connection.commit()
        self._connection.close()
        self._engine.dispose()


def connected(url: str) -> Connected:
    """Open a database, outside the application."""
    return Connected(url)


def differences(connection: Connection) -> list[Any]:
    """What Alembic would still change to make the database equal to the models."""
    context = MigrationContext.configure(
        connection,
        opts={
            "compare_type": True,
            "target_metadata": db.metadata,
            "include_name": lambda name, kind, _parents: kind != "table" or is_ours(name),
            "include_object": lambda _thing, name, *_: is_made(name, connection.dialect.name),
        },
    )
    return list(compare_metadata(context, db.metadata))


def is_ours(table: str) -> bool:
    """Whether a model stands for this table; the queue makes its own, and so does FTS5."""
    return not table.startswith(("huey_", "search_words"))


def is_made(name: str | None, dialect: str) -> bool:
    """Whether this kind of database gets it; Alembic asks no index for its ``ddl_if``."""
    return name != "ix_search_entries_words" or dialect == "postgresql"


def checks_of(connection: Connection) -> dict[str, dict[str, str]]:
    """The CHECK constraints of every table, which Alembic does not compare."""
    looker: Inspector = inspect(connection)
    return {
        table: {
            str(check["name"]): " ".join(check["sqltext"].split())
            for check in looker.get_check_constraints(table)
        }
        for table in sorted(looker.get_table_names())
        if table != "alembic_version" and is_ours(table)
    }


def rows_by_table(session: Session) -> dict[str, int]:
    """How many rows there are of everything."""
    return {
        table.name: session.scalar(select(func.count()).select_from(table)) or 0
        for table in db.metadata.sorted_tables
    }


def version_of(session: Session) -> str:
    """At which migration the database is."""
    return str(session.scalar(text("SELECT version_num FROM alembic_version")))

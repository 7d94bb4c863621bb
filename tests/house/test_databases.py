"""Every test has a database of its own, on SQLite and on PostgreSQL."""

import pytest
from sqlalchemy import create_engine, text
from sqlalchemy.pool import NullPool

from tests.plugins.databases import Databases, Prepared


def prepare(url: str) -> None:
    execute(url, "CREATE TABLE towns (name VARCHAR(20))", "INSERT INTO towns VALUES ('Tielt')")


TOWNS = Prepared("towns", prepare)


def execute(url: str, *statements: str) -> None:
    engine = create_engine(url, poolclass=NullPool)
    with engine.begin() as connection:
        for statement in statements:
            connection.execute(text(statement))
    engine.dispose()


def towns(url: str) -> list[str]:
    engine = create_engine(url, poolclass=NullPool)
    with engine.connect() as connection:
        found = list(connection.scalars(text("SELECT name FROM towns ORDER BY name")))
    engine.dispose()
    return found


def check_copies_are_apart(databases: Databases) -> None:
    first = databases.copy_of(TOWNS)
    second = databases.copy_of(TOWNS)
    execute(first, "INSERT INTO towns VALUES ('Izegem')")
    assert towns(first) == ["Izegem", "Tielt"]
    assert towns(second) == ["Tielt"]


def test_copies_are_apart(databases: Databases) -> None:
    check_copies_are_apart(databases)


@pytest.mark.postgresql
def test_copies_are_apart_on_postgresql(databases: Databases) -> None:
    check_copies_are_apart(databases)
    assert databases.empty().startswith("postgresql+psycopg://")


def test_a_migrated_database_is_at_the_newest_migration(database_url: str) -> None:
    engine = create_engine(database_url, poolclass=NullPool)
    with engine.connect() as connection:
        versions = list(connection.scalars(text("SELECT version_num FROM alembic_version")))
    engine.dispose()
    assert len(versions) == 1

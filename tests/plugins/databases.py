"""Which database a test runs on, and quick copies of prepared ones.

A test marked `postgresql` runs on PostgreSQL, others on SQLite; with
OVERLEG_TEST_DATABASE=postgresql all that use a database run on PostgreSQL, but those marked
`sqlite`, and the others are not run. A database is prepared once per run (migrated, filled),
upon a copy of another where it has a part in common, and copied for every test that asks for it.
"""

import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

import pytest
from sqlalchemy import Engine, event
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.pool import ConnectionPoolEntry

from overleg import create_app
from overleg.db import close_database
from overleg.migrating import migrate_database
from overleg.settings import Mode, Settings
from tests.plugins.real_parts import whole_suite_on_postgresql
from tests.plugins.shared import alone_with
from tools.postgresql import PrivateServer


@dataclass(frozen=True)
class Prepared:
    """A database to make copies of: `fill(url)` fills it, and must close its connections."""

    name: str
    fill: Callable[[str], None]
    upon: "Prepared | None" = None
    """What is in it already; nothing where it begins empty."""


@event.listens_for(Engine, "connect")
def _wait_for_no_disk(connection: DBAPIConnection, _record: ConnectionPoolEntry) -> None:
    """The databases of tests need not survive the machine: SQLite need not wait for the disk."""
    if type(connection).__module__.startswith("sqlite3"):
        cursor = connection.cursor()
        cursor.execute("PRAGMA synchronous=OFF")
        cursor.close()


class Databases(Protocol):
    """Gives databases by address, each for one test."""

    def empty(self) -> str:
        """Return the address of a database with no tables in it."""

    def copy_of(self, prepared: Prepared, *, standing: bool = False) -> str:
        """Return the address of a copy of this database, which is made when first asked for.

        A `standing` copy is at the same address in each test, other copies never are.
        """

    def clear(self) -> None:
        """Drop the databases given out; the prepared ones stay."""


class SqliteDatabases:
    """Files in a folder; the prepared ones stand in one that all processes share."""

    def __init__(self, folder: Path, shared: Path) -> None:
        self._folder = folder
        self._shared = shared
        self._given: list[Path] = []
        self._count = 0

    def empty(self) -> str:
        return _sqlite_url(self._next())

    def copy_of(self, prepared: Prepared, *, standing: bool = False) -> str:
        copy = self._next("standing" if standing else "")
        return _sqlite_url(Path(shutil.copyfile(self._made(prepared), copy)))

    def clear(self) -> None:
        while self._given:
            for leftover in self._folder.glob(self._given.pop().name + "*"):
                leftover.unlink()

    def _made(self, prepared: Prepared) -> Path:
        made = self._shared / f"prepared-{prepared.name}.db"
        with alone_with(made):
            if not made.exists():
                being_made = made.with_suffix(".new")
                if prepared.upon is not None:
                    shutil.copyfile(self._made(prepared.upon), being_made)
                prepared.fill(_sqlite_url(being_made))
                being_made.rename(made)
        return made

    def _next(self, name: str = "") -> Path:
        self._count += 1
        self._given.append(self._folder / f"test-{name or self._count}.db")
        return self._given[-1]


class PostgresqlDatabases:
    """Databases of a private server that all processes share."""

    def __init__(self, server: PrivateServer) -> None:
        self._server = server
        self._given: list[str] = []
        self._count = 0

    def empty(self) -> str:
        return self._server.create_database(self._next())

    def copy_of(self, prepared: Prepared, *, standing: bool = False) -> str:
        template = self._made(prepared)
        copy = self._next("standing" if standing else "")
        return self._server.create_database(copy, template=template)

    def clear(self) -> None:
        while self._given:
            self._server.drop_database(self._given.pop())

    def _made(self, prepared: Prepared) -> str:
        name = f"prepared-{prepared.name}"
        made = self._server.folder / name
        with alone_with(made):
            if not made.exists():
                begun = "template1" if prepared.upon is None else self._made(prepared.upon)
                prepared.fill(self._server.create_database(name, template=begun))
                made.touch()
        return name

    def _next(self, name: str = "") -> str:
        self._count += 1
        self._given.append(f"test-{os.getpid()}-{name or self._count}")
        return self._given[-1]


@contextmanager
def _shared_server(shared: Path) -> Iterator[PrivateServer]:
    """The server of this run: who asks for it first starts it, who needs it last stops it."""
    users = shared / "postgresql"
    with alone_with(users):
        folder, *others = users.read_text().splitlines() if users.exists() else [""]
        server = PrivateServer(Path(folder) if folder else None)
        if not others:
            server.start()
        users.write_text("\n".join([str(server.folder), *others, str(os.getpid())]))
    try:
        yield server
    finally:
        with alone_with(users):
            folder, *others = users.read_text().splitlines()
            others.remove(str(os.getpid()))
            users.write_text("\n".join([folder, *others]))
            if not others:
                server.stop()
                users.unlink()


@pytest.fixture(scope="session")
def sqlite_databases(tmp_path_factory: pytest.TempPathFactory, shared: Path) -> SqliteDatabases:
    """The SQLite files of this process."""
    return SqliteDatabases(tmp_path_factory.mktemp("sqlite"), shared)


@pytest.fixture(scope="session")
def postgresql_databases(shared: Path) -> Iterator[PostgresqlDatabases]:
    """The PostgreSQL databases of this process."""
    with _shared_server(shared) as server:
        yield PostgresqlDatabases(server)


@pytest.fixture
def databases(request: pytest.FixtureRequest) -> Iterator[Databases]:
    """The databases of the kind this test runs on."""
    marked = request.node.get_closest_marker
    on_postgresql = marked("postgresql") or (whole_suite_on_postgresql() and not marked("sqlite"))
    kind = "postgresql_databases" if on_postgresql else "sqlite_databases"
    chosen: Databases = request.getfixturevalue(kind)
    yield chosen
    chosen.clear()


@pytest.fixture
def database_url(databases: Databases) -> str:
    """A migrated database without a row, for this test alone."""
    return databases.copy_of(MIGRATED)


@pytest.fixture
def empty_database_url(databases: Databases) -> str:
    """A database without a table, for tests of the migrations."""
    return databases.empty()


def settings_for(url: str, instance: Path) -> Settings:
    """Return the settings tests run with, on this database."""
    return Settings(
        mode=Mode.TEST, secret_key="of-the-tests", database_url=url, instance_path=instance
    )


def migrate(url: str) -> None:
    """Bring a database to the newest migration."""
    app = create_app(settings_for(url, Path("instance").resolve()))
    with app.app_context():
        migrate_database()
        close_database()


MIGRATED = Prepared("migrated", migrate)


def _sqlite_url(path: Path) -> str:
    return f"sqlite:///{path}"

"""The application on a clock of its own, and a client that reads every page it gets."""

import gc
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from argon2 import PasswordHasher
from flask import Flask
from jinja2 import FileSystemBytecodeCache
from sqlalchemy.orm import Session

from overleg import create_app
from overleg.accounts import passwords
from overleg.accounts.models import Person
from overleg.db import close_database, db
from tests.plugins.cast import WITH_CAST
from tests.plugins.databases import Databases, settings_for
from tests.plugins.scenarios import A_MONDAY_MORNING, Scenarios, scenario_of
from tests.plugins.standing import StandingApps
from tests.reading import ReadingClient

ROUNDS_OF_GARBAGE = (50_000, 20, 20)
"""Less often than usual: a test leaves little behind, and looking for it takes time."""


def pytest_collection_finish() -> None:
    """What is loaded by now stays until the end: it need not be looked through for garbage."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(*ROUNDS_OF_GARBAGE)


@pytest.hookimpl(trylast=True)
def pytest_sessionfinish() -> None:
    """Look once through what the tests left: pytest looks twice more, for what is left after."""
    gc.collect()
    gc.freeze()


INSTALLED_HASHER = passwords.HASHER
"""What passwords cost outside the tests; in them they may cost next to nothing."""
passwords.HASHER = PasswordHasher(time_cost=1, memory_cost=64, parallelism=1)


@dataclass
class Clock:
    """The present moment of a test, in UTC; stands still until moved."""

    moment: datetime = A_MONDAY_MORNING

    def __call__(self) -> datetime:
        return self.moment

    def advance(self, **span: float) -> None:
        """Move on by a timedelta's arguments."""
        self.moment += timedelta(**span)


@pytest.fixture
def clock() -> Clock:
    """The clock the application reads: Monday 2 March 2026, 10.00 in Brussels."""
    return Clock()


@pytest.fixture
def now(clock: Clock) -> datetime:
    """The present moment of the test, in UTC."""
    return clock.moment


@pytest.fixture(scope="session")
def compiled(shared: Path) -> FileSystemBytecodeCache:
    """Templates compiled once, for the many applications in all processes of this run."""
    folder = shared / "compiled"
    folder.mkdir(exist_ok=True)
    return FileSystemBytecodeCache(str(folder))


@pytest.fixture(scope="session")
def standing_apps(
    tmp_path_factory: pytest.TempPathFactory, compiled: FileSystemBytecodeCache
) -> StandingApps:
    """The applications of this process."""
    return StandingApps(tmp_path_factory.mktemp("standing") / "instance", compiled)


@pytest.fixture
def app(
    request: pytest.FixtureRequest,
    databases: Databases,
    tmp_path: Path,
    clock: Clock,
    standing_apps: StandingApps,
    compiled: FileSystemBytecodeCache,
    scenarios: Scenarios,
) -> Iterator[Flask]:
    """The application on a database with the cast in it, and the scenario the test asks for.

    A test marked `own_app` has one that nobody used before, and so has a test marked `redis`, whose
    queue lives there.
    """
    marked = request.node.get_closest_marker
    asked = scenario_of(request)
    prepared = scenarios.prepared(asked) if asked else WITH_CAST
    if marked("own_app") or marked("redis"):
        settings = settings_for(databases.copy_of(prepared), tmp_path / "instance")
        if marked("redis"):
            settings = replace(settings, redis_url=request.getfixturevalue("redis_url"))
        application = create_app(settings, read_clock=clock)
        application.jinja_env.bytecode_cache = compiled
        if asked:
            scenarios.furnish(application, asked)
        yield from _entered(application)
    else:
        url = databases.copy_of(prepared, standing=True)
        with standing_apps.lend(url, clock) as application:
            if asked:
                scenarios.furnish(application, asked)
            yield from _entered(application)


def _entered(application: Flask) -> Iterator[Flask]:
    application.test_client_class = ReadingClient
    with application.app_context():
        yield application
        close_database()


@pytest.fixture
def session(app: Flask) -> Session:
    """A session on the test's database. Commit what the client must see."""
    return db.session()


@pytest.fixture
def client(app: Flask) -> ReadingClient:
    """A client that reads every page; `client.sign_in(person)` first."""
    made = app.test_client()
    assert isinstance(made, ReadingClient)
    return made


@pytest.fixture
def sign_in_as(app: Flask) -> "SignInAs":
    """Another client, signed in as somebody."""
    return SignInAs(app)


@dataclass
class SignInAs:
    """Opens clients for several people in one test."""

    app: Flask

    def __call__(self, person: Person) -> ReadingClient:
        made = self.app.test_client()
        assert isinstance(made, ReadingClient)
        made.sign_in(person)
        return made

"""Scenarios: what many tests begin with, made once per run and copied for each of them.

A scenario is declared like a fixture, by what makes it::

    @scenario
    def held(cast: Cast) -> Held:
        return sent_meeting(cast.midwest, by=cast.support)

A test that asks for it gets an application with it in its database and among its files; the fixture
itself only looks the rows up again. A test can ask for one scenario.
"""

import pickle
import shutil
from collections.abc import Callable
from dataclasses import dataclass, fields, is_dataclass, replace
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

import pytest
from flask import Flask, current_app
from sqlalchemy import inspect, make_url

from overleg import create_app
from overleg.db import Model, close_database, db
from overleg.settings import Settings
from tests.plugins.cast import WITH_CAST, Cast, load_cast
from tests.plugins.databases import Prepared, settings_for

Made = TypeVar("Made")

A_MONDAY_MORNING = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
"""When scenarios are made, and tests begin."""


@dataclass(frozen=True)
class Row:
    """A row of a database that was copied."""

    model: type[Model]
    key: Any


@dataclass(frozen=True)
class Scenario:
    """Something that was made of the cast; what `build` returns names its rows."""

    name: str
    build: Callable[[Cast], Any]


@dataclass(frozen=True)
class Scenarios:
    """The scenarios that were made, per kind of database: what they hold, and their files."""

    folder: Path

    def prepared(self, scenario: Scenario) -> Prepared:
        """The database with the scenario in it."""
        return Prepared(scenario.name, partial(self._make, scenario), upon=WITH_CAST)

    def furnish(self, app: Flask, scenario: Scenario) -> None:
        """Put the files of the scenario where this application keeps files."""
        settings: Settings = app.extensions["settings"]
        files = self._files_of(scenario, settings.database_url)
        if files.exists():
            shutil.copytree(files, settings.instance_path, dirs_exist_ok=True)

    def found(self, scenario: Scenario) -> Any:
        """The scenario in the database of the application at hand."""
        settings: Settings = current_app.extensions["settings"]
        told = self._told_of(scenario, settings.database_url).read_bytes()
        return _with_rows(pickle.loads(told), _from_row)  # noqa: S301 - a process of this run wrote it

    def _make(self, scenario: Scenario, url: str) -> None:
        settings = settings_for(url, self._files_of(scenario, url))
        app = create_app(settings, read_clock=lambda: A_MONDAY_MORNING)
        with app.app_context():
            made = scenario.build(load_cast())
            db.session.commit()
            self._told_of(scenario, url).write_bytes(pickle.dumps(_with_rows(made, _as_row)))
            close_database()

    def _files_of(self, scenario: Scenario, url: str) -> Path:
        return self.folder / f"{scenario.name}-{make_url(url).get_backend_name()}"

    def _told_of(self, scenario: Scenario, url: str) -> Path:
        return Path(f"{self._files_of(scenario, url)}.pickle")


def _with_rows(value: Any, change: Callable[[Any], Any]) -> Any:
    """The same, with each row in it changed."""
    if isinstance(value, Model | Row):
        return change(value)
    if isinstance(value, dict):
        return {key: _with_rows(each, change) for key, each in value.items()}
    if isinstance(value, list):
        return [_with_rows(each, change) for each in value]
    if is_dataclass(value) and not isinstance(value, type):
        held = {each.name: getattr(value, each.name) for each in fields(value)}
        return replace(value, **_with_rows(held, change))
    return value


def _as_row(row: Model) -> Row:
    return Row(type(row), inspect(row).identity)


def _from_row(row: Row) -> Model:
    return db.session.get_one(row.model, row.key)


_DECLARED: dict[object, Scenario] = {}
"""By the fixture that finds it."""


def scenario(build: Callable[[Cast], Made]) -> Callable[..., Made]:
    """Declare a fixture of what this makes of the cast on a Monday morning."""
    declared = Scenario(f"{build.__module__}.{build.__name__}", build)

    def found(scenarios: Scenarios, cast: Cast) -> Made:
        made: Made = scenarios.found(declared)
        return made

    found.__doc__ = build.__doc__
    _DECLARED[found] = declared
    return pytest.fixture(name=build.__name__)(found)


def scenario_of(request: pytest.FixtureRequest) -> Scenario | None:
    """The scenario that a test asks for."""
    # Names will not do: many folders have fixtures of one name. Only pytest knows which it is.
    used = request.node._fixtureinfo.name2fixturedefs.values()
    asked = [_DECLARED[each[-1].func] for each in used if each[-1].func in _DECLARED]
    assert len(asked) <= 1, f"a database has one scenario: {[each.name for each in asked]}"
    return asked[0] if asked else None


@pytest.fixture(scope="session")
def scenarios(shared: Path) -> Scenarios:
    """The scenarios of this run."""
    folder = shared / "scenarios"
    folder.mkdir(exist_ok=True)
    return Scenarios(folder)

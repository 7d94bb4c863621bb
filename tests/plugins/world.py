"""The world of ``tests/house/world.py``: made once per run, and copied for each test.

All of it is in the index of the search.
"""

import pickle
import shutil
from dataclasses import dataclass, field, fields
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from flask import Flask, current_app
from sqlalchemy import inspect, make_url

from overleg import create_app
from overleg.db import Model, db
from overleg.documents.views import file_store
from overleg.search.workflow.rebuilding import rebuild_index
from overleg.settings import Settings
from tests.house.world import World, build_world
from tests.plugins.cast import WITH_CAST, Cast, load_cast
from tests.plugins.databases import Prepared, settings_for
from tests.plugins.standing import close_database


@dataclass(frozen=True)
class Row:
    """A row of a database that was copied."""

    model: type[Model]
    key: Any


@dataclass
class Worlds:
    """The worlds that were made, per kind of database: what they hold, and their files."""

    folder: Path
    _held: dict[str, dict[str, Any]] = field(default_factory=dict)

    def prepared(self, now: datetime) -> Prepared:
        """The database with a world in it, as it is at this moment."""

        def fill(url: str) -> None:
            app = create_app(settings_for(url, self._files_of(url)), read_clock=lambda: now)
            with app.app_context():
                world = build_world(db.session(), load_cast(), now)
                held = {each.name: getattr(world, each.name) for each in fields(World)}
                del held["cast"]
                rows = {name: _as_row(value) for name, value in held.items()}
                self._told_of(url).write_bytes(pickle.dumps(rows))
                for _changed in rebuild_index(file_store(), now=now):
                    db.session.commit()
                close_database()

        return Prepared("world", fill, upon=WITH_CAST)

    def furnish(self, app: Flask) -> None:
        """Put the files of the world where this application keeps files."""
        settings: Settings = app.extensions["settings"]
        shutil.copytree(
            self._files_of(settings.database_url), settings.instance_path, dirs_exist_ok=True
        )

    def found(self, cast: Cast) -> World:
        """The world in the database of the application at hand."""
        settings: Settings = current_app.extensions["settings"]
        kind = _kind(settings.database_url)
        if kind not in self._held:
            told = self._told_of(settings.database_url).read_bytes()
            self._held[kind] = pickle.loads(told)  # noqa: S301 - a process of this run wrote it
        held = self._held[kind]
        return World(cast=cast, **{name: _from_row(value) for name, value in held.items()})

    def _files_of(self, url: str) -> Path:
        return self.folder / _kind(url)

    def _told_of(self, url: str) -> Path:
        return self.folder / f"{_kind(url)}.pickle"


def _kind(url: str) -> str:
    return make_url(url).get_backend_name()


def _as_row(value: Any) -> Any:
    return Row(type(value), inspect(value).identity) if isinstance(value, Model) else value


def _from_row(value: Any) -> Any:
    if isinstance(value, Row):
        return db.session.get_one(value.model, value.key)
    return dict(value) if isinstance(value, dict) else value


@pytest.fixture(scope="session")
def worlds(shared: Path) -> Worlds:
    """The worlds of this run."""
    folder = shared / "worlds"
    folder.mkdir(exist_ok=True)
    return Worlds(folder)


@pytest.fixture
def world(worlds: Worlds, cast: Cast) -> World:
    """One of everything in Midwest; who asks for it gets an application with it in its database."""
    return worlds.found(cast)

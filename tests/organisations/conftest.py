"""A database with only the reference facts."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from flask_migrate import upgrade
from sqlalchemy.orm import Session

from overleg import create_app
from overleg.db import db
from overleg.organisations.loading import load_reference
from tests.plugins.databases import Databases, settings_for

LOADED_AT = datetime(2026, 3, 2, 9, tzinfo=UTC)


def fill(url: str) -> None:
    """Migrate a database and load the facts."""
    app = create_app(settings_for(url, Path("instance").resolve()))
    with app.app_context():
        upgrade()
        load_reference(LOADED_AT)
        db.session.commit()
        db.session.remove()
        db.engine.dispose()


@pytest.fixture
def facts(databases: Databases, tmp_path: Path) -> Iterator[Session]:
    """A session on a database with only the reference facts."""
    app = create_app(settings_for(databases.copy_of("reference", fill), tmp_path / "instance"))
    with app.app_context():
        yield db.session()
        db.session.remove()
        db.engine.dispose()

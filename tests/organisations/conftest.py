"""A database with only the reference facts."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy.orm import Session

from overleg import create_app
from overleg.db import close_database, db
from overleg.organisations.loading import load_reference
from tests.plugins.databases import MIGRATED, Databases, Prepared, settings_for
from tests.plugins.standing import StandingApps

LOADED_AT = datetime(2026, 3, 2, 9, tzinfo=UTC)


def fill(url: str) -> None:
    """Load the facts in a migrated database."""
    app = create_app(settings_for(url, Path("instance").resolve()))
    with app.app_context():
        load_reference(LOADED_AT)
        db.session.commit()
        close_database()


WITH_FACTS = Prepared("reference", fill, upon=MIGRATED)


@pytest.fixture
def facts(databases: Databases, standing_apps: StandingApps) -> Iterator[Session]:
    """A session on a database with only the reference facts."""
    url = databases.copy_of(WITH_FACTS, standing=True)
    with standing_apps.lend(url, lambda: LOADED_AT) as app, app.app_context():
        yield db.session()
        close_database()

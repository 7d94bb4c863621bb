"""Bringing a database to the newest migration.

Only what migrates loads this: Alembic would take ten megabytes of each web worker.
"""

import flask_migrate
from flask import current_app

from overleg import resources
from overleg.db import db


def migrate_database(revision: str = "head") -> None:
    """Bring the database of the application at hand up to this migration."""
    flask_migrate.upgrade(_directory(), revision)


def take_back(revision: str) -> None:
    """Bring the database of the application at hand down to this migration."""
    flask_migrate.downgrade(_directory(), revision)


def _directory() -> str:
    directory = str(resources.folder("migrations"))
    flask_migrate.Migrate(current_app, db, directory=directory, render_as_batch=True)
    return directory

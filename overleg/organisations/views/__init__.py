"""Pages about bodies, seats, organisations, regions, people and roles."""

from flask import Flask

from overleg.organisations.views import (
    bodies,
    changing,
    memberships,
    organisations,
    people,
    roles,
    seats,
    settings,
)
from overleg.organisations.views.blueprint import blueprint

PAGES = (bodies, settings, seats, roles, organisations, changing, memberships, people)


def register(app: Flask) -> None:
    """Bind the pages of this package."""
    app.register_blueprint(blueprint)

"""The pages of attendance, the verslag and the history of a meeting."""

from flask import Flask

from overleg.agenda.verslag import take_verslag_from
from overleg.minutes.bundled import Verslagen
from overleg.minutes.views import (
    absences,
    approving,
    attendance,
    circulating,
    live,
    reading,
    sessions,
    versions,
    writing,
)
from overleg.minutes.views.blueprint import blueprint

PAGES = (
    attendance,
    absences,
    writing,
    live,
    sessions,
    circulating,
    approving,
    versions,
    reading,
)


def register(app: Flask) -> None:
    """Bind the pages of this package."""
    app.register_blueprint(blueprint)
    take_verslag_from(app, Verslagen())


__all__ = ["PAGES", "register"]

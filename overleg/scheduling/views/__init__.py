"""Pages: the list of meetings, planning one or a series, changing and cancelling."""

from flask import Flask

from overleg.scheduling.views import changing, listing, planning, series
from overleg.scheduling.views.blueprint import blueprint

PAGES = (listing, planning, series, changing)


def register(app: Flask) -> None:
    """Bind the pages of this package."""
    app.register_blueprint(blueprint)

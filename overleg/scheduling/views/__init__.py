"""Pages: the list of meetings, planning one or a series, changing, cancelling, rules."""

from flask import Flask

from overleg.scheduling.views import changing, listing, planning, rules, series
from overleg.scheduling.views.blueprint import blueprint

PAGES = (listing, planning, series, changing, rules)


def register(app: Flask) -> None:
    """Bind the pages of this package."""
    app.register_blueprint(blueprint)

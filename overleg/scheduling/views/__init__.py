"""Pages: the list of meetings, planning one or a series, changing, cancelling, rules."""

from flask import Flask

from overleg.scheduling.views import (
    changing,
    listing,
    planning,
    poll_answers,
    poll_endings,
    polls,
    rules,
    series,
)
from overleg.scheduling.views.blueprint import blueprint

PAGES = (listing, planning, series, changing, rules, polls, poll_answers, poll_endings)


def register(app: Flask) -> None:
    """Bind the pages of this package."""
    app.register_blueprint(blueprint)
    poll_answers.exempt_links(app)

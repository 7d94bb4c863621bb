"""Pages: the list of meetings, planning one, a series or a year, changing, rules, polls."""

from flask import Flask

from overleg.scheduling.polls import jobs
from overleg.scheduling.views import (
    announcing,
    answering,
    changing,
    listing,
    planning,
    poll_answers,
    poll_endings,
    polls,
    rules,
    series,
    years,
)
from overleg.scheduling.views.blueprint import blueprint

PAGES = (
    listing,
    planning,
    series,
    changing,
    rules,
    announcing,
    answering,
    polls,
    poll_answers,
    poll_endings,
    years,
)


def register(app: Flask) -> None:
    """Bind the pages of this package."""
    app.register_blueprint(blueprint)
    jobs.register(app)

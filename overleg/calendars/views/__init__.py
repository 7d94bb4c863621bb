"""Pages: the feeds and files that calendars read, and one's own addresses."""

from flask import Flask

from overleg.calendars.memory import FeedMemory
from overleg.calendars.views import addresses, feeds
from overleg.calendars.views.blueprint import blueprint

PAGES = (feeds, addresses)


def register(app: Flask) -> None:
    """Bind the pages of this package."""
    app.extensions["feed_memory"] = FeedMemory()
    app.register_blueprint(blueprint)

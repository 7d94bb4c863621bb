"""Pages: the feeds and files that calendars read, one's own addresses, others' dates."""

from flask import Flask

from overleg.calendars.foreign import jobs
from overleg.calendars.invitations import jobs as invitation_jobs
from overleg.calendars.memory import FeedMemory
from overleg.calendars.views import (
    addresses,
    dates,
    feeds,
    files,
    invitations,
    organ_files,
    planner,
    public_feeds,
)
from overleg.calendars.views.blueprint import blueprint

PAGES = (feeds, public_feeds, files, addresses, invitations, dates, organ_files, planner)


def register(app: Flask) -> None:
    """Bind the pages of this package."""
    app.extensions["feed_memory"] = FeedMemory()
    app.register_blueprint(blueprint)
    jobs.register(app)
    invitation_jobs.register(app)

"""The pages of region reports, and the jobs that write them and remind of them."""

from flask import Flask

from overleg.jobs.queue import daily, queue_of
from overleg.reports import reminding
from overleg.reports.views import calendars, points, reports, settings
from overleg.reports.views.blueprint import blueprint
from overleg.reports.workflow import writing

PAGES = (calendars, reports, points, settings)


def register(app: Flask) -> None:
    """Bind the pages of this package and declare its jobs: first write, then remind."""
    queue = queue_of(app)
    queue.declare(
        writing.JOB,
        writing.write_region_reports,
        every=daily(hour_utc=3),
        does="Schrijft de regiorapporten",
    )
    queue.declare(
        reminding.JOB,
        reminding.remind_of_region_reports,
        every=daily(hour_utc=6, minute=20),
        does="Herinnert aan regiorapporten die te plaatsen zijn",
    )
    app.register_blueprint(blueprint)


__all__ = ["PAGES", "register"]

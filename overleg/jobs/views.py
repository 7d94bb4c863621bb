"""Whether the service lives (``/healthz``) and can serve (``/readyz``), for those who watch it."""

from flask import Blueprint, Flask, jsonify
from flask.typing import ResponseReturnValue

from overleg.jobs.heartbeat import beat
from overleg.jobs.queue import EVERY_MINUTE, init_queue, queue_of
from overleg.jobs.readiness import what_is_missing
from overleg.settings import Settings
from overleg.web import clock
from overleg.web.access import public

blueprint = Blueprint("jobs", __name__)


@blueprint.get("/healthz")
@public
def health() -> ResponseReturnValue:
    """The process answers; the database is not asked."""
    return "ok", {"Content-Type": "text/plain; charset=utf-8"}


@blueprint.get("/readyz")
@public
def ready() -> ResponseReturnValue:
    """Everything a page needs is there, or 503 with what is missing."""
    reasons = what_is_missing(clock.now())
    return jsonify(ready=not reasons, reasons=reasons), 503 if reasons else 200


def register(app: Flask) -> None:
    """Bind the pages and the queue; features registered later declare their jobs in it."""
    settings: Settings = app.extensions["settings"]
    init_queue(app, database_url=settings.database_url, instance_path=settings.instance_path)
    queue_of(app).declare("heartbeat", beat, every=EVERY_MINUTE)
    app.register_blueprint(blueprint)

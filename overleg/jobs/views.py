"""Whether the service lives (``/healthz``) and can serve (``/readyz``), for those who watch it.

And, for Beheer, how the jobs go.
"""

from flask import (
    Blueprint,
    Flask,
    current_app,
    flash,
    jsonify,
    redirect,
    render_template,
    url_for,
)
from flask.typing import ResponseReturnValue

from overleg.jobs.heartbeat import worker_seen_lately
from overleg.jobs.permissions import keeps_jobs
from overleg.jobs.queries import jobs_page
from overleg.jobs.queue import init_queue, queue_of
from overleg.jobs.readiness import what_is_missing
from overleg.jobs.workflow import run_soon
from overleg.lib.errors import NotFound
from overleg.settings import Settings
from overleg.web import clock
from overleg.web.access import public, requires

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
    reasons = what_is_missing(queue_of(current_app), clock.now())
    return jsonify(ready=not reasons, reasons=reasons), 503 if reasons else 200


@blueprint.get("/beheer/taken")
@requires(keeps_jobs)
def list_jobs() -> ResponseReturnValue:
    """How each job goes, what waits and what failed."""
    now = clock.now()
    page = jobs_page(queue_of(current_app), now)
    return render_template("jobs/list_jobs.html", page=page, lives=worker_seen_lately(now))


@blueprint.post("/beheer/taken/<name>/uitvoeren")
@requires(keeps_jobs)
def run_job(name: str) -> ResponseReturnValue:
    """Let a job run now, or again."""
    job = queue_of(current_app).jobs.get(name)
    if job is None:
        raise NotFound("Deze taak bestaat niet.")
    run_soon(job, now=clock.now())
    flash("De taak start binnen een minuut. Laad deze pagina dan opnieuw.", "success")
    return redirect(url_for("jobs.list_jobs"))


def register(app: Flask) -> None:
    """Bind the pages and the queue; features registered later declare their jobs in it."""
    settings: Settings = app.extensions["settings"]
    init_queue(app, settings)
    app.register_blueprint(blueprint)

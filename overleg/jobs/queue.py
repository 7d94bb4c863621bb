"""The queue: how a feature declares a job, and how a page asks for one.

A job is a function of the moment it starts. It runs in the worker, inside the application context,
in one transaction: what it changed is committed when it returns, undone when it raises. A job must
bear being run twice. A feature declares its jobs in ``register(app)``::

    queue_of(app).declare("forget_old_input", forget_old_input, every=daily(hour_utc=2))

A page asks for a job with ``run_after_commit(name)``: it is put in the queue once the transaction
is committed, and not at all when that is undone. When the queue can't be reached the page goes on:
what may not be lost also has a periodic run.

Jobs are kept by huey: in a SQLite file of their own beside a SQLite database, in tables of their
own (``huey_...``) in a PostgreSQL database. ADR 0006 tells why.
"""

import logging
from collections.abc import Callable
from datetime import datetime
from functools import cached_property
from pathlib import Path
from threading import Lock

from flask import Flask, current_app
from huey import Huey, PostgresHuey, SqliteHuey, crontab
from sqlalchemy import event, make_url
from sqlalchemy.orm import Session

from overleg.db import db
from overleg.web import clock

log = logging.getLogger(__name__)

NAME = "overleg"
ASKED = "jobs_asked_for"

Run = Callable[[datetime], None]
Timing = Callable[[datetime], bool]

EVERY_MINUTE: Timing = crontab()
EVERY_TEN_MINUTES: Timing = crontab(minute="*/10")


def daily(*, hour_utc: int, minute: int = 0) -> Timing:
    """Once a day, at an hour in UTC."""
    timing: Timing = crontab(hour=str(hour_utc), minute=str(minute))
    return timing


class Queue:
    """The jobs of one application."""

    def __init__(self, app: Flask, *, database_url: str, instance_path: Path) -> None:
        self._app = app
        self._database_url = database_url
        self._instance_path = instance_path
        self._jobs: dict[str, tuple[Run, Timing | None]] = {}
        self._enqueueing = Lock()
        self._is_worker = False

    @property
    def names(self) -> frozenset[str]:
        """The jobs that were declared."""
        return frozenset(self._jobs)

    def declare(self, name: str, run: Run, *, every: Timing | None = None) -> None:
        """Add a job; with ``every`` it also runs by itself, at most once a minute."""
        if name in self._jobs:
            raise ValueError(f"there is already a job {name}")
        self._jobs[name] = (run, every)

    def run(self, name: str) -> None:
        """Run a job here and now, in a transaction of its own."""
        job, _every = self._jobs[name]
        with self._app.app_context():
            try:
                job(clock.now())
                db.session.commit()
            except BaseException:
                db.session.rollback()
                raise

    def enqueue(self, name: str) -> None:
        """Put a job in the queue for the worker. Raises what the storage raises."""
        with self._enqueueing:
            self._tasks[name]()
            if not self._is_worker:
                # A web process asks seldom: it keeps no connection open for it.
                self.huey.storage.close()

    def for_worker(self) -> Huey:
        """The queue with every declared job bound, to take jobs from."""
        self._is_worker = True
        log.info("jobs: %s", ", ".join(sorted(self._tasks)))
        return self.huey

    @cached_property
    def huey(self) -> Huey:
        """The queue itself; made when it is first needed."""
        # Nobody waits for a result, and a result that is never read would stay forever.
        if self._database_url.startswith("postgresql"):
            dsn = make_url(self._database_url).set(drivername="postgresql")
            return PostgresHuey(NAME, results=False, dsn=dsn.render_as_string(hide_password=False))
        self._instance_path.mkdir(parents=True, exist_ok=True)
        return SqliteHuey(NAME, results=False, filename=str(self._instance_path / "jobs.db"))

    @cached_property
    def _tasks(self) -> dict[str, Callable[..., None]]:
        return {name: self._task(name, every) for name, (_run, every) in self._jobs.items()}

    def _task(self, name: str, every: Timing | None) -> Callable[..., None]:
        def run() -> None:
            self.run(name)

        bind = self.huey.periodic_task(every, name=name) if every else self.huey.task(name=name)
        task: Callable[..., None] = bind(run)
        return task


def queue_of(app: Flask) -> Queue:
    """The queue of this application."""
    queue: Queue = app.extensions["jobs"]
    return queue


def run_after_commit(name: str) -> None:
    """Ask for a job once the present transaction is committed; asking twice is asking once."""
    db.session().info.setdefault(ASKED, set()).add(name)


def init_queue(app: Flask, *, database_url: str, instance_path: Path) -> None:
    """Bind the queue to the application."""
    app.extensions["jobs"] = Queue(app, database_url=database_url, instance_path=instance_path)


@event.listens_for(db.session, "after_commit")
def _enqueue_asked(session: Session) -> None:
    for name in sorted(session.info.pop(ASKED, ())):
        try:
            queue_of(current_app).enqueue(name)
        except Exception:
            # The page did its work: the periodic run of the job takes over.
            log.exception("could not queue %s", name)


@event.listens_for(db.session, "after_rollback")
def _forget_asked(session: Session) -> None:
    session.info.pop(ASKED, None)

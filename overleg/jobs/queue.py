"""The queue: how a feature declares a job, and how a page asks for one.

A job is a function of the moment it starts. It runs in the worker, inside the application context,
in one transaction: what it changed is committed when it returns, undone when it raises. A job must
bear being run twice. A feature declares its jobs in ``register(app)``::

    queue_of(app).declare(
        "forget_old_input", forget_old_input, every=daily(hour_utc=2), does="Ruimt invoer op."
    )

What runs by the clock is kept in ``job_states`` (``overleg.jobs.runs``): once, whatever the number
of workers, made up for when none lived, and tried again when it failed.

A page asks for a job with ``run_after_commit(name)``: it is put in the queue once the transaction
is committed, and not at all when that is undone. When the queue can't be reached the page goes on:
what may not be lost also has a periodic run.

Asked jobs are kept by huey: in a SQLite file of their own beside a SQLite database, in tables of
their own (``huey_...``) in a PostgreSQL database, or in Redis where that is set
(``overleg.jobs.storage``). ADR 0006 tells why.
"""

import logging
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from threading import Lock

from flask import Flask, current_app
from huey import Huey
from sqlalchemy import event
from sqlalchemy.orm import Session

from overleg.db import db
from overleg.jobs import runs
from overleg.jobs.heartbeat import beat
from overleg.jobs.reasons import reason_of
from overleg.jobs.storage import check_storage, open_queue, storage_problem
from overleg.jobs.timing import (
    EVERY_FIVE_MINUTES,
    EVERY_MINUTE,
    EVERY_TEN_MINUTES,
    Timing,
    daily,
)
from overleg.settings import Settings
from overleg.web import clock

log = logging.getLogger(__name__)

ASKED = "jobs_asked_for"
RUN_DUE = "run_due"

Work = Callable[[datetime], None]


@dataclass(frozen=True)
class Job:
    """What a feature declared; ``does`` says in Dutch what it is for."""

    name: str
    work: Work
    every: Timing | None
    does: str


class Queue:
    """The jobs of one application."""

    def __init__(self, app: Flask, settings: Settings) -> None:
        self._app = app
        self._settings = settings
        self._jobs: dict[str, Job] = {}
        self._enqueueing = Lock()
        self._is_worker = False

    @property
    def names(self) -> frozenset[str]:
        """The jobs that were declared."""
        return frozenset(self._jobs)

    @property
    def jobs(self) -> Mapping[str, Job]:
        """The jobs that were declared, by name."""
        return self._jobs

    def declare(self, name: str, run: Work, *, every: Timing | None = None, does: str = "") -> None:
        """Add a job; with ``every`` it also runs by itself. ``does`` says in Dutch what it does."""
        if name in self._jobs:
            raise ValueError(f"there is already a job {name}")
        self._jobs[name] = Job(name, run, every, does)

    def run(self, name: str) -> None:
        """Run a job here and now, in a transaction of its own."""
        with self._app.app_context():
            self._perform(runs.Run(name, None, clock.now()))

    def run_due(self, name: str) -> None:
        """Run a job whose moment has come, unless another worker already does."""
        if name not in self._jobs:
            return
        with self._app.app_context():
            run = runs.claim(name, clock.now())
            if run is None:
                return
            self._held.add(run)
            try:
                self._perform(run)
            finally:
                self._held.discard(run)

    def look_around(self) -> None:
        """Tell that the worker lives, hold what it runs, and put what is due in the queue.

        The worker does this when it starts and three times a minute.
        """
        with self._app.app_context():
            now = clock.now()
            beat(now)
            for run in tuple(self._held):
                runs.renew(run, now)
            runs.make_rows({job.name: job.every for job in self._jobs.values()}, now)
            due = [each for each in runs.due_jobs(now) if each[0] in self._jobs]
            db.session.commit()
        for name, since in due:
            was_due, put_at = self._put.get(name, (None, now))
            if was_due != since or now - put_at > runs.LEASE:
                self._enqueue(RUN_DUE, name)
                self._put[name] = (since, now)

    def enqueue(self, name: str) -> None:
        """Put a job in the queue for the worker. Raises what the storage raises."""
        self._enqueue(name)

    def waiting(self) -> Mapping[str, int]:
        """How many times each job waits in the queue. Raises what the storage raises."""
        if not self._tasks:  # this binds them: what waits is read by the task it is for
            return {}
        try:
            pending = self.huey.pending()
        finally:
            if not self._is_worker:
                self.huey.storage.close()
        return Counter(task.args[0] if task.name == RUN_DUE else task.name for task in pending)

    @property
    def problem(self) -> str | None:
        """Why the place of the queue can't be reached, in Dutch; None when it can."""
        return storage_problem(self.huey) if self._settings.redis_url else None

    def for_worker(self) -> Huey:
        """The queue with every declared job bound, to take jobs from."""
        self._is_worker = True
        log.info("jobs: %s", ", ".join(sorted(self._tasks)))
        return self.huey

    @cached_property
    def huey(self) -> Huey:
        """The queue itself; made when it is first needed."""
        return open_queue(self._settings)

    @cached_property
    def _held(self) -> set[runs.Run]:
        """What runs by the clock here."""
        return set()

    @cached_property
    def _put(self) -> dict[str, tuple[datetime, datetime]]:
        """What was put in the queue here: since when it was due, and when it was put there."""
        return {}

    @cached_property
    def _tasks(self) -> dict[str, Callable[..., None]]:
        tasks = {name: self._task(name) for name in self._jobs}
        return {**tasks, RUN_DUE: self.huey.task(name=RUN_DUE)(self.run_due)}

    def _task(self, name: str) -> Callable[..., None]:
        def run() -> None:
            self.run(name)

        task: Callable[..., None] = self.huey.task(name=name)(run)
        return task

    def _enqueue(self, task: str, *arguments: str) -> None:
        with self._enqueueing:
            self._tasks[task](*arguments)
            if not self._is_worker:
                # A web process asks seldom: it keeps no connection open for it.
                self.huey.storage.close()

    def _perform(self, run: runs.Run) -> None:
        job = self._jobs[run.name]
        try:
            job.work(run.started_at_utc)
            ended = clock.now()
            next_at = job.every.next_after(ended) if job.every else None
            runs.note_success(run, next_at=next_at, now=ended)
            db.session.commit()
        except BaseException as error:
            db.session.rollback()
            if isinstance(error, Exception):
                self._note_failure(run, error)
            raise

    def _note_failure(self, run: runs.Run, error: Exception) -> None:
        try:
            runs.note_failure(run, reason_of(error), now=clock.now())
            db.session.commit()
        except Exception:
            # The job is due again when its claim ends; what it failed on is told by who called.
            db.session.rollback()
            log.exception("could not note that %s failed", run.name)


def queue_of(app: Flask) -> Queue:
    """The queue of this application."""
    queue: Queue = app.extensions["jobs"]
    return queue


def run_after_commit(name: str) -> None:
    """Ask for a job once the present transaction is committed; asking twice is asking once."""
    db.session().info.setdefault(ASKED, set()).add(name)


def init_queue(app: Flask, settings: Settings) -> None:
    """Bind the queue to the application.

    Raises ``SettingsError`` when the part for the place that was asked for is not installed.
    """
    check_storage(settings)
    app.extensions["jobs"] = Queue(app, settings)


@event.listens_for(db.session, "after_commit")
def _enqueue_asked(session: Session) -> None:
    for name in sorted(session.info.pop(ASKED, ())):
        try:
            queue_of(current_app).enqueue(name)
        except Exception:
            # The page did its work: the periodic run takes over, also of what comes after this.
            log.exception("could not queue %s", name)
            return


@event.listens_for(db.session, "after_rollback")
def _forget_asked(session: Session) -> None:
    session.info.pop(ASKED, None)


__all__ = [
    "EVERY_FIVE_MINUTES",
    "EVERY_MINUTE",
    "EVERY_TEN_MINUTES",
    "Queue",
    "Timing",
    "daily",
    "init_queue",
    "queue_of",
    "run_after_commit",
]

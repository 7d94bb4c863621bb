"""How the jobs go, for Beheer. Who may read it is the page's care (``permissions.keeps_jobs``)."""

import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select

from overleg.db import session
from overleg.jobs.models import WORKER, Heartbeat, JobState
from overleg.jobs.queue import Job, Queue
from overleg.jobs.states import JobHealth
from overleg.lib.dates import format_datetime, format_time, local_date
from overleg.lib.text import count_of

log = logging.getLogger(__name__)

LATE_AFTER = timedelta(minutes=5)
ORDER = list(JobHealth)


def moment_in_words(moment: datetime, now: datetime) -> str:
    """``vandaag om 12.24 uur``, ``gisteren om ...``, ``morgen om ...``, or the whole date."""
    days = (local_date(moment) - local_date(now)).days
    near = {-1: "gisteren", 0: "vandaag", 1: "morgen"}.get(days)
    return f"{near} om {format_time(moment)}" if near else format_datetime(moment)


@dataclass(frozen=True)
class JobLine:
    """One job on the page; ``waiting`` is how many times it waits in the queue."""

    job: Job
    state: JobState | None
    health: JobHealth
    waiting: int
    now: datetime

    @property
    def took(self) -> str:
        """How long the last run took: ``in 3 seconden``; empty while it runs."""
        row = self.state
        if row is None or row.started_at_utc is None or row.ended_at_utc is None:
            return ""
        if not self.is_over:
            return ""
        seconds = round((row.ended_at_utc - row.started_at_utc).total_seconds())
        if seconds < 1:
            return "in minder dan 1 seconde"
        if seconds < 120:
            return f"in {count_of(seconds, 'seconde', 'seconden')}"
        return f"in {count_of(round(seconds / 60), 'minuut', 'minuten')}"

    @property
    def last(self) -> str:
        """When it last ended; empty when it never did."""
        ended = self.state.ended_at_utc if self.state else None
        return moment_in_words(ended, self.now) if ended else ""

    @property
    def next(self) -> str:
        """When it runs next; empty when it runs now, or only when asked."""
        due = self.state.due_at_utc if self.state and self.is_over else None
        return moment_in_words(due, self.now) if due else ""

    @property
    def is_over(self) -> bool:
        """Whether no run is under way."""
        return self.health is not JobHealth.RUNNING


@dataclass(frozen=True)
class JobsPage:
    """All jobs, those that ask for attention first."""

    lines: Sequence[JobLine]
    seen_at_utc: datetime | None
    """When a worker was last seen."""
    knows_queue: bool
    """Whether the queue could be read."""

    @property
    def waiting(self) -> int:
        """How much waits in the queue."""
        return sum(line.waiting for line in self.lines)

    @property
    def failed(self) -> int:
        """How many jobs failed the last time."""
        return sum(line.health is JobHealth.FAILED for line in self.lines)


def jobs_page(queue: Queue, now: datetime) -> JobsPage:
    """How every declared job goes at this moment (UTC); two statements."""
    states = {row.name: row for row in session().scalars(select(JobState))}
    waiting = _waiting(queue)
    lines = [
        JobLine(
            job,
            states.get(name),
            _health(states.get(name), now),
            (waiting or {}).get(name, 0),
            now,
        )
        for name, job in queue.jobs.items()
    ]
    lines.sort(key=lambda line: (ORDER.index(line.health), line.job.does))
    seen_at = session().scalar(select(Heartbeat.seen_at_utc).where(Heartbeat.process == WORKER))
    return JobsPage(lines, seen_at, waiting is not None)


def _health(row: JobState | None, now: datetime) -> JobHealth:
    if row is None:
        return JobHealth.UNKNOWN
    if row.claim is not None and row.due_at_utc is not None and row.due_at_utc > now:
        return JobHealth.RUNNING
    if row.failures:
        return JobHealth.FAILED
    if row.due_at_utc is not None and now - row.due_at_utc > LATE_AFTER:
        return JobHealth.LATE
    return JobHealth.WELL if row.ended_at_utc else JobHealth.UNKNOWN


def _waiting(queue: Queue) -> Mapping[str, int] | None:
    try:
        return queue.waiting()
    except Exception:
        # Another database than that of the page: the page tells the rest all the same.
        log.exception("could not read the queue")
        return None

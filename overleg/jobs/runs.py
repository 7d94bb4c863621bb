"""Which job must run when, who runs it, and how it went: once by the clock, however many workers.

A job that is due is claimed by a committed update that succeeds for one worker only. The claim
moves the moment of the job ``LEASE`` ahead and is renewed as long as its worker lives; a worker
that is killed leaves a job that is due again. Only a job that ended well gets its next regular
moment, so a run that fell while no worker lived is made up for, once, when one starts.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import CursorResult, case, select, update

from overleg.db import insert_if_new, new_id, session
from overleg.jobs.models import JobState
from overleg.jobs.timing import Timing

LEASE = timedelta(minutes=3)
WAITS = (
    timedelta(minutes=1),
    timedelta(minutes=5),
    timedelta(minutes=15),
    timedelta(hours=1),
)
"""After the last one, every hour again."""
LONGEST_REASON = 300


@dataclass(frozen=True)
class Run:
    """One run of a job; ``claim`` is None when a page asked for it. Moments in UTC."""

    name: str
    claim: str | None
    started_at_utc: datetime


def make_rows(timings: Mapping[str, Timing | None], now: datetime) -> None:
    """Give every job that has none a row, with its first moment."""
    known = set(session().scalars(select(JobState.name)))
    for name in sorted(set(timings) - known):
        timing = timings[name]
        # Two workers may start at the same moment.
        insert_if_new(
            JobState,
            name=name,
            due_at_utc=timing.next_after(now) if timing else None,
            failed_reason="",
            failures=0,
        )


def due_jobs(now: datetime) -> Sequence[tuple[str, datetime]]:
    """The jobs whose moment has come, with that moment, the longest waiting first."""
    rows = session().execute(
        select(JobState.name, JobState.due_at_utc)
        .where(JobState.due_at_utc <= now)
        .order_by(JobState.due_at_utc, JobState.name)
    )
    return [(name, due) for name, due in rows if due is not None]


def claim(name: str, now: datetime) -> Run | None:
    """Take a job that is due, and commit that; None when another worker was first."""
    run = Run(name, new_id(), now)
    result = session().execute(
        update(JobState)
        .where(JobState.name == name, JobState.due_at_utc <= now)
        .values(due_at_utc=now + LEASE, claim=run.claim, started_at_utc=now)
        .execution_options(synchronize_session=False)
    )
    session().commit()
    return run if isinstance(result, CursorResult) and result.rowcount == 1 else None


def renew(run: Run, now: datetime) -> None:
    """Hold a job that still runs a while longer; in vain when it was taken over."""
    session().execute(
        update(JobState)
        .where(JobState.name == run.name, JobState.claim == run.claim)
        .values(due_at_utc=now + LEASE)
        .execution_options(synchronize_session=False)
    )


def note_success(run: Run, *, next_at: datetime | None, now: datetime) -> None:
    """Note that a job ended well, in the transaction of what it did."""
    is_free = JobState.claim.is_(None) if run.claim is None else JobState.claim == run.claim
    is_settled = is_free if run.claim else is_free & (JobState.failures > 0)
    session().execute(
        update(JobState)
        .where(JobState.name == run.name)
        .values(
            started_at_utc=run.started_at_utc,
            ended_at_utc=now,
            succeeded_at_utc=now,
            failures=0,
            failed_reason="",
            due_at_utc=case((is_settled, next_at), else_=JobState.due_at_utc),
            claim=case((is_free, None), else_=JobState.claim),
        )
        .execution_options(synchronize_session=False)
    )


def note_failure(run: Run, reason: str, *, now: datetime) -> None:
    """Note that a job failed and why, in a Dutch sentence; it runs again, ever later."""
    row = session().get(JobState, run.name, populate_existing=True, with_for_update=True)
    if row is None:
        return
    row.failures += 1
    row.started_at_utc, row.ended_at_utc, row.failed_at_utc = run.started_at_utc, now, now
    row.failed_reason = reason[:LONGEST_REASON]
    if row.claim == run.claim:
        row.claim = None
        row.due_at_utc = now + WAITS[min(row.failures, len(WAITS)) - 1]

"""What an administrator does with a job: let it run now."""

from datetime import datetime

from overleg.db import session
from overleg.jobs.models import JobState
from overleg.jobs.queue import Job
from overleg.lib.errors import NotPossible


def run_soon(job: Job, *, now: datetime) -> None:
    """Let a job run at once, whatever its next moment; the worker takes it up within a minute.

    Raises ``NotPossible`` while it runs, or when no worker ever lived.
    """
    row = session().get(JobState, job.name, with_for_update=True)
    if row is None:
        raise NotPossible(
            "De achtergrondtaken draaien nog niet. Start ze eerst met `overleg worker`."
        )
    if row.claim is not None and row.due_at_utc is not None and row.due_at_utc > now:
        raise NotPossible("Deze taak loopt al. Wacht tot ze klaar is.")
    row.due_at_utc = now

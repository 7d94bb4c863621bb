"""The worker tells that it lives; a page can ask whether it still does."""

from datetime import datetime, timedelta

from overleg.db import insert_if_new, session
from overleg.jobs.models import WORKER, Heartbeat

LATELY = timedelta(minutes=3)


def beat(now: datetime) -> None:
    """Note that the worker was seen at this moment (UTC)."""
    # Two workers may start at the same moment.
    insert_if_new(Heartbeat, process=WORKER, seen_at_utc=now)
    session().get_one(Heartbeat, WORKER).seen_at_utc = now


def worker_seen_lately(now: datetime) -> bool:
    """Whether the worker was seen in the last three minutes."""
    row = session().get(Heartbeat, WORKER)
    return row is not None and now - row.seen_at_utc <= LATELY

"""Whether this installation can serve: database reachable, migrated, queue and worker alive."""

from datetime import datetime
from functools import cache

from sqlalchemy import column, inspect, select, table
from sqlalchemy.exc import SQLAlchemyError

from overleg import resources
from overleg.db import session
from overleg.jobs.heartbeat import worker_seen_lately
from overleg.jobs.queue import Queue

NO_DATABASE = "de databank is niet bereikbaar"
NOT_MIGRATED = "de databank is niet bijgewerkt: voer `overleg migrate` uit"
NO_WORKER = "de achtergrondtaken draaien niet: start `overleg worker`"


_VERSIONS = table("alembic_version", column("version_num"))
"""Where Alembic writes which migration a database has."""


@cache
def newest_migration() -> str:
    """The revision this code wants its database to have: the number its file begins with."""
    files = (resources.folder("migrations") / "versions").glob("[0-9]*.py")
    return max(file.name.partition("_")[0] for file in files)


def migration_of_database() -> str | None:
    """The revision the database has; None for one that never was migrated."""
    if not inspect(session().connection()).has_table(_VERSIONS.name):
        return None
    return session().scalar(select(_VERSIONS.c.version_num))


def what_is_missing(queue: Queue, now: datetime) -> list[str]:
    """Why this installation can't serve at this moment (UTC), in Dutch; empty when it can."""
    problem = database_problem()
    if problem is not None:
        return [problem]
    no_worker = None if worker_seen_lately(now) else NO_WORKER
    return [reason for reason in (queue.problem, no_worker) if reason is not None]


def database_problem() -> str | None:
    """Why the database can't be used, in Dutch; None when it can."""
    try:
        revision = migration_of_database()
    except SQLAlchemyError:
        session().rollback()
        return NO_DATABASE
    return None if revision == newest_migration() else NOT_MIGRATED

"""Whether this installation can serve: database reachable, migrated, queue and worker alive."""

from datetime import datetime

from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy.exc import SQLAlchemyError

from overleg import resources
from overleg.db import session
from overleg.jobs.heartbeat import worker_seen_lately
from overleg.jobs.queue import Queue

NO_DATABASE = "de databank is niet bereikbaar"
NOT_MIGRATED = "de databank is niet bijgewerkt: voer `overleg migrate` uit"
NO_WORKER = "de achtergrondtaken draaien niet: start `overleg worker`"


def newest_migration() -> str | None:
    """The revision this code wants its database to have."""
    return ScriptDirectory(str(resources.folder("migrations"))).get_current_head()


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
        connection = session().connection()
        revision = MigrationContext.configure(connection).get_current_revision()
    except SQLAlchemyError:
        session().rollback()
        return NO_DATABASE
    return None if revision == newest_migration() else NOT_MIGRATED

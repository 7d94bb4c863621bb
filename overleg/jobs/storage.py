"""Where the queue keeps its jobs: in SQLite, in PostgreSQL, or in Redis where that is set.

Whatever the place, it only hurries: what must happen is kept in the database (ADR 0006), so a place
that loses all it holds costs minutes.
"""

import logging
from importlib.util import find_spec

from huey import Huey, PostgresHuey, RedisHuey, SqliteHuey
from huey.serializer import SignedSerializer
from huey.storage import ConnectionPool
from sqlalchemy import make_url

from overleg.settings import Settings, SettingsError

log = logging.getLogger(__name__)

NAME = "overleg"
NO_REDIS = "de wachtrij in Redis (OVERLEG_REDIS_URL) is niet bereikbaar"
CONNECT_WITHIN_SECONDS = 2
ANSWER_WITHIN_SECONDS = 5
"""Longer than the second for which a worker waits for a job."""


def check_storage(settings: Settings) -> None:
    """Raise ``SettingsError`` when Redis is asked for and its Python part is not installed."""
    if settings.redis_url and find_spec("redis") is None:
        raise SettingsError(
            "OVERLEG_REDIS_URL is gezet, maar het onderdeel voor Redis ontbreekt. "
            "Installeer het met: pip install redis"
        )


def open_queue(settings: Settings) -> Huey:
    """The queue with its storage; with Redis nothing is connected before it is needed."""
    # Nobody waits for a result, and a result that is never read would stay forever.
    if settings.redis_url:
        # Others may reach the server: only a job that we signed is unpickled.
        return RedisHuey(
            NAME,
            results=False,
            serializer=SignedSerializer(secret=settings.secret_key),
            connection_pool=ConnectionPool.from_url(
                settings.redis_url,
                socket_connect_timeout=CONNECT_WITHIN_SECONDS,
                socket_timeout=ANSWER_WITHIN_SECONDS,
            ),
        )
    if settings.database_url.startswith("postgresql"):
        dsn = make_url(settings.database_url).set(drivername="postgresql")
        return PostgresHuey(NAME, results=False, dsn=dsn.render_as_string(hide_password=False))
    settings.instance_path.mkdir(parents=True, exist_ok=True)
    return SqliteHuey(NAME, results=False, filename=str(settings.instance_path / "jobs.db"))


def storage_problem(huey: Huey) -> str | None:
    """Why a queue in Redis can't be reached, in Dutch; None when it can."""
    try:
        huey.storage.conn.ping()
    except Exception as error:
        # What redis-py raises is not known where it is not installed.
        log.warning("Redis does not answer: %s", error)
        return NO_REDIS
    return None

"""The database: handle, base model, column types.

Enums are stored by value with a CHECK constraint; moments are stored in UTC.
"""

import enum
import secrets
import sqlite3
import time
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Annotated, Any
from zlib import crc32

import psycopg
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import (
    ColumnElement,
    Connection,
    DateTime,
    Dialect,
    Engine,
    Enum,
    MetaData,
    Row,
    Select,
    String,
    Text,
    event,
    update,
)
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine.interfaces import DBAPIConnection, DBAPICursor
from sqlalchemy.exc import InvalidatePoolError
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column, registry
from sqlalchemy.pool import ConnectionPoolEntry, PoolProxiedConnection
from sqlalchemy.types import TypeDecorator

from overleg.lib.errors import EditConflict

ID_ALPHABET = "23456789abcdefghjkmnpqrstuvwxyz"
ID_LENGTH = 16
ID_PAIRS = [first + second for first in ID_ALPHABET for second in ID_ALPHABET]
ID_COUNT = len(ID_ALPHABET) ** ID_LENGTH
FIRST_REVISIONS = 900_000_000

NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}


def new_id() -> str:
    """A name for a row that can't be guessed and doesn't tell how many there are (79 bits)."""
    number, pairs = secrets.randbelow(ID_COUNT), []
    for _ in range(ID_LENGTH // 2):
        number, pair = divmod(number, len(ID_PAIRS))
        pairs.append(ID_PAIRS[pair])
    return "".join(pairs)


class UtcDateTime(TypeDecorator[datetime]):
    """An aware moment in UTC, in and out, on every database."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a moment without time zone cannot be stored")
        moment = value.astimezone(UTC)
        return moment.replace(tzinfo=None) if dialect.name == "sqlite" else moment

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002 - SQLAlchemy's own signature
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


Id = Annotated[str, mapped_column(String(ID_LENGTH), primary_key=True, default=new_id)]
Ref = Annotated[str, mapped_column(String(ID_LENGTH))]
LongText = Annotated[str, mapped_column(Text)]


def _values(kind: type[enum.Enum]) -> list[str]:
    return [str(member.value) for member in kind]


class Base(DeclarativeBase):
    registry = registry(
        metadata=MetaData(naming_convention=NAMING),
        type_annotation_map={
            datetime: UtcDateTime,
            str: String(200),
            enum.Enum: Enum(
                enum.Enum,
                native_enum=False,
                create_constraint=True,
                length=40,
                values_callable=_values,
            ),
        },
    )


db = SQLAlchemy(model_class=Base)

if TYPE_CHECKING:
    FlaskModel = Base
else:
    FlaskModel = db.Model


class Model(FlaskModel):
    """Base of every table."""

    __abstract__ = True


class Identified(Model):
    """A row that a page, file or feed can name."""

    __abstract__ = True

    id: Mapped[Id]


class Revised:
    """A row that two people may write at once: ``revision`` counts its saves."""

    revision: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": revision}  # noqa: RUF012 - SQLAlchemy's own type


def _from_anywhere(before: int | None) -> int:
    return before + 1 if before else 1 + secrets.randbelow(FIRST_REVISIONS)


class RevisedAnew(Revised):
    """The same of a row that can be taken away and made anew under its old key.

    It begins with any number, so that no page about the one before can write the one after.
    """

    __mapper_args__: Any = {  # noqa: RUF012 - SQLAlchemy's own type
        "version_id_col": Revised.revision,
        "version_id_generator": _from_anywhere,
    }


NO_ROW = 0
"""The revision of what is not there yet."""


def revision_of(row: Revised | None) -> int:
    """Which save of it stands there now."""
    return row.revision if row is not None else NO_ROW


def revision_of_values(*values: object) -> int:
    """The same of a row that counts no saves: another number where one of its values differs."""
    return crc32(repr(values).encode()) % FIRST_REVISIONS


def refuse_other(stands: int, revision: int, what: str) -> None:
    """Raise ``EditConflict`` unless somebody started from the revision that stands there now."""
    if revision != stands:
        raise EditConflict(f"Iemand anders bewaarde {what} terwijl u typte.")


def refuse_stale(row: Revised | None, revision: int, what: str) -> None:
    """Raise ``EditConflict`` unless somebody started from what stands there now.

    ``what`` names it with an article; ``revision`` is the one that its page was opened with.
    """
    refuse_other(revision_of(row), revision, what)


def session() -> Session:
    """The session of this request or job."""
    return db.session()


def rows_of(
    columns: Select[*tuple[Any, ...]], given: Mapping[str, object] | None = None
) -> Sequence[Row[*tuple[Any, ...]]]:
    """The rows of a statement that asks columns and no objects: a connection reads these quickest.

    What the session holds and did not write yet is not seen.
    """
    return session().connection().execute(columns, given).all()


def close_database() -> None:
    """End the session and give back every connection of this application."""
    db.session.remove()
    db.engine.dispose()


def insert_if_new(model: type[Model], **values: Any) -> None:
    """Add a row unless there is one with its key, also when another session adds it just now."""
    on_postgresql = session().get_bind().dialect.name == "postgresql"
    insert = postgresql.insert if on_postgresql else sqlite.insert
    session().execute(insert(model).values(**values).on_conflict_do_nothing())


def hold_until_commit(model: type[Model], *which: ColumnElement[bool]) -> None:
    """Hold rows, so that those who want them at once take turns; what was loaded may be outdated.

    A write that changes nothing does it: SQLite knows no ``FOR UPDATE``. A column that is no key is
    written, as no other table has to be looked at for that. What waits in the session goes first.
    """
    session().flush()
    column = next(
        each for each in model.__table__.columns if not (each.primary_key or each.foreign_keys)
    )
    session().execute(
        update(model)
        .where(*which)
        .values({column: column})
        .execution_options(synchronize_session=False)
    )


@event.listens_for(Engine, "connect")
def _tune_sqlite(connection: DBAPIConnection, _record: ConnectionPoolEntry) -> None:
    if type(connection).__module__.startswith("sqlite3"):
        cursor = connection.cursor()
        for pragma in ("foreign_keys=ON", "journal_mode=WAL", "synchronous=NORMAL"):
            cursor.execute(f"PRAGMA {pragma}")
        cursor.execute("PRAGMA busy_timeout=10000")
        cursor.close()


@event.listens_for(Engine, "before_cursor_execute")
def _begin_to_write(
    connection: Connection,
    _cursor: DBAPICursor,
    statement: str,
    _parameters: object,
    _context: object,
    _many: bool,
) -> None:
    """On PostgreSQL, begin a transaction before the first statement that may write or lock.

    Until then each statement stands alone: in READ COMMITTED it sees its own moment either way, and
    a page that only reads is spared two round trips, to begin and to end. SQLite's driver does so
    by itself but for a savepoint, which would be a transaction then, and commit when it ends.
    """
    driver = connection.connection.driver_connection
    if isinstance(driver, sqlite3.Connection):
        if statement.startswith("SAVEPOINT") and not driver.in_transaction:
            driver.execute("BEGIN IMMEDIATE")
        return
    if not isinstance(driver, psycopg.Connection) or only_reads(statement):
        return
    if driver.info.transaction_status is psycopg.pq.TransactionStatus.IDLE:
        driver.execute("BEGIN")


def only_reads(statement: str) -> bool:
    """Whether this SQL certainly writes and locks nothing; locking reads say ``FOR UPDATE``."""
    return statement.startswith("SELECT") and " FOR " not in statement


MOST_STATEMENTS_KEPT = 150
"""How many statements SQLAlchemy keeps as it wrote them, up to half as many more; 130 kB each."""

STILL_ALIVE_SECONDS = 1.0
"""A connection that was used so lately is not asked again whether the server is still there."""


def _note_use(_connection: DBAPIConnection, entry: ConnectionPoolEntry) -> None:
    entry.info["used_at"] = time.monotonic()


def _notice_lost(
    connection: DBAPIConnection, entry: ConnectionPoolEntry, _taken: PoolProxiedConnection
) -> None:
    """Ask a connection that lay idle whether it works; if not, the pool makes new ones."""
    used_at = entry.info.get("used_at")
    if used_at is None or time.monotonic() - used_at < STILL_ALIVE_SECONDS:
        return
    try:
        connection.cursor().execute("SELECT 1")
    except Exception as error:
        raise InvalidatePoolError from error


def engine_options(url: str) -> dict[str, Any]:
    """Options of the engine for this address: a pool that notices lost connections.

    Statements are prepared at once, as planning one takes longer than running it. The pool does
    what ``pool_pre_ping`` does, but not between two pages of the same second, as that would be one
    more round trip for each. Transactions begin with the first statement that writes.
    """
    if url.startswith("sqlite"):
        return {"connect_args": {"timeout": 10}, "query_cache_size": MOST_STATEMENTS_KEPT}
    return {
        "query_cache_size": MOST_STATEMENTS_KEPT,
        "connect_args": {"prepare_threshold": 0, "autocommit": True},
        "pool_events": [(_note_use, "checkin"), (_notice_lost, "checkout")],
        "pool_size": 5,
        "max_overflow": 5,
    }

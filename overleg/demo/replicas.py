"""More of the same, for the benchmark: what was played once, copied many times in the database.

Each copy lies a year earlier than the one before and has ids of its own; who sits where stays.
"""

from collections.abc import Iterator, Mapping
from datetime import date, datetime, timedelta
from hashlib import blake2b
from typing import Any

from sqlalchemy import Table, insert, select

from overleg.agenda.models import (
    AgendaItem,
    AgendaVersion,
    Annex,
    Dossier,
    Proposal,
    SentAnnex,
    SentItem,
    ValidationRound,
    ValidationVote,
)
from overleg.audit.models import JournalEntry
from overleg.db import ID_ALPHABET, ID_LENGTH, db, session
from overleg.decisions.models import CanonicalText, FollowUp, Outcome
from overleg.minutes.models import Attendance, Minutes, NoteRevision
from overleg.scheduling.models import Meeting
from overleg.scheduling.states import MeetingState

MODELS = (
    Meeting,
    Dossier,
    Proposal,
    Annex,
    ValidationRound,
    ValidationVote,
    AgendaItem,
    AgendaVersion,
    SentItem,
    SentAnnex,
    Outcome,
    CanonicalText,
    FollowUp,
    Minutes,
    Attendance,
    NoteRevision,
    JournalEntry,
)
YEAR = timedelta(days=364)
NUMBERS = 100
"""More than a body has meetings in a year: those of another copy keep clear of them."""
BATCH = 500
Row = Mapping[str, Any]


def replicate(scale: int) -> None:
    """Make everything of finished meetings ``scale`` times as much. Commits after each copy."""
    rows = {table: _rows(table) for table in (db.metadata.tables[m.__tablename__] for m in MODELS)}
    kept = {row["id"] for table in rows for row in rows[table] if isinstance(row.get("id"), str)}
    for copy in range(1, scale):
        for table, originals in rows.items():
            copies = [_copied(row, copy, kept) for row in originals]
            for start in range(0, len(copies), BATCH):
                session().execute(insert(table), copies[start : start + BATCH])
        session().commit()


def _rows(table: Table) -> list[Row]:
    return [dict(row) for row in session().execute(select(table)).mappings()]


def _copied(row: Row, copy: int, kept: set[str]) -> Row:
    return {key: _moved(value, copy, kept) for key, value in _numbered(row, copy)}


def _numbered(row: Row, copy: int) -> Iterator[tuple[str, Any]]:
    for key, value in row.items():
        if key == "id" and isinstance(value, int):
            continue
        if key == "calendar_uid":
            yield key, f"{copy}-{value}"
        elif key == "year":
            yield key, value - copy
        elif key == "number" and "calendar_uid" in row:
            yield key, value + copy * NUMBERS
        elif key == "state" and value is MeetingState.PREPARING:
            yield key, MeetingState.CANCELLED
        else:
            yield key, value


def _moved(value: Any, copy: int, kept: set[str]) -> Any:
    if isinstance(value, datetime | date):
        return value - copy * YEAR
    if isinstance(value, str) and value in kept:
        return _id(value, copy)
    return value


def _id(original: str, copy: int) -> str:
    digest = blake2b(f"{copy}:{original}".encode(), digest_size=ID_LENGTH).digest()
    return "".join(ID_ALPHABET[byte % len(ID_ALPHABET)] for byte in digest)

"""Reading the journal."""

from collections.abc import Collection, Sequence

from sqlalchemy import select

from overleg.audit.models import JournalEntry
from overleg.db import session


def history_of(subject_ids: Collection[str], limit: int = 200) -> Sequence[JournalEntry]:
    """The newest rows about these things, newest first. Who may read them is the caller's care."""
    return (
        session()
        .scalars(
            select(JournalEntry)
            .where(JournalEntry.subject_id.in_(subject_ids))
            .order_by(JournalEntry.at_utc.desc(), JournalEntry.id.desc())
            .limit(limit)
        )
        .all()
    )

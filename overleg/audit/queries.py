"""Reading the journal."""

from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy import select

from overleg.audit.models import JournalEntry
from overleg.audit.states import Verb
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


def was_noted(verb: Verb, subject_id: str, *, by_id: str, since: datetime) -> bool:
    """Whether this person did this with this thing after a moment (UTC)."""
    return (
        session().scalar(
            select(JournalEntry.id)
            .where(
                JournalEntry.subject_id == subject_id,
                JournalEntry.verb == verb,
                JournalEntry.actor_id == by_id,
                JournalEntry.at_utc > since,
            )
            .limit(1)
        )
        is not None
    )

"""Reading the journal."""

from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy import select, union

from overleg.audit.models import JournalEntry, JournalMention
from overleg.audit.states import Verb
from overleg.db import Model, session
from overleg.one_of import is_one_of


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


def history_around(
    thing_id: str,
    *,
    own: Collection[str] = (),
    within: Collection[str] | None = None,
    only: type[Model] | None = None,
    limit: int = 200,
) -> Sequence[JournalEntry]:
    """The newest rows that mention a person or a body, and those about the ``own`` ones; one
    statement.

    ``within`` leaves only the mentions beside one of these bodies or organisations, ``only`` the
    rows about things of one table. Who may read them is the caller's care.
    """
    mentioned = select(JournalMention.entry_id).where(JournalMention.thing_id == thing_id)
    if within is not None:
        beside = select(JournalMention.entry_id).where(is_one_of(JournalMention.thing_id, within))
        mentioned = mentioned.where(JournalMention.entry_id.in_(beside))
    about_own = select(JournalEntry.id).where(JournalEntry.subject_id.in_(own))
    query = select(JournalEntry).where(JournalEntry.id.in_(union(about_own, mentioned)))
    if only is not None:
        query = query.where(JournalEntry.subject_type == only.__tablename__)
    newest = query.order_by(JournalEntry.at_utc.desc(), JournalEntry.id.desc()).limit(limit)
    return session().scalars(newest).all()


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

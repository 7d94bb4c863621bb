"""Writing the journal."""

from collections.abc import Iterable
from datetime import datetime
from enum import StrEnum
from typing import Protocol

from sqlalchemy import insert

from overleg.audit.models import JournalEntry, JournalMention
from overleg.audit.states import Verb
from overleg.db import session


class Actor(Protocol):
    """Who does something: a person, or the application itself."""

    @property
    def id(self) -> str | None: ...

    @property
    def name(self) -> str: ...


class System:
    """The application as actor of what it does by itself."""

    id: str | None = None
    name = "Overleg"


class Subject(Protocol):
    """A thing that has a history; its label is how the journal calls it."""

    __tablename__: str
    id: str

    @property
    def journal_label(self) -> str: ...


def record(
    verb: Verb,
    subject: Subject,
    *,
    by: Actor,
    now: datetime,
    from_state: StrEnum | None = None,
    to_state: StrEnum | None = None,
    reason: str = "",
    about: Iterable[str | None] = (),
    label: str = "",
) -> JournalEntry:
    """Add a row to the journal, in the transaction of what it tells.

    ``subject`` needs an ``id``; flush a new row first, or give it one. ``about`` are the ids of
    whom and what else it concerns, in whose history it stands too. ``label`` is what the sentence
    of this verb calls the subject, where that differs from its own label.
    """
    entry = JournalEntry(
        at_utc=now,
        verb=verb,
        subject_type=subject.__tablename__,
        subject_id=subject.id,
        subject_label=label or subject.journal_label,
        actor_id=by.id,
        actor_name=by.name,
        from_state=from_state.value if from_state else None,
        to_state=to_state.value if to_state else None,
        reason=reason,
        mentions=[JournalMention(thing_id=key) for key in sorted({key for key in about if key})],
    )
    session().add(entry)
    return entry


def record_all(
    verb: Verb,
    subjects: Iterable[tuple[Subject, StrEnum]],
    *,
    to: StrEnum,
    by: Actor,
    now: datetime,
) -> None:
    """Add a row for each of many things, with the state it came from, in one statement.

    For a job that does the same with hundreds. Nobody listens to these rows: the search index
    follows only what ``record`` wrote.
    """
    rows = [
        {
            "at_utc": now,
            "verb": verb,
            "subject_type": subject.__tablename__,
            "subject_id": subject.id,
            "subject_label": subject.journal_label,
            "actor_id": by.id,
            "actor_name": by.name,
            "from_state": before.value,
            "to_state": to.value,
            "reason": "",
        }
        for subject, before in subjects
    ]
    if rows:
        session().execute(insert(JournalEntry), rows)

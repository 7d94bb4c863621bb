"""The journal: one row per transition and per change of rights. Rows are never changed."""

from datetime import datetime

from sqlalchemy import Enum, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column, relationship

from overleg.audit.states import Verb
from overleg.db import LongText, Model, Ref


class JournalEntry(Model):
    """Who did what to which thing, when and why; the actor's name is kept as it was then."""

    __tablename__ = "journal_entries"
    __table_args__ = (
        Index(None, "subject_type", "subject_id", "at_utc"),
        Index(None, "subject_type", "at_utc"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    """Counts up: rows of one moment keep the order in which they were written."""
    at_utc: Mapped[datetime]
    verb: Mapped[Verb] = mapped_column(
        Enum(
            Verb, native_enum=False, length=40, values_callable=lambda kind: [v.value for v in kind]
        )
    )
    subject_type: Mapped[str]
    subject_id: Mapped[Ref]
    subject_label: Mapped[LongText]
    actor_id: Mapped[Ref | None]
    actor_name: Mapped[str]
    from_state: Mapped[str | None]
    to_state: Mapped[str | None]
    reason: Mapped[LongText] = mapped_column(default="")

    mentions: Mapped[list["JournalMention"]] = relationship()

    @property
    def sentence(self) -> str:
        """What happened, in Dutch, without the actor: ``diende het voorstel in``."""
        return self.verb.sentence.format(subject=self.subject_label)


class JournalMention(Model):
    """What else a row is about: whose role or seat it was, and where. It outlives the role."""

    __tablename__ = "journal_mentions"

    entry_id: Mapped[int] = mapped_column(ForeignKey("journal_entries.id"), primary_key=True)
    thing_id: Mapped[Ref] = mapped_column(primary_key=True, index=True)

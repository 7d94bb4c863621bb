"""What was said on an item, in immutable revisions."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from overleg.agenda.models import AgendaItem
from overleg.db import Identified, LongText, Ref


class NoteRevision(Identified):
    """The notes of one item as somebody saved them. A save names the number it started from."""

    __tablename__ = "note_revisions"
    __table_args__ = (
        UniqueConstraint("item_id", "number"),
        CheckConstraint("number >= 1", name="number"),
    )

    item_id: Mapped[Ref] = mapped_column(ForeignKey("agenda_items.id"))
    number: Mapped[int]
    text_html: Mapped[LongText]
    written_by_name: Mapped[str]
    written_at_utc: Mapped[datetime]

    item: Mapped[AgendaItem] = relationship()

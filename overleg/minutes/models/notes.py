"""What was said on an item, in revisions, and who is writing now."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from overleg.agenda.models import AgendaItem
from overleg.db import Identified, LongText, Model, Ref


class NoteRevision(Identified):
    """The notes of one item as somebody wrote them.

    A revision grows while its writer goes on writing in the same window (``writing_id``): a text
    that saves itself every few seconds is one revision, not hundreds. It never changes again once
    somebody else saved, its writer paused, or the writer said that it is done. ``edition`` counts
    every save of the item, so a save that names the edition it started from overwrites nothing.
    ``is_drafted`` says that the application wrote it from outcomes and attendance.
    """

    __tablename__ = "note_revisions"
    __table_args__ = (
        UniqueConstraint("item_id", "number"),
        UniqueConstraint("item_id", "edition"),
        CheckConstraint("number >= 1", name="number"),
        CheckConstraint("edition >= number", name="edition"),
    )

    item_id: Mapped[Ref] = mapped_column(ForeignKey("agenda_items.id"))
    number: Mapped[int]
    edition: Mapped[int]
    text_html: Mapped[LongText]
    written_by_id: Mapped[Ref | None] = mapped_column(ForeignKey("people.id"))
    written_by_name: Mapped[str]
    begun_at_utc: Mapped[datetime]
    written_at_utc: Mapped[datetime]
    writing_id: Mapped[str] = mapped_column(default="")
    is_drafted: Mapped[bool] = mapped_column(default=False)

    item: Mapped[AgendaItem] = relationship()


class Writing(Model):
    """Somebody has an item open to write, as last heard; passes by itself."""

    __tablename__ = "writings"

    meeting_id: Mapped[Ref] = mapped_column(ForeignKey("meetings.id"), primary_key=True)
    person_id: Mapped[Ref] = mapped_column(ForeignKey("people.id"), primary_key=True)
    item_id: Mapped[Ref] = mapped_column(ForeignKey("agenda_items.id"))
    person_name: Mapped[str]
    heard_at_utc: Mapped[datetime]

    item: Mapped[AgendaItem] = relationship()

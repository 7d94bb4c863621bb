"""Agendas as they were sent: A, B, C."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from overleg.agenda.models.items import AgendaItem
from overleg.agenda.states import (
    Asked,
)
from overleg.db import Identified, LongText, Ref
from overleg.documents.models import StoredFile
from overleg.documents.states import Circle
from overleg.scheduling.models import Meeting


class AgendaVersion(Identified):
    """The agenda as it was sent: A, B, C. Never changed afterwards."""

    __tablename__ = "agenda_versions"
    __table_args__ = (UniqueConstraint("meeting_id", "letter"),)

    meeting_id: Mapped[Ref] = mapped_column(ForeignKey("meetings.id"))
    letter: Mapped[str]
    sent_at_utc: Mapped[datetime]
    sent_by_name: Mapped[str]
    message: Mapped[LongText] = mapped_column(default="")

    meeting: Mapped[Meeting] = relationship()
    items: Mapped[list["SentItem"]] = relationship(
        order_by="SentItem.position", back_populates="version"
    )


class SentItem(Identified):
    """One point of a sent agenda, with the words and names of that moment."""

    __tablename__ = "sent_items"
    __table_args__ = (UniqueConstraint("version_id", "position"), Index(None, "item_id"))

    version_id: Mapped[Ref] = mapped_column(ForeignKey("agenda_versions.id"))
    item_id: Mapped[Ref] = mapped_column(ForeignKey("agenda_items.id"))
    position: Mapped[int]
    number: Mapped[int]
    section: Mapped[str] = mapped_column(default="")
    is_closed: Mapped[bool] = mapped_column(default=False)
    title: Mapped[LongText]
    explanation_html: Mapped[LongText]
    submitter_label: Mapped[LongText]
    asked: Mapped[Asked]
    minutes_needed: Mapped[int]
    starts_at_utc: Mapped[datetime]
    circle: Mapped[Circle]

    version: Mapped[AgendaVersion] = relationship(back_populates="items")
    item: Mapped[AgendaItem] = relationship()
    annexes: Mapped[list["SentAnnex"]] = relationship(
        order_by="SentAnnex.position", back_populates="sent_item"
    )


class SentAnnex(Identified):
    """An annex of a sent point: its title, circle and file of that moment."""

    __tablename__ = "sent_annexes"
    __table_args__ = (Index(None, "sent_item_id"), Index(None, "file_id"), Index(None, "annex_id"))

    sent_item_id: Mapped[Ref] = mapped_column(ForeignKey("sent_items.id"))
    annex_id: Mapped[Ref | None] = mapped_column(ForeignKey("annexes.id", ondelete="SET NULL"))
    file_id: Mapped[Ref] = mapped_column(ForeignKey("stored_files.id"))
    title: Mapped[str]
    position: Mapped[int]
    circle: Mapped[Circle]

    file: Mapped[StoredFile] = relationship()
    sent_item: Mapped[SentItem] = relationship(back_populates="annexes")

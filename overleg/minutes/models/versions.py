"""A verslag as it was approved, and as it was corrected afterwards. Never changed."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from overleg.agenda.models import AgendaItem
from overleg.db import Identified, LongText, Ref
from overleg.documents.states import Circle
from overleg.minutes.models.minutes import Minutes


class MinutesVersion(Identified):
    """The approved text (number 1), or a correction of one item of it with its reason."""

    __tablename__ = "minutes_versions"
    __table_args__ = (
        UniqueConstraint("minutes_id", "number"),
        CheckConstraint("number = 1 OR reason <> ''", name="correction_explained"),
        CheckConstraint("(number = 1) = (item_id IS NULL)", name="corrected_item"),
    )

    minutes_id: Mapped[Ref] = mapped_column(ForeignKey("minutes.id"))
    number: Mapped[int]
    item_id: Mapped[Ref | None] = mapped_column(ForeignKey("agenda_items.id"))
    reason: Mapped[LongText] = mapped_column(default="")
    made_at_utc: Mapped[datetime]
    made_by_name: Mapped[str]
    attendance: Mapped[LongText] = mapped_column(default="")

    minutes: Mapped[Minutes] = relationship()
    item: Mapped[AgendaItem | None] = relationship()
    items: Mapped[list["MinutesVersionItem"]] = relationship(
        order_by="MinutesVersionItem.position", back_populates="version"
    )


class MinutesVersionItem(Identified):
    """One item of it: what was said, and what came of it as clean HTML, in the item's circle."""

    __tablename__ = "minutes_version_items"
    __table_args__ = (UniqueConstraint("version_id", "item_id"),)

    version_id: Mapped[Ref] = mapped_column(ForeignKey("minutes_versions.id"))
    item_id: Mapped[Ref] = mapped_column(ForeignKey("agenda_items.id"))
    position: Mapped[int]
    number: Mapped[int]
    title: Mapped[LongText]
    circle: Mapped[Circle]
    text_html: Mapped[LongText] = mapped_column(default="")
    results_html: Mapped[LongText] = mapped_column(default="")

    version: Mapped[MinutesVersion] = relationship(back_populates="items")
    item: Mapped[AgendaItem] = relationship()

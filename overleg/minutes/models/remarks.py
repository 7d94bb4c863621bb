"""What members remark on a verslag that was sent round."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column, relationship

from overleg.agenda.models import AgendaItem
from overleg.db import Identified, LongText, Ref
from overleg.minutes.models.minutes import Minutes
from overleg.minutes.states import RemarkState


class Remark(Identified):
    """A remark of one reader on one item, and what support staff did with it."""

    __tablename__ = "minutes_remarks"
    __table_args__ = (
        CheckConstraint("(state = 'open') = (settled_at_utc IS NULL)", name="settled"),
        CheckConstraint("state <> 'declined' OR answer <> ''", name="declined_explained"),
        Index(None, "minutes_id", "state"),
        Index(None, "item_id"),
    )

    minutes_id: Mapped[Ref] = mapped_column(ForeignKey("minutes.id"))
    item_id: Mapped[Ref] = mapped_column(ForeignKey("agenda_items.id"))
    person_id: Mapped[Ref] = mapped_column(ForeignKey("people.id"))
    person_name: Mapped[str]
    text: Mapped[LongText]
    made_at_utc: Mapped[datetime]
    state: Mapped[RemarkState] = mapped_column(default=RemarkState.OPEN)
    answer: Mapped[LongText] = mapped_column(default="")
    settled_at_utc: Mapped[datetime | None]
    settled_by_name: Mapped[str] = mapped_column(default="")

    minutes: Mapped[Minutes] = relationship()
    item: Mapped[AgendaItem] = relationship()

    @property
    def journal_label(self) -> str:
        """How the journal calls it."""
        return f"“{self.item.title}”"

"""To whom a shared position was sent, and what came back."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column, relationship

from overleg.db import Identified, LongText, Ref, Revised
from overleg.decisions.models.outcomes import Outcome


class PositionSending(Revised, Identified):
    """One addressee of a position, the day it went out, and the answer once it came."""

    __tablename__ = "position_sendings"
    __table_args__ = (
        Index(None, "outcome_id"),
        CheckConstraint("(answered_on IS NULL) = (answer = '')", name="answer"),
        CheckConstraint("answered_on IS NULL OR answered_on >= sent_on", name="answered_after"),
    )

    outcome_id: Mapped[Ref] = mapped_column(ForeignKey("outcomes.id"))
    addressee: Mapped[str]
    address: Mapped[LongText] = mapped_column(default="")
    sent_on: Mapped[date]
    answered_on: Mapped[date | None]
    answer: Mapped[LongText] = mapped_column(default="")
    noted_by_name: Mapped[str]
    noted_at_utc: Mapped[datetime]

    outcome: Mapped[Outcome] = relationship()

    @property
    def journal_label(self) -> str:
        """How the journal calls it."""
        return f"“{self.outcome.title}” aan {self.addressee}"

"""The verslag of one meeting and where it stands."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from overleg.db import Identified, Ref, Revised
from overleg.minutes.states import MinutesState
from overleg.scheduling.models import Meeting


class Minutes(Revised, Identified):
    """The verslag of one meeting; ``remarks_until`` is a day in Brussels, that day included."""

    __tablename__ = "minutes"
    __table_args__ = (
        CheckConstraint("(state = 'approved') = (approved_at_utc IS NOT NULL)", name="approval"),
        CheckConstraint("state <> 'circulated' OR remarks_until IS NOT NULL", name="remarks"),
    )

    meeting_id: Mapped[Ref] = mapped_column(ForeignKey("meetings.id"), unique=True)
    state: Mapped[MinutesState] = mapped_column(default=MinutesState.DRAFT)
    started_at_utc: Mapped[datetime]
    remarks_until: Mapped[date | None]
    approved_at_utc: Mapped[datetime | None]
    approved_by_name: Mapped[str] = mapped_column(default="")

    meeting: Mapped[Meeting] = relationship()

    @property
    def journal_label(self) -> str:
        """How the journal calls it."""
        return self.meeting.the_title

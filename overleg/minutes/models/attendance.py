"""Who was there."""

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from overleg.db import Identified, Ref
from overleg.minutes.states import Presence
from overleg.organisations.models import Seat


class Attendance(Identified):
    """Who sat (or did not sit) on a seat, or came as a guest, with the names of that day."""

    __tablename__ = "attendances"
    __table_args__ = (
        UniqueConstraint("meeting_id", "seat_id"),
        CheckConstraint("(presence = 'guest') = (seat_id IS NULL)", name="guest_without_seat"),
        CheckConstraint("presence <> 'replaced' OR replaced_by <> ''", name="replacement_named"),
        Index(None, "meeting_id"),
    )

    meeting_id: Mapped[Ref] = mapped_column(ForeignKey("meetings.id"))
    seat_id: Mapped[Ref | None] = mapped_column(ForeignKey("seats.id"))
    name: Mapped[str]
    organisation_name: Mapped[str] = mapped_column(default="")
    function_label: Mapped[str] = mapped_column(default="")
    presence: Mapped[Presence]
    replaced_by: Mapped[str] = mapped_column(default="")

    seat: Mapped[Seat | None] = relationship()

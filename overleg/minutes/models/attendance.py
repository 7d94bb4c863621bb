"""Who was there, from when to when, and who stayed out of one item."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from overleg.agenda.models import AgendaItem
from overleg.db import Identified, Model, Ref, Revised
from overleg.minutes.states import Presence
from overleg.organisations.models import Seat


class Attendance(Identified):
    """Who sat (or did not sit) on a seat, or came as a guest, with the names of that day.

    ``arrived_at_utc`` is for who came late, ``left_at_utc`` for who went before the end.
    """

    __tablename__ = "attendances"
    __table_args__ = (
        UniqueConstraint("meeting_id", "seat_id"),
        CheckConstraint("(presence = 'guest') = (seat_id IS NULL)", name="guest_without_seat"),
        CheckConstraint("presence <> 'replaced' OR replaced_by <> ''", name="replacement_named"),
        CheckConstraint(
            "presence NOT IN ('excused', 'absent')"
            " OR (arrived_at_utc IS NULL AND left_at_utc IS NULL)",
            name="hours_of_who_was_there",
        ),
        Index(None, "meeting_id"),
    )

    meeting_id: Mapped[Ref] = mapped_column(ForeignKey("meetings.id"))
    seat_id: Mapped[Ref | None] = mapped_column(ForeignKey("seats.id"))
    name: Mapped[str]
    organisation_name: Mapped[str] = mapped_column(default="")
    function_label: Mapped[str] = mapped_column(default="")
    presence: Mapped[Presence]
    replaced_by: Mapped[str] = mapped_column(default="")
    arrived_at_utc: Mapped[datetime | None]
    left_at_utc: Mapped[datetime | None]

    seat: Mapped[Seat | None] = relationship()


class AbsenceList(Revised, Model):
    """Who takes no part in one item, as the one list that is saved at once."""

    __tablename__ = "absence_lists"

    item_id: Mapped[Ref] = mapped_column(ForeignKey("agenda_items.id"), primary_key=True)


class ItemAbsence(Identified):
    """Somebody at the table stayed out of one item, mostly for a conflict of interest."""

    __tablename__ = "item_absences"
    __table_args__ = (UniqueConstraint("item_id", "seat_id"),)

    item_id: Mapped[Ref] = mapped_column(ForeignKey("agenda_items.id"))
    seat_id: Mapped[Ref] = mapped_column(ForeignKey("seats.id"))
    name: Mapped[str]
    reason: Mapped[str] = mapped_column(default="")

    item: Mapped[AgendaItem] = relationship()

    @property
    def label(self) -> str:
        """``Burgemeester Tielt (betrokken partij)``."""
        return f"{self.name} ({self.reason})" if self.reason else self.name

"""The verslag of a meeting: attendance, notes per item in immutable revisions, approval."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from overleg.agenda.models import AgendaItem
from overleg.db import Identified, LongText, Ref
from overleg.minutes.states import MinutesState, Presence
from overleg.organisations.models import Seat
from overleg.scheduling.models import Meeting


class Minutes(Identified):
    """The verslag of one meeting."""

    __tablename__ = "minutes"
    __table_args__ = (
        CheckConstraint("(state = 'approved') = (approved_at_utc IS NOT NULL)", name="approval"),
    )

    meeting_id: Mapped[Ref] = mapped_column(ForeignKey("meetings.id"), unique=True)
    state: Mapped[MinutesState] = mapped_column(default=MinutesState.DRAFT)
    started_at_utc: Mapped[datetime]
    approved_at_utc: Mapped[datetime | None]
    approved_by_name: Mapped[str] = mapped_column(default="")
    revision: Mapped[int] = mapped_column(default=1)

    meeting: Mapped[Meeting] = relationship()

    __mapper_args__ = {"version_id_col": revision}  # noqa: RUF012 - SQLAlchemy's own type

    @property
    def journal_label(self) -> str:
        """How the journal calls it."""
        return self.meeting.title


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

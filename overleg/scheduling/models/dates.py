"""Dates of other bodies: typed in, pasted, read from a file, or followed at an address."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, Enum, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column, relationship

from overleg.db import Identified, LongText, Ref, Revised
from overleg.documents.models import StoredFile
from overleg.lib.dates import format_weekday_date, local_date
from overleg.organisations.models import Body
from overleg.scheduling.states import DateState, SourceKind


class DateSource(Identified):
    """Where dates come from: one file that was sent, or one address that is read every hour."""

    __tablename__ = "date_sources"
    __table_args__ = (
        Index(None, "body_id"),
        CheckConstraint("(kind = 'file') = (file_id IS NOT NULL)", name="file"),
        CheckConstraint("(kind = 'address') = (url <> '')", name="address"),
        CheckConstraint("(failing_since_utc IS NULL) = (failure = '')", name="failure_explained"),
    )

    body_id: Mapped[Ref] = mapped_column(ForeignKey("bodies.id"))
    kind: Mapped[SourceKind]
    label: Mapped[str]
    url: Mapped[LongText] = mapped_column(default="")
    file_id: Mapped[Ref | None] = mapped_column(ForeignKey("stored_files.id"))
    etag: Mapped[str] = mapped_column(default="")
    last_modified: Mapped[str] = mapped_column(default="")
    content_sha256: Mapped[str] = mapped_column(default="")
    added_by_name: Mapped[str]
    added_at_utc: Mapped[datetime]
    tried_at_utc: Mapped[datetime | None]
    """When it was last read or at least tried."""
    read_at_utc: Mapped[datetime | None]
    """When it was last found good."""
    failing_since_utc: Mapped[datetime | None]
    failure: Mapped[LongText] = mapped_column(default="")
    refused: Mapped[LongText] = mapped_column(default="")
    """What could not be read of it, a line each."""
    stopped_at_utc: Mapped[datetime | None]

    body: Mapped[Body] = relationship()
    file: Mapped[StoredFile | None] = relationship()

    @property
    def is_done_with(self) -> bool:
        """Whether it is read no more: a file that was tried, an address that was stopped."""
        if self.kind is SourceKind.FILE:
            return self.tried_at_utc is not None
        return self.stopped_at_utc is not None

    @property
    def journal_label(self) -> str:
        """How the journal calls it."""
        return f"het {self.kind.label} “{self.label}” voor {self.body.the_name}"


class BodyDate(Revised, Identified):
    """One date on which another body meets.

    ``read_...`` is what the source last said; where a person corrected it, the other columns keep
    what that person said.
    """

    __tablename__ = "body_dates"
    __table_args__ = (
        Index(None, "body_id", "starts_at_utc"),
        Index(None, "source_id", "uid"),
        CheckConstraint("ends_at_utc >= starts_at_utc", name="ends_after_start"),
        CheckConstraint(
            "(corrected_at_utc IS NULL) = (corrected_by_name = '')", name="corrected_by"
        ),
    )

    body_id: Mapped[Ref] = mapped_column(ForeignKey("bodies.id"))
    source_id: Mapped[Ref | None] = mapped_column(ForeignKey("date_sources.id"))
    uid: Mapped[str] = mapped_column(default="")
    occurrence: Mapped[str] = mapped_column(default="")
    starts_at_utc: Mapped[datetime]
    ends_at_utc: Mapped[datetime]
    is_all_day: Mapped[bool] = mapped_column(default=False)
    title: Mapped[str] = mapped_column(default="")
    place: Mapped[str] = mapped_column(default="")
    state: Mapped[DateState] = mapped_column(default=DateState.CONFIRMED)
    remark: Mapped[LongText] = mapped_column(default="")
    read_starts_at_utc: Mapped[datetime | None]
    read_ends_at_utc: Mapped[datetime | None]
    read_place: Mapped[str] = mapped_column(default="")
    read_state: Mapped[DateState | None] = mapped_column(
        Enum(
            DateState,
            name="read_state",
            native_enum=False,
            create_constraint=True,
            length=40,
            values_callable=lambda states: [state.value for state in states],
        )
    )
    gone_at_utc: Mapped[datetime | None]
    """When its source no longer held it."""
    corrected_by_name: Mapped[str] = mapped_column(default="")
    corrected_at_utc: Mapped[datetime | None]
    added_by_name: Mapped[str]
    added_at_utc: Mapped[datetime]
    changed_at_utc: Mapped[datetime]

    body: Mapped[Body] = relationship()
    source: Mapped[DateSource | None] = relationship()

    @property
    def journal_label(self) -> str:
        """How the journal calls it."""
        return f"de datum van {self.body.the_name} op {format_weekday_date(self.starts_at_utc)}"

    @property
    def day(self) -> date:
        """The calendar day in Brussels."""
        return local_date(self.starts_at_utc)

    @property
    def is_corrected(self) -> bool:
        """Whether a person said something else than the source."""
        return self.corrected_at_utc is not None

    @property
    def takes_place(self) -> bool:
        """Whether others have to reckon with it."""
        return self.state is not DateState.CANCELLED and self.gone_at_utc is None

"""Where each municipality stands with an outcome."""

from datetime import date, datetime
from typing import TYPE_CHECKING, cast

from sqlalchemy import (
    CheckConstraint,
    ForeignKey,
    Index,
    Table,
    UniqueConstraint,
    and_,
    exists,
)
from sqlalchemy.orm import Mapped, column_property, mapped_column, relationship

from overleg.db import Identified, LongText, Ref, Revised
from overleg.decisions.models.outcomes import Outcome
from overleg.decisions.states import OPEN_FOLLOW_UP, AskedOfOrgan, FollowUpState, Organ, is_late
from overleg.documents.models import StoredFile
from overleg.one_of import is_one_of
from overleg.organisations.models import Organisation


class FollowUp(Revised, Identified):
    """One municipality and organ that an outcome concerns, and what came of it there."""

    __tablename__ = "follow_ups"
    __table_args__ = (
        UniqueConstraint("outcome_id", "organisation_id", "organ"),
        Index(None, "organisation_id", "state"),
        Index(None, "state", "due_on"),
        CheckConstraint(
            "state NOT IN ('approved', 'approved_amended', 'rejected', 'noted')"
            " OR decided_on IS NOT NULL",
            name="decision_dated",
        ),
        CheckConstraint("state <> 'scheduled' OR scheduled_on IS NOT NULL", name="scheduled_dated"),
        CheckConstraint("state <> 'rejected' OR remark <> ''", name="rejection_explained"),
    )

    outcome_id: Mapped[Ref] = mapped_column(ForeignKey("outcomes.id"))
    organisation_id: Mapped[Ref] = mapped_column(ForeignKey("organisations.id"))
    organ: Mapped[Organ]
    asked: Mapped[AskedOfOrgan] = mapped_column(default=AskedOfOrgan.APPROVAL)
    after_college: Mapped[bool] = mapped_column(default=False)
    """A council that decides only when the college of the same municipality has."""
    due_on: Mapped[date | None]
    state: Mapped[FollowUpState] = mapped_column(default=FollowUpState.TO_SCHEDULE)
    scheduled_on: Mapped[date | None]
    decided_on: Mapped[date | None]
    reference_number: Mapped[str] = mapped_column(default="")
    decision_url: Mapped[LongText] = mapped_column(default="")
    remark: Mapped[LongText] = mapped_column(default="")
    file_id: Mapped[Ref | None] = mapped_column(ForeignKey("stored_files.id"))
    opened_at_utc: Mapped[datetime]
    reported_at_utc: Mapped[datetime | None]
    reported_by_name: Mapped[str] = mapped_column(default="")

    if TYPE_CHECKING:
        waits_for_college: Mapped[bool]

    outcome: Mapped[Outcome] = relationship(back_populates="follow_ups")
    organisation: Mapped[Organisation] = relationship()
    file: Mapped[StoredFile | None] = relationship()

    @property
    def journal_label(self) -> str:
        """How the journal calls it."""
        return f"“{self.outcome.title}” in {self.organisation.name} ({self.organ.label})"

    def is_late(self, today: date) -> bool:
        """Whether the asked date has passed (a day in Brussels) without an answer."""
        return is_late(self.due_on, self.state, today)


# Whether it is the turn of the college of the same municipality first; known once it was stored.
_college = cast("Table", FollowUp.__table__).alias("college_rows")
FollowUp.waits_for_college = column_property(
    and_(
        FollowUp.after_college,
        exists().where(
            _college.c.outcome_id == FollowUp.outcome_id,
            _college.c.organisation_id == FollowUp.organisation_id,
            _college.c.organ == Organ.COLLEGE,
            is_one_of(_college.c.state, OPEN_FOLLOW_UP),
        ),
    )
)

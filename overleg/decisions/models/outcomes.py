"""What the table agreed on one item."""

from datetime import date, datetime
from typing import TYPE_CHECKING

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column, relationship

from overleg.agenda.models import AgendaItem
from overleg.db import Identified, LongText, Ref, RevisedAnew
from overleg.decisions.states import OutcomeKind, OutcomeState
from overleg.lib.dates import local_date
from overleg.lib.richtext import html_to_plain

if TYPE_CHECKING:
    from overleg.decisions.models.costs import CostSharing, MunicipalCost
    from overleg.decisions.models.follow_up import FollowUp
    from overleg.decisions.models.requests import OutcomeRequest, ParticipationStep
    from overleg.decisions.models.texts import CanonicalText, TextVersion


class Outcome(RevisedAnew, Identified):
    """What the table agreed on one item."""

    __tablename__ = "outcomes"
    __table_args__ = (
        Index(None, "item_id"),
        Index(None, "kind", "state"),
        CheckConstraint("(state = 'released') = (released_at_utc IS NOT NULL)", name="release"),
    )

    item_id: Mapped[Ref] = mapped_column(ForeignKey("agenda_items.id"))
    kind: Mapped[OutcomeKind]
    title: Mapped[LongText]
    text_html: Mapped[LongText]
    state: Mapped[OutcomeState] = mapped_column(default=OutcomeState.DRAFT)
    noted_by_name: Mapped[str]
    noted_at_utc: Mapped[datetime]
    released_at_utc: Mapped[datetime | None]

    item: Mapped[AgendaItem] = relationship()
    text: Mapped["CanonicalText | None"] = relationship(
        back_populates="outcome", cascade="all, delete-orphan"
    )
    versions: Mapped[list["TextVersion"]] = relationship(
        back_populates="outcome", order_by="TextVersion.number"
    )
    request: Mapped["OutcomeRequest | None"] = relationship(back_populates="outcome")
    cost_sharing: Mapped["CostSharing | None"] = relationship(
        back_populates="outcome", cascade="all, delete-orphan"
    )
    costs: Mapped[list["MunicipalCost"]] = relationship(
        back_populates="outcome", cascade="all, delete-orphan"
    )
    steps: Mapped[list["ParticipationStep"]] = relationship(
        back_populates="outcome", order_by="ParticipationStep.noted_at_utc"
    )
    follow_ups: Mapped[list["FollowUp"]] = relationship(back_populates="outcome")

    @property
    def journal_label(self) -> str:
        """How the journal calls it."""
        return f"“{self.title}”"

    @property
    def is_unfinished(self) -> bool:
        """Whether nobody can decide on it yet: its text stops at a colon, as the suggested does."""
        waits = self.state is OutcomeState.DRAFT and self.kind.asks_follow_up
        return waits and html_to_plain(self.text_html).rstrip().endswith(":")

    @property
    def held_on(self) -> date:
        """The day of the meeting, or that of noting it where the meeting was held before its day.

        What municipalities and others do with it comes on that day at the earliest.
        """
        return min(self.item.meeting.day, local_date(self.noted_at_utc))

"""The points of an agenda in preparation."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from overleg.agenda.models.proposals import Proposal
from overleg.agenda.states import (
    Asked,
    ItemKind,
    ItemState,
    OffAgenda,
    ProposalState,
)
from overleg.db import Identified, LongText, Ref, Revised
from overleg.documents.states import Circle
from overleg.organisations.states import ItemNumbering
from overleg.scheduling.models import Meeting


class AgendaItem(Revised, Identified):
    """A point on the agenda of one meeting. A postponed point continues as a new item later.

    ``number`` is the one it was first sent with and keeps from then on; ``section`` a heading of
    its own; ``is_closed`` puts it in the closed part (*besloten*). ``revision`` counts the changes
    of its words and minutes, not those of its place.
    """

    __tablename__ = "agenda_items"
    __table_args__ = (
        CheckConstraint("minutes_needed BETWEEN 0 AND 480", name="minutes_needed"),
        CheckConstraint("(kind = 'proposal') = (proposal_id IS NOT NULL)", name="proposal"),
        CheckConstraint("NOT is_closed OR circle = 'mayors'", name="closed_is_narrow"),
        UniqueConstraint("meeting_id", "proposal_id"),
        Index(None, "meeting_id", "position"),
        Index(None, "proposal_id"),
        Index(None, "continues_id"),
    )

    meeting_id: Mapped[Ref] = mapped_column(ForeignKey("meetings.id"))
    proposal_id: Mapped[Ref | None] = mapped_column(ForeignKey("proposals.id"))
    continues_id: Mapped[Ref | None] = mapped_column(ForeignKey("agenda_items.id"))
    kind: Mapped[ItemKind]
    position: Mapped[int]
    number: Mapped[int | None]
    section: Mapped[str] = mapped_column(default="")
    is_closed: Mapped[bool] = mapped_column(default=False)
    title: Mapped[LongText]
    explanation_html: Mapped[LongText] = mapped_column(default="")
    submitter_label: Mapped[LongText] = mapped_column(default="")
    asked: Mapped[Asked] = mapped_column(default=Asked.NOTE)
    minutes_needed: Mapped[int] = mapped_column(default=5)
    circle: Mapped[Circle]
    state: Mapped[ItemState] = mapped_column(default=ItemState.SCHEDULED)
    added_at_utc: Mapped[datetime]

    meeting: Mapped[Meeting] = relationship()
    proposal: Mapped[Proposal | None] = relationship()
    continues: Mapped["AgendaItem | None"] = relationship(remote_side="AgendaItem.id")

    __mapper_args__ = {}  # noqa: RUF012 - SQLAlchemy's own type; its revisions are counted by hand

    @property
    def journal_label(self) -> str:
        """How the journal calls it."""
        return f"“{self.title}”"

    @property
    def shown_number(self) -> int:
        """The number it was first sent with; before that, its place."""
        return self.number if self.number is not None else self.position

    @property
    def reference(self) -> str:
        """What people call it elsewhere: ``2026/07, punt 4``, or ``punt 2026/43`` in a body that
        numbers through the year."""
        if self.meeting.body.item_numbering is ItemNumbering.YEAR:
            return f"punt {self.meeting.year}/{self.shown_number}"
        return f"{self.meeting.label}, punt {self.shown_number}"

    @property
    def standing(self) -> ItemState | OffAgenda:
        """Where it stands; what was taken off an agenda is not withdrawn unless its proposal is."""
        has_left = self.state is ItemState.WITHDRAWN and self.position == 0
        ended = self.proposal is not None and self.proposal.state is ProposalState.WITHDRAWN
        return OffAgenda.TAKEN_OFF if has_left and not ended else self.state

    @property
    def is_fixed(self) -> bool:
        """Whether the item keeps its place: first or last."""
        return self.kind in {ItemKind.MINUTES_APPROVAL, ItemKind.ANY_OTHER_BUSINESS}

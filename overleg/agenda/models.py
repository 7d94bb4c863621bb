"""Dossiers, proposals with their validation, agenda items, and agendas as they were sent."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from overleg.accounts.models import Person
from overleg.agenda.states import (
    Answer,
    Asked,
    ItemKind,
    ItemState,
    ProposalFunction,
    ProposalKind,
    ProposalState,
    RoundState,
)
from overleg.db import Identified, LongText, Ref
from overleg.documents.models import StoredFile
from overleg.documents.states import Circle
from overleg.organisations.models import Body, Organisation
from overleg.organisations.states import ValidatedBy
from overleg.scheduling.models import Meeting


class Dossier(Identified):
    """The topic through time: it threads proposals, treatments and outcomes, across bodies."""

    __tablename__ = "dossiers"

    title: Mapped[LongText]
    created_at_utc: Mapped[datetime]


class Proposal(Identified):
    """What somebody asks to put on a body's agenda."""

    __tablename__ = "proposals"
    __table_args__ = (
        CheckConstraint("minutes_needed BETWEEN 1 AND 480", name="minutes_needed"),
        CheckConstraint(
            "state NOT IN ('returned', 'refused', 'referred') OR state_reason <> ''",
            name="reason_given",
        ),
        CheckConstraint("state = 'draft' OR title <> ''", name="title_given"),
        Index(None, "body_id", "state"),
        Index(None, "submitter_id"),
        Index(None, "organisation_id"),
        Index(None, "dossier_id"),
    )

    dossier_id: Mapped[Ref] = mapped_column(ForeignKey("dossiers.id"))
    body_id: Mapped[Ref] = mapped_column(ForeignKey("bodies.id"))
    title: Mapped[LongText]
    explanation_html: Mapped[LongText] = mapped_column(default="")
    function: Mapped[ProposalFunction] = mapped_column(default=ProposalFunction.TUNING)
    kind: Mapped[ProposalKind] = mapped_column(default=ProposalKind.PROJECT)
    asked: Mapped[Asked] = mapped_column(default=Asked.DISCUSS)
    minutes_needed: Mapped[int] = mapped_column(default=15)
    circle: Mapped[Circle] = mapped_column(default=Circle.ADMINISTRATIONS)
    wished_meeting_id: Mapped[Ref | None] = mapped_column(ForeignKey("meetings.id"))
    submitter_id: Mapped[Ref] = mapped_column(ForeignKey("people.id"))
    organisation_id: Mapped[Ref] = mapped_column(ForeignKey("organisations.id"))
    created_by_id: Mapped[Ref] = mapped_column(ForeignKey("people.id"))
    state: Mapped[ProposalState] = mapped_column(default=ProposalState.DRAFT)
    state_reason: Mapped[LongText] = mapped_column(default="")
    referred_from_id: Mapped[Ref | None] = mapped_column(ForeignKey("proposals.id"))
    created_at_utc: Mapped[datetime]
    changed_at_utc: Mapped[datetime]
    submitted_at_utc: Mapped[datetime | None]
    revision: Mapped[int] = mapped_column(default=1)

    dossier: Mapped[Dossier] = relationship()
    body: Mapped[Body] = relationship()
    wished_meeting: Mapped[Meeting | None] = relationship()
    submitter: Mapped[Person] = relationship(foreign_keys=[submitter_id])
    organisation: Mapped[Organisation] = relationship()
    created_by: Mapped[Person] = relationship(foreign_keys=[created_by_id])
    referred_from: Mapped["Proposal | None"] = relationship(remote_side="Proposal.id")
    annexes: Mapped[list["Annex"]] = relationship(
        order_by="Annex.position", back_populates="proposal", cascade="all, delete-orphan"
    )
    rounds: Mapped[list["ValidationRound"]] = relationship(
        order_by="ValidationRound.opened_at_utc", back_populates="proposal"
    )

    __mapper_args__ = {"version_id_col": revision}  # noqa: RUF012 - SQLAlchemy's own type

    @property
    def journal_label(self) -> str:
        """How the journal calls it."""
        return f"“{self.title}”"


class Annex(Identified):
    """A file with a proposal, with its own circle (never wider than the proposal's)."""

    __tablename__ = "annexes"
    __table_args__ = (Index(None, "proposal_id"),)

    proposal_id: Mapped[Ref] = mapped_column(ForeignKey("proposals.id"))
    file_id: Mapped[Ref] = mapped_column(ForeignKey("stored_files.id"))
    title: Mapped[str]
    position: Mapped[int]
    circle: Mapped[Circle]

    proposal: Mapped[Proposal] = relationship(back_populates="annexes")
    file: Mapped[StoredFile] = relationship()

    @property
    def journal_label(self) -> str:
        """How the journal calls it."""
        return f"“{self.title}”"


class ValidationRound(Identified):
    """One validation step of one proposal, with the body's setting as it was when it opened."""

    __tablename__ = "validation_rounds"
    __table_args__ = (
        CheckConstraint("quorum >= 1", name="quorum"),
        CheckConstraint("majority_percent BETWEEN 1 AND 100", name="majority"),
        Index(None, "proposal_id"),
        Index(None, "state"),
    )

    proposal_id: Mapped[Ref] = mapped_column(ForeignKey("proposals.id"))
    position: Mapped[int]
    validated_by: Mapped[ValidatedBy]
    quorum: Mapped[int]
    majority_percent: Mapped[int]
    state: Mapped[RoundState] = mapped_column(default=RoundState.OPEN)
    opened_at_utc: Mapped[datetime]
    due_at_utc: Mapped[datetime]
    closed_at_utc: Mapped[datetime | None]

    proposal: Mapped[Proposal] = relationship(back_populates="rounds")
    votes: Mapped[list["ValidationVote"]] = relationship(
        order_by="ValidationVote.at_utc", back_populates="round"
    )


class ValidationVote(Identified):
    """What one validator answered; one answer per person and round, which may be changed."""

    __tablename__ = "validation_votes"
    __table_args__ = (
        UniqueConstraint("round_id", "person_id"),
        CheckConstraint("answer <> 'refer' OR refer_to_id IS NOT NULL", name="refer_to"),
    )

    round_id: Mapped[Ref] = mapped_column(ForeignKey("validation_rounds.id"))
    person_id: Mapped[Ref] = mapped_column(ForeignKey("people.id"))
    answer: Mapped[Answer]
    motive: Mapped[LongText] = mapped_column(default="")
    refer_to_id: Mapped[Ref | None] = mapped_column(ForeignKey("bodies.id"))
    at_utc: Mapped[datetime]

    round: Mapped[ValidationRound] = relationship(back_populates="votes")
    person: Mapped[Person] = relationship()
    refer_to: Mapped[Body | None] = relationship()


class AgendaItem(Identified):
    """A point on the agenda of one meeting. A postponed point continues as a new item later."""

    __tablename__ = "agenda_items"
    __table_args__ = (
        CheckConstraint("minutes_needed BETWEEN 0 AND 480", name="minutes_needed"),
        CheckConstraint("(kind = 'proposal') = (proposal_id IS NOT NULL)", name="proposal"),
        UniqueConstraint("meeting_id", "proposal_id"),
        Index(None, "meeting_id", "position"),
        Index(None, "proposal_id"),
    )

    meeting_id: Mapped[Ref] = mapped_column(ForeignKey("meetings.id"))
    proposal_id: Mapped[Ref | None] = mapped_column(ForeignKey("proposals.id"))
    continues_id: Mapped[Ref | None] = mapped_column(ForeignKey("agenda_items.id"))
    kind: Mapped[ItemKind]
    position: Mapped[int]
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

    @property
    def journal_label(self) -> str:
        """How the journal calls it."""
        return f"“{self.title}”"

    @property
    def is_fixed(self) -> bool:
        """Whether the item keeps its place: first or last."""
        return self.kind in {ItemKind.MINUTES_APPROVAL, ItemKind.ANY_OTHER_BUSINESS}


class AgendaVersion(Identified):
    """The agenda as it was sent: A, B, C. Never changed afterwards."""

    __tablename__ = "agenda_versions"
    __table_args__ = (UniqueConstraint("meeting_id", "letter"),)

    meeting_id: Mapped[Ref] = mapped_column(ForeignKey("meetings.id"))
    letter: Mapped[str]
    sent_at_utc: Mapped[datetime]
    sent_by_name: Mapped[str]
    message: Mapped[LongText] = mapped_column(default="")

    meeting: Mapped[Meeting] = relationship()
    items: Mapped[list["SentItem"]] = relationship(
        order_by="SentItem.number", back_populates="version"
    )


class SentItem(Identified):
    """One point of a sent agenda, with the words and names of that moment."""

    __tablename__ = "sent_items"
    __table_args__ = (UniqueConstraint("version_id", "number"), Index(None, "item_id"))

    version_id: Mapped[Ref] = mapped_column(ForeignKey("agenda_versions.id"))
    item_id: Mapped[Ref] = mapped_column(ForeignKey("agenda_items.id"))
    number: Mapped[int]
    title: Mapped[LongText]
    explanation_html: Mapped[LongText]
    submitter_label: Mapped[LongText]
    asked: Mapped[Asked]
    minutes_needed: Mapped[int]
    starts_at_utc: Mapped[datetime]
    circle: Mapped[Circle]

    version: Mapped[AgendaVersion] = relationship(back_populates="items")
    item: Mapped[AgendaItem] = relationship()
    annexes: Mapped[list["SentAnnex"]] = relationship(order_by="SentAnnex.position")


class SentAnnex(Identified):
    """An annex of a sent point: its title, circle and file of that moment."""

    __tablename__ = "sent_annexes"
    __table_args__ = (Index(None, "sent_item_id"), Index(None, "file_id"))

    sent_item_id: Mapped[Ref] = mapped_column(ForeignKey("sent_items.id"))
    file_id: Mapped[Ref] = mapped_column(ForeignKey("stored_files.id"))
    title: Mapped[str]
    position: Mapped[int]
    circle: Mapped[Circle]

    file: Mapped[StoredFile] = relationship()

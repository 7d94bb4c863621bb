"""Proposals: what somebody asks to put on an agenda, with who asks along and earlier words."""

from datetime import datetime
from typing import TYPE_CHECKING

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from overleg.accounts.models import Person
from overleg.agenda.models.annexes import Annex
from overleg.agenda.models.dossiers import Dossier
from overleg.agenda.states import (
    Asked,
    CoSubmitterState,
    ProposalFunction,
    ProposalKind,
    ProposalState,
)
from overleg.db import Identified, LongText, Ref, Revised
from overleg.documents.states import Circle
from overleg.organisations.models import Body, Organisation
from overleg.scheduling.models import Meeting

if TYPE_CHECKING:
    from overleg.agenda.models.validation import ValidationRound


class Proposal(Revised, Identified):
    """What somebody asks to put on a body's agenda."""

    __tablename__ = "proposals"
    __table_args__ = (
        CheckConstraint("minutes_needed BETWEEN 1 AND 480", name="minutes_needed"),
        CheckConstraint(
            "state NOT IN ('returned', 'refused', 'referred') OR state_reason <> ''",
            name="reason_given",
        ),
        CheckConstraint("state = 'draft' OR title <> ''", name="title_given"),
        CheckConstraint("NOT is_urgent OR urgent_motive <> ''", name="urgent_motive"),
        Index(None, "body_id", "state"),
        Index(None, "state"),
        Index(None, "asked_back_at_utc"),
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
    is_urgent: Mapped[bool] = mapped_column(default=False)
    urgent_motive: Mapped[LongText] = mapped_column(default="")
    asked_back_at_utc: Mapped[datetime | None]
    asked_back_reason: Mapped[LongText] = mapped_column(default="")
    referred_from_id: Mapped[Ref | None] = mapped_column(ForeignKey("proposals.id"))
    created_at_utc: Mapped[datetime]
    changed_at_utc: Mapped[datetime]
    submitted_at_utc: Mapped[datetime | None]

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
    co_submitters: Mapped[list["CoSubmitter"]] = relationship(
        order_by="CoSubmitter.asked_at_utc", back_populates="proposal", cascade="all, delete-orphan"
    )
    answers: Mapped[list["ProposalAnswer"]] = relationship(
        order_by="ProposalAnswer.position", cascade="all, delete-orphan"
    )
    rounds: Mapped[list["ValidationRound"]] = relationship(
        order_by="ValidationRound.opened_at_utc", back_populates="proposal"
    )

    @property
    def journal_label(self) -> str:
        """How the journal calls it."""
        return f"“{self.title}”"


class CoSubmitter(Identified):
    """Somebody who is asked to submit along, and confirms or declines.

    ``confirmed_words`` are those that were confirmed last; empty before that.
    """

    __tablename__ = "co_submitters"
    __table_args__ = (
        UniqueConstraint("proposal_id", "person_id"),
        CheckConstraint("(state = 'asked') = (answered_at_utc IS NULL)", name="answered"),
        Index(None, "person_id"),
    )

    proposal_id: Mapped[Ref] = mapped_column(ForeignKey("proposals.id"))
    person_id: Mapped[Ref] = mapped_column(ForeignKey("people.id"))
    organisation_id: Mapped[Ref] = mapped_column(ForeignKey("organisations.id"))
    state: Mapped[CoSubmitterState] = mapped_column(default=CoSubmitterState.ASKED)
    reason: Mapped[LongText] = mapped_column(default="")
    confirmed_words: Mapped[LongText] = mapped_column(default="")
    asked_at_utc: Mapped[datetime]
    answered_at_utc: Mapped[datetime | None]

    proposal: Mapped[Proposal] = relationship(back_populates="co_submitters")
    person: Mapped[Person] = relationship()
    organisation: Mapped[Organisation] = relationship()


class ProposalAnswer(Identified):
    """A question of the body with its answer; the question as it was worded then."""

    __tablename__ = "proposal_answers"
    __table_args__ = (UniqueConstraint("proposal_id", "position"),)

    proposal_id: Mapped[Ref] = mapped_column(ForeignKey("proposals.id"))
    position: Mapped[int]
    question: Mapped[str]
    is_required: Mapped[bool] = mapped_column(default=False)
    answer_html: Mapped[LongText] = mapped_column(default="")


class ProposalRevision(Identified):
    """The words of a proposal as somebody saved them after it was submitted; never changed."""

    __tablename__ = "proposal_revisions"
    __table_args__ = (UniqueConstraint("proposal_id", "number"),)

    proposal_id: Mapped[Ref] = mapped_column(ForeignKey("proposals.id"))
    number: Mapped[int]
    saved_at_utc: Mapped[datetime]
    saved_by_id: Mapped[Ref] = mapped_column(ForeignKey("people.id"))
    title: Mapped[LongText]
    explanation_html: Mapped[LongText]
    function: Mapped[ProposalFunction]
    kind: Mapped[ProposalKind]
    asked: Mapped[Asked]
    minutes_needed: Mapped[int]
    circle: Mapped[Circle]

    saved_by: Mapped[Person] = relationship()

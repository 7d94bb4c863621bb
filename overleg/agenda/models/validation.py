"""Validation: the steps a proposal goes through, and what people answered."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from overleg.accounts.models import Person
from overleg.agenda.models.proposals import Proposal
from overleg.agenda.states import (
    Advice,
    Answer,
    RoundState,
)
from overleg.db import Identified, LongText, Ref
from overleg.organisations.models import Body
from overleg.organisations.states import AdviceShown, Decides, ValidatedBy, WhenTimeIsOver


class ValidationRound(Identified):
    """One validation step of one proposal, with the body's setting as it was when it opened."""

    __tablename__ = "validation_rounds"
    __table_args__ = (
        CheckConstraint("quorum >= 1", name="quorum"),
        CheckConstraint("majority_percent BETWEEN 1 AND 100", name="majority"),
        CheckConstraint("(validated_by = 'body') = (asked_body_id IS NOT NULL)", name="asked_body"),
        CheckConstraint("(decided_by_id IS NULL) = (decision IS NULL)", name="decision"),
        Index(None, "proposal_id"),
        Index(None, "state", "validated_by", "proposal_id"),
    )

    proposal_id: Mapped[Ref] = mapped_column(ForeignKey("proposals.id"))
    position: Mapped[int]
    validated_by: Mapped[ValidatedBy]
    asked_body_id: Mapped[Ref | None] = mapped_column(ForeignKey("bodies.id"))
    quorum: Mapped[int]
    majority_percent: Mapped[int]
    decides: Mapped[Decides] = mapped_column(default=Decides.MAJORITY)
    may_return: Mapped[bool] = mapped_column(default=True)
    may_refuse: Mapped[bool] = mapped_column(default=True)
    may_refer: Mapped[bool] = mapped_column(default=True)
    when_time_is_over: Mapped[WhenTimeIsOver] = mapped_column(default=WhenTimeIsOver.REMIND)
    advice_shown: Mapped[AdviceShown] = mapped_column(default=AdviceShown.AFTER_OWN)
    state: Mapped[RoundState] = mapped_column(default=RoundState.OPEN)
    opened_at_utc: Mapped[datetime]
    due_at_utc: Mapped[datetime]
    reminded_at_utc: Mapped[datetime | None]
    passed_to_chair_at_utc: Mapped[datetime | None]
    decision: Mapped[Answer | None]
    decided_by_id: Mapped[Ref | None] = mapped_column(ForeignKey("people.id"))
    decision_reason: Mapped[LongText] = mapped_column(default="")
    closed_at_utc: Mapped[datetime | None]

    proposal: Mapped[Proposal] = relationship(back_populates="rounds")
    asked_body: Mapped[Body | None] = relationship()
    decided_by: Mapped[Person | None] = relationship()
    votes: Mapped[list["ValidationVote"]] = relationship(
        order_by="ValidationVote.at_utc", back_populates="round"
    )

    @property
    def is_passed_for_time(self) -> bool:
        """Whether the chair got it as the time was over; a referral that fell away comes sooner."""
        passed_at = self.passed_to_chair_at_utc
        return passed_at is not None and passed_at >= self.due_at_utc


class ValidationVote(Identified):
    """What one validator answered; one per person and round, may be changed.

    A committee gives an advice; ``answer`` is then what that advice comes down to.
    """

    __tablename__ = "validation_votes"
    __table_args__ = (
        UniqueConstraint("round_id", "person_id"),
        CheckConstraint("answer <> 'refer' OR refer_to_id IS NOT NULL", name="refer_to"),
    )

    round_id: Mapped[Ref] = mapped_column(ForeignKey("validation_rounds.id"))
    person_id: Mapped[Ref] = mapped_column(ForeignKey("people.id"))
    answer: Mapped[Answer]
    advice: Mapped[Advice | None]
    motive: Mapped[LongText] = mapped_column(default="")
    refer_to_id: Mapped[Ref | None] = mapped_column(ForeignKey("bodies.id"))
    at_utc: Mapped[datetime]

    round: Mapped[ValidationRound] = relationship(back_populates="votes")
    person: Mapped[Person] = relationship()
    refer_to: Mapped[Body | None] = relationship()

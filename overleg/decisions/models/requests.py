"""What a release asks of the municipalities, who joined or left since, and replies for all."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, Enum, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column, relationship

from overleg.db import Identified, LongText, Model, Ref
from overleg.decisions.models.outcomes import Outcome
from overleg.decisions.states import AskedOfOrgan, DueRule, Organ, OrganOrder, Step
from overleg.lib.dates import format_date
from overleg.organisations.models import Organisation


def _asked(name: str) -> Enum:
    """What one organ is asked; two columns of one table need a CHECK of their own name."""
    return Enum(
        AskedOfOrgan,
        name=name,
        native_enum=False,
        create_constraint=True,
        length=40,
        values_callable=lambda kind: [member.value for member in kind],
    )


class OutcomeRequest(Model):
    """Which organs decide on a released outcome, what is asked of each, and by when.

    ``due_on`` is the date itself, or the day after which the first council comes; days are
    calendar days in Brussels.
    """

    __tablename__ = "outcome_requests"
    __table_args__ = (
        CheckConstraint("(due_rule = 'open') = (due_on IS NULL)", name="due"),
        CheckConstraint(
            "(college_asked IS NULL) = (organs = 'council')"
            " AND (council_asked IS NULL) = (organs = 'college')",
            name="asked",
        ),
    )

    outcome_id: Mapped[Ref] = mapped_column(ForeignKey("outcomes.id"), primary_key=True)
    organs: Mapped[OrganOrder]
    college_asked: Mapped[AskedOfOrgan | None] = mapped_column(_asked("collegeasked"))
    council_asked: Mapped[AskedOfOrgan | None] = mapped_column(_asked("councilasked"))
    due_rule: Mapped[DueRule]
    due_on: Mapped[date | None]

    outcome: Mapped[Outcome] = relationship(back_populates="request")

    def asked_of(self, organ: Organ) -> AskedOfOrgan | None:
        """What this organ is asked; None when it is not."""
        return self.college_asked if organ is Organ.COLLEGE else self.council_asked

    @property
    def in_words(self) -> str:
        """``goedkeuring van het college, dan kennisname van de gemeenteraad, tegen 1 mei 2026``."""
        parts = [
            f"{asked.label} van {'het college' if organ is Organ.COLLEGE else 'de gemeenteraad'}"
            for organ in self.organs.organs
            if (asked := self.asked_of(organ)) is not None
        ]
        in_order = self.organs is OrganOrder.COLLEGE_THEN_COUNCIL
        asked_for = (", dan " if in_order else " en ").join(parts)
        return f"{asked_for}, {self.due_in_words}" if self.due_in_words else asked_for

    @property
    def due_in_words(self) -> str:
        """``tegen 1 mei 2026``, ``tegen de eerste gemeenteraad na 2 maart 2026``, or empty."""
        return due_in_words(self.due_rule, self.due_on)


def due_in_words(rule: DueRule, day: date | None) -> str:
    """By when, as a piece of a sentence; empty where no date was asked."""
    if day is None:
        return ""
    if rule is DueRule.BEFORE_COUNCIL:
        return f"tegen de eerste gemeenteraad na {format_date(day)}"
    return f"tegen {format_date(day)}"


class ParticipationStep(Identified):
    """A municipality stepped in after the release, or out; with the day and why."""

    __tablename__ = "participation_steps"
    __table_args__ = (
        Index(None, "outcome_id"),
        CheckConstraint("reason <> ''", name="explained"),
    )

    outcome_id: Mapped[Ref] = mapped_column(ForeignKey("outcomes.id"))
    organisation_id: Mapped[Ref] = mapped_column(ForeignKey("organisations.id"))
    step: Mapped[Step]
    on_day: Mapped[date]
    reason: Mapped[LongText]
    noted_by_name: Mapped[str]
    noted_at_utc: Mapped[datetime]

    outcome: Mapped[Outcome] = relationship(back_populates="steps")
    organisation: Mapped[Organisation] = relationship()


class RemarkReply(Identified):
    """What the trekker or the support staff replies to a remark, for all to read.

    The remark is kept as it was then; without a municipality it is a word to all of them.
    """

    __tablename__ = "remark_replies"
    __table_args__ = (
        Index(None, "outcome_id"),
        CheckConstraint("(organisation_id IS NULL) = (remark = '')", name="remark"),
    )

    outcome_id: Mapped[Ref] = mapped_column(ForeignKey("outcomes.id"))
    organisation_id: Mapped[Ref | None] = mapped_column(ForeignKey("organisations.id"))
    remark: Mapped[LongText] = mapped_column(default="")
    text: Mapped[LongText]
    replied_by_name: Mapped[str]
    replied_at_utc: Mapped[datetime]

    outcome: Mapped[Outcome] = relationship()
    organisation: Mapped[Organisation | None] = relationship()

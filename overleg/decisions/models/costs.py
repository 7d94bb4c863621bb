"""What an outcome costs each municipality."""

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from overleg.db import Identified, Model, Ref, RevisedAnew
from overleg.decisions.models.outcomes import Outcome
from overleg.decisions.states import CostRule
from overleg.organisations.models import Organisation


class CostSharing(RevisedAnew, Model):
    """How the costs of an outcome are shared out; the amounts are rows of their own.

    ``each_cents`` is the amount per municipality or per inhabitant, in euro cents; a table has
    none. ``purpose`` says what is paid and when: "per jaar, voor de jaren 2027 tot 2029".
    """

    __tablename__ = "cost_sharings"
    __table_args__ = (
        CheckConstraint("(rule = 'table') = (each_cents IS NULL)", name="each"),
        CheckConstraint("each_cents IS NULL OR each_cents > 0", name="positive"),
    )

    outcome_id: Mapped[Ref] = mapped_column(ForeignKey("outcomes.id"), primary_key=True)
    rule: Mapped[CostRule]
    each_cents: Mapped[int | None]
    purpose: Mapped[str] = mapped_column(default="")

    outcome: Mapped[Outcome] = relationship(back_populates="cost_sharing")


class MunicipalCost(Identified):
    """What one municipality pays according to one version of the text, in euro cents.

    ``inhabitants`` is the number it was worked out with, where it was.
    """

    __tablename__ = "municipal_costs"
    __table_args__ = (
        UniqueConstraint("outcome_id", "version_number", "organisation_id"),
        CheckConstraint("amount_cents >= 0", name="amount"),
    )

    outcome_id: Mapped[Ref] = mapped_column(ForeignKey("outcomes.id"))
    version_number: Mapped[int] = mapped_column(default=1)
    organisation_id: Mapped[Ref] = mapped_column(ForeignKey("organisations.id"), index=True)
    amount_cents: Mapped[int]
    inhabitants: Mapped[int | None]

    outcome: Mapped[Outcome] = relationship(back_populates="costs")
    organisation: Mapped[Organisation] = relationship(lazy="joined")

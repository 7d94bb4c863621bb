"""How the table came to an outcome, where a body wants that noted."""

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from overleg.db import Identified, LongText, Model, Ref, RevisedAnew
from overleg.decisions.models.outcomes import Outcome
from overleg.decisions.states import AgreedBy


class OutcomeVote(RevisedAnew, Model):
    """By consensus or by a vote; the numbers count in a vote only."""

    __tablename__ = "outcome_votes"
    __table_args__ = (
        CheckConstraint(
            "in_favour >= 0 AND against >= 0 AND abstained >= 0"
            " AND (agreed_by = 'vote' OR in_favour + against + abstained = 0)",
            name="counted",
        ),
    )

    outcome_id: Mapped[Ref] = mapped_column(ForeignKey("outcomes.id"), primary_key=True)
    agreed_by: Mapped[AgreedBy]
    in_favour: Mapped[int] = mapped_column(default=0)
    against: Mapped[int] = mapped_column(default=0)
    abstained: Mapped[int] = mapped_column(default=0)

    outcome: Mapped[Outcome] = relationship()
    reservations: Mapped[list["Reservation"]] = relationship(
        order_by="Reservation.who", cascade="all, delete-orphan"
    )


class Reservation(Identified):
    """Somebody went along with a reservation (*voorbehoud*), by name."""

    __tablename__ = "reservations"
    __table_args__ = (UniqueConstraint("outcome_id", "who"),)

    outcome_id: Mapped[Ref] = mapped_column(ForeignKey("outcome_votes.outcome_id"))
    who: Mapped[str]
    reason: Mapped[LongText] = mapped_column(default="")

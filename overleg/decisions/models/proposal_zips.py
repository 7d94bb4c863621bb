"""All proposals of an outcome in one file."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column, relationship

from overleg.agenda.states import BundleState
from overleg.db import Identified, LongText, Ref
from overleg.decisions.models.outcomes import Outcome
from overleg.organisations.models import Organisation


class ProposalZip(Identified):
    """One zip of an outcome's proposals: of all municipalities, or of one.

    ``contents`` tells what it was made of: when a text or a form changed since, it is made anew.
    """

    __tablename__ = "proposal_zips"
    __table_args__ = (
        Index(None, "outcome_id", "organisation_id"),
        CheckConstraint("(state = 'waiting') = (made_at_utc IS NULL)", name="made"),
    )

    outcome_id: Mapped[Ref] = mapped_column(ForeignKey("outcomes.id"))
    organisation_id: Mapped[Ref | None] = mapped_column(ForeignKey("organisations.id"))
    state: Mapped[BundleState] = mapped_column(default=BundleState.WAITING)
    contents: Mapped[str]
    version_number: Mapped[int]
    done: Mapped[int] = mapped_column(default=0)
    total: Mapped[int] = mapped_column(default=0)
    size_bytes: Mapped[int] = mapped_column(default=0)
    problem: Mapped[LongText] = mapped_column(default="")
    asked_at_utc: Mapped[datetime]
    started_at_utc: Mapped[datetime | None]
    made_at_utc: Mapped[datetime | None]

    outcome: Mapped[Outcome] = relationship()
    organisation: Mapped[Organisation | None] = relationship()

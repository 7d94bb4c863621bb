"""All proposals of an outcome in one file."""

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column, relationship

from overleg.agenda.models.asked_files import AskedFile
from overleg.db import Ref
from overleg.decisions.models.outcomes import Outcome
from overleg.organisations.models import Organisation


class ProposalZip(AskedFile):
    """One zip of an outcome's proposals: of all municipalities, or of one."""

    __tablename__ = "proposal_zips"
    __table_args__ = (
        Index(None, "outcome_id", "organisation_id"),
        CheckConstraint("(state = 'waiting') = (made_at_utc IS NULL)", name="made"),
    )

    outcome_id: Mapped[Ref] = mapped_column(ForeignKey("outcomes.id"))
    organisation_id: Mapped[Ref | None] = mapped_column(ForeignKey("organisations.id"))
    version_number: Mapped[int]

    outcome: Mapped[Outcome] = relationship()
    organisation: Mapped[Organisation | None] = relationship()

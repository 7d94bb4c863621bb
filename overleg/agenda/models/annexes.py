"""Annexes of proposals, with the files they were before."""

from typing import TYPE_CHECKING

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from overleg.db import Identified, Ref, Revised
from overleg.documents.models import StoredFile
from overleg.documents.states import Circle

if TYPE_CHECKING:
    from overleg.agenda.models.proposals import Proposal


class Annex(Revised, Identified):
    """A file with a proposal, with its own circle (never wider than the proposal's)."""

    __tablename__ = "annexes"
    __table_args__ = (Index(None, "proposal_id"),)

    proposal_id: Mapped[Ref] = mapped_column(ForeignKey("proposals.id"))
    file_id: Mapped[Ref] = mapped_column(ForeignKey("stored_files.id"))
    title: Mapped[str]
    position: Mapped[int]
    circle: Mapped[Circle]

    proposal: Mapped["Proposal"] = relationship(back_populates="annexes")
    file: Mapped[StoredFile] = relationship()
    versions: Mapped[list["AnnexVersion"]] = relationship(
        order_by="AnnexVersion.number", cascade="all, delete-orphan"
    )

    __mapper_args__ = {}  # noqa: RUF012 - SQLAlchemy's own type; its revisions are those of its title

    @property
    def journal_label(self) -> str:
        """How the journal calls it."""
        return f"“{self.title}”"


class AnnexVersion(Identified):
    """A file that this annex was; the last one is the annex's own."""

    __tablename__ = "annex_versions"
    __table_args__ = (UniqueConstraint("annex_id", "number"), Index(None, "file_id"))

    annex_id: Mapped[Ref] = mapped_column(ForeignKey("annexes.id"))
    number: Mapped[int]
    file_id: Mapped[Ref] = mapped_column(ForeignKey("stored_files.id"))

    file: Mapped[StoredFile] = relationship()

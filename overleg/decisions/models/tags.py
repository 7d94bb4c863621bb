"""Labels on municipalities, to choose them together: "Westrand"."""

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from overleg.db import Identified, Model, Ref, Revised
from overleg.organisations.models import Organisation


class MunicipalityTag(Revised, Identified):
    """A label of one body, or of a region and so of all its bodies."""

    __tablename__ = "municipality_tags"
    __table_args__ = (
        UniqueConstraint("body_id", "name"),
        UniqueConstraint("region_id", "name"),
        CheckConstraint("(body_id IS NULL) <> (region_id IS NULL)", name="whose"),
    )

    body_id: Mapped[Ref | None] = mapped_column(ForeignKey("bodies.id"))
    region_id: Mapped[Ref | None] = mapped_column(ForeignKey("organisations.id"))
    name: Mapped[str]

    municipalities: Mapped[list[Organisation]] = relationship(
        secondary="tagged_municipalities", order_by=Organisation.name
    )

    @property
    def journal_label(self) -> str:
        """How the journal calls it."""
        return f"“{self.name}”"


class TaggedMunicipality(Model):
    """A municipality has a label."""

    __tablename__ = "tagged_municipalities"

    tag_id: Mapped[Ref] = mapped_column(ForeignKey("municipality_tags.id"), primary_key=True)
    organisation_id: Mapped[Ref] = mapped_column(
        ForeignKey("organisations.id"), primary_key=True, index=True
    )

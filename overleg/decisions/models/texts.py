"""The one text from which every municipality's proposal is made, and its versions."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from overleg.db import Identified, LongText, Model, Ref, Revised
from overleg.decisions.models.outcomes import Outcome


class TextSections:
    """The parts of a proposal in a municipality's usual order; a part may be empty."""

    subject: Mapped[LongText]
    summary_html: Mapped[LongText] = mapped_column(default="")
    background_html: Mapped[LongText] = mapped_column(default="")
    competence_html: Mapped[LongText] = mapped_column(default="")
    regulation_html: Mapped[LongText] = mapped_column(default="")
    arguments_html: Mapped[LongText] = mapped_column(default="")
    advice_html: Mapped[LongText] = mapped_column(default="")
    finances_html: Mapped[LongText] = mapped_column(default="")
    articles_html: Mapped[LongText]


class CanonicalText(Revised, TextSections, Model):
    """The text as it is now; fixed by the release, after which it only changes by a version."""

    __tablename__ = "canonical_texts"
    __table_args__ = (CheckConstraint("version_number >= 1", name="version_number"),)

    outcome_id: Mapped[Ref] = mapped_column(ForeignKey("outcomes.id"), primary_key=True)
    version_number: Mapped[int] = mapped_column(default=1)
    changed_at_utc: Mapped[datetime]

    outcome: Mapped[Outcome] = relationship(back_populates="text")


class TextVersion(TextSections, Identified):
    """The text as it was issued; number 1 by the release, each later one with its reason."""

    __tablename__ = "text_versions"
    __table_args__ = (
        UniqueConstraint("outcome_id", "number"),
        CheckConstraint("number >= 1", name="number"),
        CheckConstraint("number = 1 OR reason <> ''", name="correction_explained"),
    )

    outcome_id: Mapped[Ref] = mapped_column(ForeignKey("outcomes.id"))
    number: Mapped[int]
    reason: Mapped[LongText] = mapped_column(default="")
    issued_by_name: Mapped[str]
    issued_at_utc: Mapped[datetime]

    outcome: Mapped[Outcome] = relationship(back_populates="versions")

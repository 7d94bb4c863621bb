"""The one text from which every municipality's proposal is made."""

from datetime import datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from overleg.db import LongText, Model, Ref
from overleg.decisions.models.outcomes import Outcome


class CanonicalText(Model):
    """The one text from which every municipality's proposal is made; a part may be empty."""

    __tablename__ = "canonical_texts"

    outcome_id: Mapped[Ref] = mapped_column(ForeignKey("outcomes.id"), primary_key=True)
    subject: Mapped[LongText]
    summary_html: Mapped[LongText] = mapped_column(default="")
    background_html: Mapped[LongText] = mapped_column(default="")
    competence_html: Mapped[LongText] = mapped_column(default="")
    regulation_html: Mapped[LongText] = mapped_column(default="")
    arguments_html: Mapped[LongText] = mapped_column(default="")
    advice_html: Mapped[LongText] = mapped_column(default="")
    finances_html: Mapped[LongText] = mapped_column(default="")
    articles_html: Mapped[LongText]
    changed_at_utc: Mapped[datetime]
    revision: Mapped[int] = mapped_column(default=1)

    outcome: Mapped[Outcome] = relationship(back_populates="text")

    __mapper_args__ = {"version_id_col": revision}  # noqa: RUF012 - SQLAlchemy's own type

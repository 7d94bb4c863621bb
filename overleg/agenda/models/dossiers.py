"""Dossiers: topics through time, with their themes and the dossiers they belong with."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from overleg.accounts.models import Person
from overleg.db import Identified, LongText, Model, Ref, Revised
from overleg.documents.states import Circle
from overleg.organisations.models import Organisation


class Theme(Revised, Identified):
    """A tag on dossiers, the same in every body: mobiliteit, veiligheid."""

    __tablename__ = "themes"

    name: Mapped[str] = mapped_column(unique=True)


class DossierTheme(Model):
    """A dossier is about a theme."""

    __tablename__ = "dossier_themes"

    dossier_id: Mapped[Ref] = mapped_column(ForeignKey("dossiers.id"), primary_key=True)
    theme_id: Mapped[Ref] = mapped_column(ForeignKey("themes.id"), primary_key=True, index=True)


class DossierLink(Model):
    """Two dossiers belong together; the pair is kept once, the lower id first."""

    __tablename__ = "dossier_links"
    __table_args__ = (CheckConstraint("first_id < second_id", name="order"),)

    first_id: Mapped[Ref] = mapped_column(ForeignKey("dossiers.id"), primary_key=True)
    second_id: Mapped[Ref] = mapped_column(ForeignKey("dossiers.id"), primary_key=True, index=True)


class Dossier(Revised, Identified):
    """The topic through time: it threads proposals, treatments and outcomes, across bodies.

    ``owner`` and ``contact`` are the *trekker*. The circle is that of its title and summary: who
    does not read it sees the parts of the dossier that are for them, without these.
    """

    __tablename__ = "dossiers"

    title: Mapped[LongText]
    summary_html: Mapped[LongText] = mapped_column(default="")
    circle: Mapped[Circle] = mapped_column(default=Circle.ADMINISTRATIONS)
    owner_id: Mapped[Ref | None] = mapped_column(ForeignKey("organisations.id"))
    contact_id: Mapped[Ref | None] = mapped_column(ForeignKey("people.id"))
    created_at_utc: Mapped[datetime]

    owner: Mapped[Organisation | None] = relationship()
    contact: Mapped[Person | None] = relationship()
    themes: Mapped[list[Theme]] = relationship(secondary="dossier_themes", order_by=Theme.name)

    @property
    def journal_label(self) -> str:
        """How the journal calls it."""
        return f"“{self.title}”"

"""The form that a municipality gives its proposals: settings, and Word templates of its own."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from overleg.agenda.models.asked_files import AskedFile
from overleg.agenda.states import BundleState
from overleg.db import Identified, LongText, Model, Ref, Revised
from overleg.documents.models import StoredFile
from overleg.organisations.models import Organisation
from overleg.word.contexts import PaperKind
from overleg.word.states import ArticleStyle, ProposalPart


class HouseStyle(Revised, Model):
    """The settings of one municipality; what is empty stays as in our own form."""

    __tablename__ = "house_styles"

    organisation_id: Mapped[Ref] = mapped_column(ForeignKey("organisations.id"), primary_key=True)
    government_name: Mapped[str] = mapped_column(default="")
    address: Mapped[LongText] = mapped_column(default="")
    logo_id: Mapped[Ref | None] = mapped_column(ForeignKey("stored_files.id"))
    portfolio_holder: Mapped[str] = mapped_column(default="")
    article_style: Mapped[ArticleStyle] = mapped_column(default=ArticleStyle.FULL)
    dossier_pattern: Mapped[str] = mapped_column(default="")
    college_competence_html: Mapped[LongText] = mapped_column(default="")
    council_competence_html: Mapped[LongText] = mapped_column(default="")
    regulation_html: Mapped[LongText] = mapped_column(default="")
    changed_at_utc: Mapped[datetime]
    changed_by_name: Mapped[str]

    organisation: Mapped[Organisation] = relationship()
    logo: Mapped[StoredFile | None] = relationship()
    parts: Mapped[list["HouseStylePart"]] = relationship(
        order_by="HouseStylePart.position", cascade="all, delete-orphan"
    )


class HouseStylePart(Model):
    """The place and heading of one part of a municipality's proposals."""

    __tablename__ = "house_style_parts"
    __table_args__ = (
        CheckConstraint("position BETWEEN 1 AND 8", name="position"),
        CheckConstraint("part <> 'decision' OR NOT left_out", name="decision_stays"),
    )

    organisation_id: Mapped[Ref] = mapped_column(
        ForeignKey("house_styles.organisation_id"), primary_key=True
    )
    part: Mapped[ProposalPart] = mapped_column(primary_key=True)
    position: Mapped[int]
    heading: Mapped[str] = mapped_column(default="")
    left_out: Mapped[bool] = mapped_column(default=False)


class OwnTemplate(Identified):
    """A version of a municipality's own Word template for one kind of paper.

    ``kind`` is the value of a ``PaperKind``, open to kinds that come later. At most one version per
    kind is in use; without one, our own template is taken.
    """

    __tablename__ = "own_templates"
    __table_args__ = (
        UniqueConstraint("organisation_id", "kind", "number"),
        Index(
            "uq_own_templates_in_use",
            "organisation_id",
            "kind",
            unique=True,
            sqlite_where=text("in_use"),
            postgresql_where=text("in_use"),
        ),
        CheckConstraint("number >= 1", name="number"),
    )

    organisation_id: Mapped[Ref] = mapped_column(ForeignKey("organisations.id"))
    kind: Mapped[str]
    number: Mapped[int]
    file_id: Mapped[Ref] = mapped_column(ForeignKey("stored_files.id"))
    in_use: Mapped[bool] = mapped_column(default=False)
    uploaded_by_name: Mapped[str]
    uploaded_at_utc: Mapped[datetime]

    organisation: Mapped[Organisation] = relationship()
    file: Mapped[StoredFile] = relationship()
    asked_preview: Mapped["TemplatePreview"] = relationship(back_populates="template")

    @property
    def preview(self) -> BundleState:
        """How far its preview is."""
        return self.asked_preview.state

    @property
    def paper_kind(self) -> PaperKind:
        """What it is a template for."""
        return PaperKind(self.kind)

    @property
    def journal_label(self) -> str:
        """How the journal calls it."""
        return f"versie {self.number} van het {self.kind} van {self.organisation.name}"


class TemplatePreview(AskedFile):
    """An own template filled in with sample data; kept as long as the template."""

    __tablename__ = "template_previews"
    __table_args__ = (CheckConstraint("(state = 'waiting') = (made_at_utc IS NULL)", name="made"),)

    template_id: Mapped[Ref] = mapped_column(ForeignKey("own_templates.id"), unique=True)

    template: Mapped[OwnTemplate] = relationship(back_populates="asked_preview")

"""What bodies use again: questions for proposals, and recurring points for agendas."""

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from overleg.agenda.states import (
    Asked,
    ProposalKind,
)
from overleg.db import Identified, LongText, Ref, Revised
from overleg.documents.states import Circle


class ProposalTemplate(Revised, Identified):
    """What a body wants answered in a proposal of one kind, or of any kind without its own."""

    __tablename__ = "proposal_templates"
    __table_args__ = (UniqueConstraint("body_id", "kind"),)

    body_id: Mapped[Ref] = mapped_column(ForeignKey("bodies.id"))
    kind: Mapped[ProposalKind | None]

    questions: Mapped[list["TemplateQuestion"]] = relationship(
        order_by="TemplateQuestion.position", cascade="all, delete-orphan"
    )


class TemplateQuestion(Identified):
    """One question of a proposal template."""

    __tablename__ = "template_questions"
    __table_args__ = (UniqueConstraint("template_id", "position"),)

    template_id: Mapped[Ref] = mapped_column(ForeignKey("proposal_templates.id"))
    position: Mapped[int]
    question: Mapped[str]
    hint: Mapped[LongText] = mapped_column(default="")
    is_required: Mapped[bool] = mapped_column(default=False)


class AgendaTemplate(Revised, Identified):
    """Points that a body puts on its agendas again and again; the default one is offered first."""

    __tablename__ = "agenda_templates"
    __table_args__ = (UniqueConstraint("body_id", "name"),)

    body_id: Mapped[Ref] = mapped_column(ForeignKey("bodies.id"))
    name: Mapped[str]
    is_default: Mapped[bool] = mapped_column(default=False)

    items: Mapped[list["AgendaTemplateItem"]] = relationship(
        order_by="AgendaTemplateItem.position", cascade="all, delete-orphan"
    )


class AgendaTemplateItem(Identified):
    """A recurring point: "Mededelingen vervoerregio"."""

    __tablename__ = "agenda_template_items"
    __table_args__ = (
        CheckConstraint("minutes_needed BETWEEN 0 AND 480", name="minutes_needed"),
        Index(None, "template_id"),
    )

    template_id: Mapped[Ref] = mapped_column(ForeignKey("agenda_templates.id"))
    position: Mapped[int]
    title: Mapped[LongText]
    explanation_html: Mapped[LongText] = mapped_column(default="")
    section: Mapped[str] = mapped_column(default="")
    asked: Mapped[Asked] = mapped_column(default=Asked.NOTE)
    minutes_needed: Mapped[int] = mapped_column(default=5)
    circle: Mapped[Circle] = mapped_column(default=Circle.ADMINISTRATIONS)

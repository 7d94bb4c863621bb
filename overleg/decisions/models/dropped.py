"""Outcomes that were noted by mistake and taken away: what they said stays readable."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column, relationship

from overleg.agenda.models import AgendaItem
from overleg.db import Identified, LongText, Ref
from overleg.decisions.states import OutcomeKind


class DroppedOutcome(Identified):
    """What an outcome said; it has the id that the outcome had, and gives it back.

    ``agreement`` is how the table came to it, as JSON (see ``Agreement``), empty where not noted.
    """

    __tablename__ = "dropped_outcomes"
    __table_args__ = (Index(None, "item_id"), CheckConstraint("reason <> ''", name="explained"))

    item_id: Mapped[Ref] = mapped_column(ForeignKey("agenda_items.id"))
    kind: Mapped[OutcomeKind]
    title: Mapped[LongText]
    text_html: Mapped[LongText]
    agreement: Mapped[LongText] = mapped_column(default="")
    noted_by_name: Mapped[str]
    noted_at_utc: Mapped[datetime]
    reason: Mapped[LongText]
    dropped_by_name: Mapped[str]
    dropped_at_utc: Mapped[datetime]

    item: Mapped[AgendaItem] = relationship()

"""What somebody will do after the meeting."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column, relationship

from overleg.accounts.models import Person
from overleg.agenda.models import AgendaItem
from overleg.db import Identified, LongText, Ref, Revised
from overleg.decisions.states import ActionState
from overleg.organisations.models import Organisation


class ActionItem(Revised, Identified):
    """Something a person or an organisation does by a day; ``who`` keeps the name of that day."""

    __tablename__ = "action_items"
    __table_args__ = (
        CheckConstraint("person_id IS NULL OR organisation_id IS NULL", name="one_who_does"),
        CheckConstraint("(state = 'done') = (done_at_utc IS NOT NULL)", name="done"),
        Index(None, "item_id"),
        Index(None, "person_id", "state"),
        Index(None, "organisation_id", "state"),
    )

    item_id: Mapped[Ref] = mapped_column(ForeignKey("agenda_items.id"))
    text: Mapped[LongText]
    who: Mapped[str]
    person_id: Mapped[Ref | None] = mapped_column(ForeignKey("people.id"))
    organisation_id: Mapped[Ref | None] = mapped_column(ForeignKey("organisations.id"))
    due_on: Mapped[date | None]
    state: Mapped[ActionState] = mapped_column(default=ActionState.OPEN)
    noted_by_name: Mapped[str]
    noted_at_utc: Mapped[datetime]
    done_at_utc: Mapped[datetime | None]
    done_by_name: Mapped[str] = mapped_column(default="")

    item: Mapped[AgendaItem] = relationship()
    person: Mapped[Person | None] = relationship()
    organisation: Mapped[Organisation | None] = relationship()

    @property
    def journal_label(self) -> str:
        """How the journal calls it."""
        return f"“{self.text}”"

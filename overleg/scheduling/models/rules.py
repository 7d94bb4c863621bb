"""What a body asks of its dates."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column, relationship

from overleg.db import Identified, Ref
from overleg.lib.text import count_of
from overleg.organisations.models import Body
from overleg.scheduling.states import RuleKind


class DateRule(Identified):
    """One rule of a body; hard when a date that breaks it is wrong, else it is rather not so."""

    __tablename__ = "date_rules"
    __table_args__ = (
        Index(None, "body_id"),
        Index(None, "other_body_id"),
        CheckConstraint(
            "(kind IN ('after', 'days_before', 'at_least_before')) = (other_body_id IS NOT NULL)",
            name="other_body",
        ),
        CheckConstraint("other_body_id <> body_id", name="another_body"),
        CheckConstraint("minutes >= 0 AND days >= 0", name="not_negative"),
    )

    body_id: Mapped[Ref] = mapped_column(ForeignKey("bodies.id"))
    kind: Mapped[RuleKind]
    other_body_id: Mapped[Ref | None] = mapped_column(ForeignKey("bodies.id"))
    minutes: Mapped[int] = mapped_column(default=0)
    """How long after the other body's end this one begins."""
    days: Mapped[int] = mapped_column(default=0)
    is_same_place: Mapped[bool] = mapped_column(default=False)
    is_hard: Mapped[bool] = mapped_column(default=True)
    added_at_utc: Mapped[datetime]

    body: Mapped[Body] = relationship(foreign_keys=[body_id])
    other_body: Mapped[Body | None] = relationship(foreign_keys=[other_body_id])

    @property
    def sentence(self) -> str:
        """``op dezelfde dag als de Zoneraad Midwest, 15 minuten erna, op dezelfde plaats``."""
        other = self.other_body.the_name if self.other_body is not None else ""
        match self.kind:
            case RuleKind.AFTER:
                after = count_of(self.minutes, "minuut", "minuten") if self.minutes else "meteen"
                place = ", op dezelfde plaats" if self.is_same_place else ""
                return f"op dezelfde dag als {other}, {after} erna{place}"
            case RuleKind.DAYS_BEFORE:
                return f"{count_of(self.days, 'dag', 'dagen')} voor {other}"
            case RuleKind.AT_LEAST_BEFORE:
                return f"minstens {count_of(self.days, 'dag', 'dagen')} voor {other}"
        return self.kind.label

    @property
    def journal_label(self) -> str:
        """How the journal calls it."""
        return f"“{self.sentence}” van {self.body.the_name}"

"""Reminding municipalities: a body's habits, what was sent, and what waits a while."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column, relationship

from overleg.db import Identified, LongText, Model, Ref
from overleg.decisions.models.follow_up import FollowUp
from overleg.decisions.models.outcomes import Outcome

BEFORE_DAYS, EVERY_DAYS, ESCALATE_AFTER_DAYS = 7, 7, 14


class ReminderSettings(Model):
    """When a body reminds; a body without a row has the usual days. All in calendar days."""

    __tablename__ = "reminder_settings"
    __table_args__ = (
        CheckConstraint("before_days BETWEEN 0 AND 60", name="before"),
        CheckConstraint("every_days BETWEEN 1 AND 60", name="every"),
        CheckConstraint("escalate_after_days BETWEEN 1 AND 180", name="escalate"),
    )

    body_id: Mapped[Ref] = mapped_column(ForeignKey("bodies.id"), primary_key=True)
    before_days: Mapped[int] = mapped_column(default=BEFORE_DAYS)
    """So many days before the date; 0 is not before."""
    every_days: Mapped[int] = mapped_column(default=EVERY_DAYS)
    """After the date, once in so many days."""
    escalate_after_days: Mapped[int] = mapped_column(default=ESCALATE_AFTER_DAYS)
    """So many days after the date the general director and support staff are told too."""
    changed_by_name: Mapped[str]
    changed_at_utc: Mapped[datetime]


class ReminderPause(Identified):
    """No reminders of an outcome, or of one of its rows, up to and including a day."""

    __tablename__ = "reminder_pauses"
    __table_args__ = (
        Index(None, "outcome_id"),
        Index(None, "follow_up_id"),
        CheckConstraint("reason <> ''", name="explained"),
    )

    outcome_id: Mapped[Ref] = mapped_column(ForeignKey("outcomes.id"))
    follow_up_id: Mapped[Ref | None] = mapped_column(ForeignKey("follow_ups.id"))
    until: Mapped[date]
    reason: Mapped[LongText]
    paused_by_name: Mapped[str]
    paused_at_utc: Mapped[datetime]

    outcome: Mapped[Outcome] = relationship()
    follow_up: Mapped[FollowUp | None] = relationship()


class ReminderSent(Model):
    """A row that stood in somebody's reminder of a day: one mail a day for each person."""

    __tablename__ = "reminders_sent"
    __table_args__ = (Index(None, "person_id", "sent_on"),)

    follow_up_id: Mapped[Ref] = mapped_column(ForeignKey("follow_ups.id"), primary_key=True)
    person_id: Mapped[Ref] = mapped_column(ForeignKey("people.id"), primary_key=True)
    sent_on: Mapped[date] = mapped_column(primary_key=True)
    is_escalation: Mapped[bool] = mapped_column(default=False)

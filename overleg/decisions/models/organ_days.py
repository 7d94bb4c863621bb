"""When a municipality's college and council meet: a rule for each, and the days that differ."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from overleg.db import Identified, Model, Ref, Revised
from overleg.decisions.states import Organ
from overleg.organisations.models import Organisation
from overleg.scheduling.rhythm import RhythmKind


class OrganCalendar(Revised, Model):
    """When a college or council meets, as what is saved at once: its rule and the typed days."""

    __tablename__ = "organ_calendars"

    organisation_id: Mapped[Ref] = mapped_column(ForeignKey("organisations.id"), primary_key=True)
    organ: Mapped[Organ] = mapped_column(primary_key=True)


class OrganRule(Model):
    """How often a college or council meets; days are calendar days in Brussels."""

    __tablename__ = "organ_rules"
    __table_args__ = (
        CheckConstraint("weekday BETWEEN 0 AND 6", name="weekday"),
        CheckConstraint("nth IN (-1, 1, 2, 3, 4)", name="nth"),
        CheckConstraint("every_weeks BETWEEN 1 AND 8", name="every_weeks"),
    )

    organisation_id: Mapped[Ref] = mapped_column(ForeignKey("organisations.id"), primary_key=True)
    organ: Mapped[Organ] = mapped_column(primary_key=True)
    kind: Mapped[RhythmKind]
    weekday: Mapped[int]
    """0 is Monday."""
    nth: Mapped[int] = mapped_column(default=1)
    """Which of the month, for a monthly rule; -1 is the last."""
    every_weeks: Mapped[int] = mapped_column(default=1)
    first_day: Mapped[date]
    """From when the rule counts, and the week that others are counted from."""
    changed_by_name: Mapped[str]
    changed_at_utc: Mapped[datetime]

    organisation: Mapped[Organisation] = relationship()


class OrganDay(Identified):
    """A day on which a college or council meets besides its rule, or does not meet after all."""

    __tablename__ = "organ_days"
    __table_args__ = (
        UniqueConstraint("organisation_id", "organ", "day"),
        Index(None, "day"),
    )

    organisation_id: Mapped[Ref] = mapped_column(ForeignKey("organisations.id"))
    organ: Mapped[Organ]
    day: Mapped[date]
    meets: Mapped[bool]
    from_file: Mapped[bool] = mapped_column(default=False)
    """Read from the municipality's own calendar; a newer file takes its place."""
    added_by_name: Mapped[str]
    added_at_utc: Mapped[datetime]

    organisation: Mapped[Organisation] = relationship()

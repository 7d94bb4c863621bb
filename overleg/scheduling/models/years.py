"""Years of meetings in the making: the rhythm that was asked, and what was said of its dates."""

from datetime import date, datetime, time

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from overleg.db import Identified, LongText, Model, Ref, Revised
from overleg.organisations.models import Body
from overleg.scheduling.states import YearKind


class PlannedYear(Revised, Identified):
    """What is asked for the years of one body, until they are planned; hours are of Brussels."""

    __tablename__ = "planned_years"
    __table_args__ = (
        CheckConstraint("last_day >= first_day", name="period"),
        CheckConstraint("ends_at_hour > starts_at_hour", name="ends_after_start"),
        CheckConstraint("weekday BETWEEN 0 AND 6", name="weekday"),
        CheckConstraint("nth BETWEEN -1 AND 4", name="nth"),
        CheckConstraint("every_weeks >= 1 AND times >= 1", name="often"),
    )

    body_id: Mapped[Ref] = mapped_column(ForeignKey("bodies.id"), unique=True)
    kind: Mapped[YearKind]
    weekday: Mapped[int]
    nth: Mapped[int]
    every_weeks: Mapped[int]
    times: Mapped[int]
    first_day: Mapped[date]
    last_day: Mapped[date]
    skips_summer: Mapped[bool] = mapped_column(default=False)
    starts_at_hour: Mapped[time]
    ends_at_hour: Mapped[time]
    place: Mapped[str] = mapped_column(default="")
    online_url: Mapped[LongText] = mapped_column(default="")
    changed_by_name: Mapped[str]
    changed_at_utc: Mapped[datetime]

    body: Mapped[Body] = relationship()
    dates: Mapped[list["PlannedDate"]] = relationship(
        back_populates="year", cascade="all, delete-orphan", order_by="PlannedDate.wished_on"
    )


class PlannedDate(Identified):
    """What a person said of one wish: another date, or no meeting."""

    __tablename__ = "planned_dates"
    __table_args__ = (
        UniqueConstraint("year_id", "wished_on"),
        CheckConstraint("is_left_out = (starts_at_utc IS NULL)", name="left_out"),
        CheckConstraint("(starts_at_utc IS NULL) = (ends_at_utc IS NULL)", name="both_hours"),
        CheckConstraint("ends_at_utc > starts_at_utc", name="ends_after_start"),
    )

    year_id: Mapped[Ref] = mapped_column(ForeignKey("planned_years.id"))
    wished_on: Mapped[date]
    """The day that the rhythm asks: what the wish is known by."""
    starts_at_utc: Mapped[datetime | None]
    ends_at_utc: Mapped[datetime | None]
    place: Mapped[str] = mapped_column(default="")
    is_left_out: Mapped[bool] = mapped_column(default=False)
    is_own: Mapped[bool] = mapped_column(default=False)
    """Whether the date was typed, and not picked from what was proposed."""

    year: Mapped[PlannedYear] = relationship(back_populates="dates")


class TravelTime(Model):
    """How long the people of a body need to come from another place."""

    __tablename__ = "travel_times"
    __table_args__ = (CheckConstraint("minutes BETWEEN 0 AND 240", name="minutes"),)

    body_id: Mapped[Ref] = mapped_column(ForeignKey("bodies.id"), primary_key=True)
    minutes: Mapped[int]

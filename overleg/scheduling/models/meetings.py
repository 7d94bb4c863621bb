"""Meetings and the series they come from."""

from datetime import date, datetime, time, timedelta

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from overleg.db import Identified, LongText, Ref, Revised
from overleg.lib.dates import format_date, local_date
from overleg.organisations.models import Body
from overleg.scheduling.states import MeetingState


class MeetingSeries(Identified):
    """A rhythm from which meetings were made; kept to tell which belong together."""

    __tablename__ = "meeting_series"

    body_id: Mapped[Ref] = mapped_column(ForeignKey("bodies.id"))
    rule: Mapped[LongText]
    first_day: Mapped[date]
    last_day: Mapped[date]
    starts_at_hour: Mapped[time]
    created_at_utc: Mapped[datetime]

    body: Mapped[Body] = relationship()


def meeting_label(year: int, number: int) -> str:
    """The number of a meeting as people write it: ``2026/07``."""
    return f"{year}/{number:02}"


class Meeting(Revised, Identified):
    """One meeting of a body, numbered per year: 2026/07.

    ``is_quiet`` as long as nobody was told of it: planned, but not announced yet.
    """

    __tablename__ = "meetings"
    __table_args__ = (
        UniqueConstraint("body_id", "year", "number"),
        CheckConstraint("ends_at_utc > starts_at_utc", name="ends_after_start"),
        CheckConstraint("number >= 1", name="number"),
        Index(None, "body_id", "starts_at_utc"),
        Index(None, "starts_at_utc"),
    )

    body_id: Mapped[Ref] = mapped_column(ForeignKey("bodies.id"))
    series_id: Mapped[Ref | None] = mapped_column(ForeignKey("meeting_series.id"))
    year: Mapped[int]
    number: Mapped[int]
    state: Mapped[MeetingState] = mapped_column(default=MeetingState.PREPARING)
    state_reason: Mapped[LongText] = mapped_column(default="")
    starts_at_utc: Mapped[datetime]
    ends_at_utc: Mapped[datetime]
    place: Mapped[str] = mapped_column(default="")
    online_url: Mapped[LongText] = mapped_column(default="")
    is_quiet: Mapped[bool] = mapped_column(default=False)
    calendar_uid: Mapped[str] = mapped_column(unique=True)
    calendar_sequence: Mapped[int] = mapped_column(default=0)
    created_at_utc: Mapped[datetime]
    changed_at_utc: Mapped[datetime]

    body: Mapped[Body] = relationship()
    series: Mapped[MeetingSeries | None] = relationship()

    @property
    def label(self) -> str:
        """The number as people write it: ``2026/07``."""
        return meeting_label(self.year, self.number)

    @property
    def title(self) -> str:
        """``Midwestoverleg van 13 maart 2026``."""
        return f"{self.body.call_name} van {format_date(self.starts_at_utc)}"

    @property
    def the_title(self) -> str:
        """Its title within a sentence: ``het Midwestoverleg van 13 maart 2026``."""
        return self.body.article.before(self.title)

    @property
    def journal_label(self) -> str:
        """How the journal calls it."""
        return f"de vergadering {self.label} ({self.title})"

    @property
    def day(self) -> date:
        """The calendar day in Brussels."""
        return local_date(self.starts_at_utc)

    @property
    def duration_minutes(self) -> int:
        """How long the meeting is planned to last."""
        return (self.ends_at_utc - self.starts_at_utc) // timedelta(minutes=1)

    @property
    def proposals_due_on(self) -> date:
        """The last day to submit a proposal in time."""
        return self.day - timedelta(days=self.body.proposal_deadline_days)

    @property
    def agenda_due_on(self) -> date:
        """The day by which the agenda goes out."""
        return self.day - timedelta(days=self.body.agenda_deadline_days)

    @property
    def outcomes_due_on(self) -> date:
        """The day by which the list of outcomes is known."""
        return self.day + timedelta(days=self.body.outcomes_deadline_days)

"""Polls for a date: the moments proposed, who answered what, and the links to answer with."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from overleg.accounts.models import Person
from overleg.db import Identified, LongText, Model, Ref, Revised
from overleg.lib.dates import WEEKDAYS, format_span, format_weekday_date, local_date
from overleg.organisations.models import Body
from overleg.scheduling.models.meetings import Meeting
from overleg.scheduling.states import Availability, PollState


class DatePoll(Revised, Identified):
    """A question to a body's members when they can meet."""

    __tablename__ = "date_polls"
    __table_args__ = (
        Index(None, "body_id"),
        CheckConstraint(
            "(state IN ('picked', 'closed')) = (ended_at_utc IS NOT NULL)", name="ended"
        ),
        CheckConstraint("(state = 'closed') = (state_reason <> '')", name="closed_for_a_reason"),
    )

    body_id: Mapped[Ref] = mapped_column(ForeignKey("bodies.id"))
    title: Mapped[str]
    explanation: Mapped[LongText] = mapped_column(default="")
    answer_by: Mapped[date | None]
    """The last day in Brussels on which answers are taken."""
    shows_answers: Mapped[bool] = mapped_column(default=True)
    """Whether members see each other's answers, or only the support staff do."""
    state: Mapped[PollState] = mapped_column(default=PollState.DRAFT)
    state_reason: Mapped[LongText] = mapped_column(default="")
    created_by_name: Mapped[str]
    created_at_utc: Mapped[datetime]
    changed_at_utc: Mapped[datetime]
    ended_at_utc: Mapped[datetime | None]

    body: Mapped[Body] = relationship()
    all_slots: Mapped[list["DatePollSlot"]] = relationship(
        back_populates="poll",
        order_by="DatePollSlot.starts_at_utc, DatePollSlot.ends_at_utc",
        cascade="all, delete-orphan",
    )

    @property
    def journal_label(self) -> str:
        """How the journal calls it."""
        return f"“{self.title}” van {self.body.the_name}"

    @property
    def slots(self) -> list["DatePollSlot"]:
        """The moments one can answer on, in order: those that were not dropped."""
        return [slot for slot in self.all_slots if slot.dropped_at_utc is None]

    @property
    def picked(self) -> "DatePollSlot | None":
        """The moment that was chosen."""
        return next((slot for slot in self.all_slots if slot.meeting_id is not None), None)

    def is_too_late(self, today: date) -> bool:
        """Whether the last day to answer is over, on a day in Brussels."""
        return self.answer_by is not None and self.answer_by < today


class DatePollSlot(Identified):
    """One moment that is proposed; a dropped one keeps its answers, for when it comes back."""

    __tablename__ = "date_poll_slots"
    __table_args__ = (
        UniqueConstraint("poll_id", "starts_at_utc", "ends_at_utc"),
        CheckConstraint("ends_at_utc > starts_at_utc", name="ends_after_start"),
    )

    poll_id: Mapped[Ref] = mapped_column(ForeignKey("date_polls.id"))
    starts_at_utc: Mapped[datetime]
    ends_at_utc: Mapped[datetime]
    place: Mapped[str] = mapped_column(default="")
    added_at_utc: Mapped[datetime]
    dropped_at_utc: Mapped[datetime | None]
    meeting_id: Mapped[Ref | None] = mapped_column(ForeignKey("meetings.id"), unique=True)
    """The meeting that was made of it, when it was picked."""

    poll: Mapped[DatePoll] = relationship(back_populates="all_slots")
    meeting: Mapped[Meeting | None] = relationship()

    @property
    def day(self) -> date:
        """The calendar day in Brussels."""
        return local_date(self.starts_at_utc)

    @property
    def short_day(self) -> str:
        """``vr 13/03``, for the head of a column."""
        return f"{WEEKDAYS[self.day.weekday()][:2]} {self.day.day}/{self.day.month:02}"

    @property
    def hours(self) -> str:
        """``9.30 tot 11.30 uur``."""
        return format_span(self.starts_at_utc, self.ends_at_utc)

    @property
    def in_words(self) -> str:
        """``vrijdag 13 maart 2026, 9.30 tot 11.30 uur, Stadhuis Roeselare``."""
        parts = [format_weekday_date(self.starts_at_utc), self.hours, self.place]
        return ", ".join(part for part in parts if part)


class DatePollReply(Revised, Identified):
    """What one person answered; ``answered_by_name`` is another when that one filled it in."""

    __tablename__ = "date_poll_replies"
    __table_args__ = (UniqueConstraint("poll_id", "person_id"), Index(None, "person_id"))

    poll_id: Mapped[Ref] = mapped_column(ForeignKey("date_polls.id"))
    person_id: Mapped[Ref] = mapped_column(ForeignKey("people.id"))
    remark: Mapped[LongText] = mapped_column(default="")
    answered_by_name: Mapped[str]
    answered_at_utc: Mapped[datetime]

    person: Mapped[Person] = relationship()
    answers: Mapped[list["DatePollAnswer"]] = relationship(cascade="all, delete-orphan")

    @property
    def by_slot(self) -> dict[str, Availability]:
        """The answers by the id of their moment, dropped ones too."""
        return {answer.slot_id: answer.availability for answer in self.answers}


class DatePollAnswer(Model):
    """Whether one person can at one moment."""

    __tablename__ = "date_poll_answers"
    __table_args__ = (Index(None, "slot_id"),)

    reply_id: Mapped[Ref] = mapped_column(ForeignKey("date_poll_replies.id"), primary_key=True)
    slot_id: Mapped[Ref] = mapped_column(ForeignKey("date_poll_slots.id"), primary_key=True)
    availability: Mapped[Availability]


class DatePollLink(Identified):
    """One person's link to answer one poll without an account, until it is replaced or revoked."""

    __tablename__ = "date_poll_links"
    __table_args__ = (
        Index(
            "uq_date_poll_links_live",
            "poll_id",
            "person_id",
            unique=True,
            sqlite_where=text("ended_at_utc IS NULL"),
            postgresql_where=text("ended_at_utc IS NULL"),
        ),
        Index(None, "person_id"),
        CheckConstraint("(ended_at_utc IS NULL) = (ended_by_name = '')", name="ended_by"),
    )

    poll_id: Mapped[Ref] = mapped_column(ForeignKey("date_polls.id"))
    person_id: Mapped[Ref] = mapped_column(ForeignKey("people.id"))
    made_at_utc: Mapped[datetime]
    used_at_utc: Mapped[datetime | None]
    """When it was last answered with."""
    ended_at_utc: Mapped[datetime | None]
    ended_by_name: Mapped[str] = mapped_column(default="")

    poll: Mapped[DatePoll] = relationship()
    person: Mapped[Person] = relationship()

"""Who comes to a meeting, and who wants to be invited by mail."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from overleg.accounts.models import Person
from overleg.db import Identified, Ref
from overleg.scheduling.models.meetings import Meeting
from overleg.scheduling.states import AnswerWay, Coming


class MeetingAnswer(Identified):
    """What somebody with a seat last said about one meeting, when, and which way it came.

    ``for_start_utc`` is when the meeting began as it stood then: an answer about another moment is
    no answer any more (RFC 5546, 3.2.2.1: after a new time everybody is asked again).
    """

    __tablename__ = "meeting_answers"
    __table_args__ = (
        UniqueConstraint("meeting_id", "person_id"),
        Index(None, "person_id"),
    )

    meeting_id: Mapped[Ref] = mapped_column(ForeignKey("meetings.id"))
    person_id: Mapped[Ref] = mapped_column(ForeignKey("people.id"))
    coming: Mapped[Coming]
    way: Mapped[AnswerWay]
    answered_at_utc: Mapped[datetime]
    for_start_utc: Mapped[datetime]

    meeting: Mapped[Meeting] = relationship()
    person: Mapped[Person] = relationship()

    @property
    def holds(self) -> bool:
        """Whether it is about the moment on which the meeting begins now."""
        return self.for_start_utc == self.meeting.starts_at_utc

    @property
    def journal_label(self) -> str:
        """How the journal calls it."""
        return f"{self.meeting.the_title}: {self.person.name} {self.coming.label}"


class InvitationChoice(Identified):
    """Somebody who wants an invitation for each meeting, instead of a mail about it."""

    __tablename__ = "invitation_choices"

    person_id: Mapped[Ref] = mapped_column(ForeignKey("people.id"), unique=True)
    since_utc: Mapped[datetime]

    person: Mapped[Person] = relationship()

    @property
    def journal_label(self) -> str:
        """How the journal calls it."""
        return self.person.name

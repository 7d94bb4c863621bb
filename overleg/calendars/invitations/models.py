"""What stands in somebody's own calendar by invitation, and which replies were read."""

from datetime import datetime

from sqlalchemy import BigInteger, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from overleg.accounts.models import Person
from overleg.calendars.invitations.states import ReplyResult
from overleg.db import Identified, LongText, Ref
from overleg.scheduling.models import Meeting


class Invitation(Identified):
    """One meeting in the calendar of one person, as the last mail said it.

    ``sequence`` counts per person: a meeting that was taken out and invited again must rise too
    (RFC 5546, 2.1.4). ``asked_from`` is the sequence that first named the present beginning: a
    reply to an older one is about another moment. Withdrawn when the last mail was a CANCEL.
    """

    __tablename__ = "invitations"
    __table_args__ = (
        UniqueConstraint("meeting_id", "person_id"),
        Index(None, "person_id"),
    )

    meeting_id: Mapped[Ref] = mapped_column(ForeignKey("meetings.id"))
    person_id: Mapped[Ref] = mapped_column(ForeignKey("people.id"))
    email: Mapped[str]
    sequence: Mapped[int]
    asked_from: Mapped[int]
    starts_at_utc: Mapped[datetime]
    ends_at_utc: Mapped[datetime]
    place: Mapped[str]
    online_url: Mapped[LongText]
    sent_at_utc: Mapped[datetime]
    withdrawn_at_utc: Mapped[datetime | None]

    meeting: Mapped[Meeting] = relationship()
    person: Mapped[Person] = relationship()


class ReadReply(Identified):
    """A reply that came in by mail and was dealt with; never a second time.

    Of other mail in the mailbox nothing is kept.
    """

    __tablename__ = "read_replies"

    message_key: Mapped[str] = mapped_column(unique=True)
    """SHA-256 of the Message-ID, or of the whole mail where it has none."""
    result: Mapped[ReplyResult]
    meeting_id: Mapped[Ref | None] = mapped_column(ForeignKey("meetings.id"), index=True)
    read_at_utc: Mapped[datetime]


class MailboxProgress(Identified):
    """How far the mailbox was read: mails up to this number were looked at.

    Numbers are those of the mail server and hold for one ``uid_validity`` (RFC 3501, 2.3.1.1).
    """

    __tablename__ = "mailbox_progress"

    mailbox_key: Mapped[str] = mapped_column(unique=True)
    """SHA-256 of the server, the user and the folder."""
    uid_validity: Mapped[int] = mapped_column(BigInteger)
    last_uid: Mapped[int] = mapped_column(BigInteger)

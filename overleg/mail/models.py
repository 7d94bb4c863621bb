"""The outbox: a mail is a row in the transaction of what it tells, and leaves after it."""

from datetime import datetime

from sqlalchemy import Index
from sqlalchemy.orm import Mapped, mapped_column

from overleg.db import Identified, LongText, Ref
from overleg.mail.states import MailState


class OutboxMessage(Identified):
    """One mail to one person, kept as it was sent."""

    __tablename__ = "outbox_messages"
    __table_args__ = (
        Index(None, "state", "send_after_utc"),
        Index(None, "subject_id"),
    )

    state: Mapped[MailState] = mapped_column(default=MailState.WAITING)
    to_email: Mapped[str]
    to_name: Mapped[str]
    subject: Mapped[LongText]
    text: Mapped[LongText]
    html: Mapped[LongText]
    subject_type: Mapped[str | None]
    subject_id: Mapped[Ref | None]
    created_at_utc: Mapped[datetime]
    send_after_utc: Mapped[datetime]
    sent_at_utc: Mapped[datetime | None]
    attempts: Mapped[int] = mapped_column(default=0)
    last_error: Mapped[LongText] = mapped_column(default="")

"""The outbox, and what is known of the addresses mails go to.

A mail is a row in the transaction of what it tells, and leaves after it.
"""

from datetime import datetime, time

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column, relationship

from overleg.db import Identified, LongText, Model, Ref
from overleg.mail.states import BouncedBy, MailState, Rhythm


class OutboxMessage(Identified):
    """One mail to one person, kept as it was sent."""

    __tablename__ = "outbox_messages"
    __table_args__ = (
        Index(None, "state", "send_after_utc"),
        Index(None, "subject_id"),
        CheckConstraint("(state = 'digested') = (digest_id IS NOT NULL)", name="in_a_digest"),
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
    calendar: Mapped[LongText | None]
    """The iCalendar part of an invitation, and the method that it carries (RFC 6047)."""
    calendar_method: Mapped[str | None]
    template: Mapped[str] = mapped_column(default="")
    is_urgent: Mapped[bool] = mapped_column(default=False)
    body_id: Mapped[Ref | None]
    """Of which body it speaks, or for a region report of which municipality.

    These live above this package, so it is no foreign key.
    """
    body_name: Mapped[str] = mapped_column(default="")
    link: Mapped[LongText] = mapped_column(default="")
    digest_id: Mapped[Ref | None] = mapped_column(ForeignKey("outbox_messages.id"), index=True)
    """The mail of the day in which it went along."""
    also_about: Mapped[list["MailSubject"]] = relationship(order_by="MailSubject.subject_id")

    @property
    def bodies(self) -> frozenset[str]:
        """Of all it is about, the bodies or municipalities that it speaks of."""
        ids = {self.body_id, *(each.body_id for each in self.also_about)}
        return frozenset(body_id for body_id in ids if body_id)

    def is_about(self, subject_id: str) -> bool:
        """Whether it is about a thing, alone or beside others."""
        return subject_id in {self.subject_id, *(each.subject_id for each in self.also_about)}


class MailSubject(Model):
    """One more thing that a mail is about, such as the second of the meetings it tells of."""

    __tablename__ = "mail_subjects"

    message_id: Mapped[Ref] = mapped_column(ForeignKey("outbox_messages.id"), primary_key=True)
    subject_id: Mapped[Ref] = mapped_column(primary_key=True, index=True)
    body_id: Mapped[Ref]


class MailAddress(Model):
    """How an e-mail address wants its mail, and whether mails to it come back.

    Kept by address, in lower case: addressees without an account have one too.
    """

    __tablename__ = "mail_addresses"
    __table_args__ = (
        CheckConstraint("(quiet_from IS NULL) = (quiet_until IS NULL)", name="quiet_hours"),
        CheckConstraint("(bounced_since_utc IS NULL) = (bounced_by IS NULL)", name="bounced"),
    )

    email: Mapped[str] = mapped_column(primary_key=True)
    rhythm: Mapped[Rhythm] = mapped_column(default=Rhythm.AT_ONCE)
    quiet_from: Mapped[time | None]
    """From this hour in Brussels mails wait, until ``quiet_until``."""
    quiet_until: Mapped[time | None]
    quiet_weekends: Mapped[bool] = mapped_column(default=False)
    bounced_since_utc: Mapped[datetime | None]
    bounced_by: Mapped[BouncedBy | None]
    bounce_reason: Mapped[LongText] = mapped_column(default="")
    accepted_at_utc: Mapped[datetime | None]
    """When a mail server last took in a mail that came back before."""

"""People, and the one-time links and counters of signing in."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column, relationship

from overleg.accounts.states import LinkPurpose
from overleg.db import Identified, LongText, Ref, Revised


class Person(Revised, Identified):
    """Somebody who can sign in, or who is only named in seats and verslagen (no e-mail).

    ``revision`` counts the corrections of the name and the e-mail address.
    """

    __tablename__ = "people"

    name: Mapped[str]
    email: Mapped[str | None] = mapped_column(unique=True)
    phone: Mapped[str] = mapped_column(default="")
    password_hash: Mapped[str | None]
    session_version: Mapped[int] = mapped_column(default=1)
    created_at_utc: Mapped[datetime]
    last_sign_in_at_utc: Mapped[datetime | None]
    disabled_at_utc: Mapped[datetime | None]

    __mapper_args__ = {}  # noqa: RUF012 - SQLAlchemy's own type; its revisions are counted by hand

    @property
    def journal_label(self) -> str:
        """How the journal calls it."""
        return self.name


class SignInLink(Identified):
    """A one-time address sent by mail; only the hash of its token is kept."""

    __tablename__ = "sign_in_links"

    person_id: Mapped[Ref] = mapped_column(ForeignKey("people.id"), index=True)
    purpose: Mapped[LinkPurpose]
    token_hash: Mapped[str] = mapped_column(unique=True)
    created_at_utc: Mapped[datetime]
    expires_at_utc: Mapped[datetime]
    used_at_utc: Mapped[datetime | None]

    person: Mapped[Person] = relationship()


class SignInAttempt(Identified):
    """A failed attempt, counted per e-mail address and per network address."""

    __tablename__ = "sign_in_attempts"
    __table_args__ = (Index(None, "key", "at_utc"),)

    key: Mapped[str]
    at_utc: Mapped[datetime]


class KeptInput(Identified):
    """What somebody typed in a form when the session had ended; comes back after signing in."""

    __tablename__ = "kept_inputs"

    token_hash: Mapped[str] = mapped_column(unique=True)
    person_id: Mapped[Ref | None] = mapped_column(ForeignKey("people.id"))
    path: Mapped[LongText]
    content: Mapped[LongText]
    created_at_utc: Mapped[datetime] = mapped_column(index=True)


class SentForm(Identified):
    """A form that was taken in: sending the very same again leads to what came of it."""

    __tablename__ = "sent_forms"

    key_hash: Mapped[str] = mapped_column(unique=True)
    location: Mapped[LongText] = mapped_column(default="")
    created_at_utc: Mapped[datetime] = mapped_column(index=True)

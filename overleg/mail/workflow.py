"""Posting a mail: a row in the outbox, in the transaction of what it tells."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from flask import Flask, current_app

from overleg.db import session
from overleg.lib.errors import NotPossible
from overleg.mail.models import OutboxMessage
from overleg.mail.states import MailState


class Addressee(Protocol):
    """Somebody a mail can go to: a person, or an ``Address``."""

    @property
    def name(self) -> str: ...

    @property
    def email(self) -> str | None: ...

    @property
    def disabled_at_utc(self) -> datetime | None: ...


class About(Protocol):
    """The thing a mail is about."""

    __tablename__: str
    id: str


@dataclass(frozen=True)
class CalendarPart:
    """What a mail puts in the reader's own calendar: a whole iCalendar file and its method."""

    content: str
    method: str


@dataclass(frozen=True)
class Address:
    """Somebody without an account: a guest, a mailbox of an organisation."""

    name: str
    email: str | None
    disabled_at_utc: datetime | None = None


def post(
    to: Addressee,
    *,
    subject: str,
    template: str,
    context: Mapping[str, object],
    about: About | None,
    now: datetime,
    send_after: datetime | None = None,
    calendar: CalendarPart | None = None,
) -> OutboxMessage | None:
    """Write a mail in the outbox; it leaves after the commit, or after ``send_after`` (UTC).

    ``template`` names ``templates/mail/<template>.txt`` and ``.html``. They are given ``context``,
    ``to_name`` and ``subject``; with ``link`` (absolute, see ``absolute_url``) and ``link_label``
    the mail gets its one button. Returns None, and posts nothing, when there is no e-mail address
    or the account is closed.
    """
    if not to.email or to.disabled_at_utc is not None:
        return None
    given = {"link": None, "link_label": "Openen", **context, "to_name": to.name}
    message = OutboxMessage(
        to_email=to.email,
        to_name=to.name,
        subject=" ".join(subject.split()),
        text=_render(f"mail/{template}.txt", subject, given),
        html=_render(f"mail/{template}.html", subject, given),
        subject_type=about.__tablename__ if about is not None else None,
        subject_id=about.id if about is not None else None,
        created_at_utc=now,
        send_after_utc=send_after or now,
        calendar=calendar.content if calendar else None,
        calendar_method=calendar.method if calendar else None,
    )
    session().add(message)
    _tell()
    return message


def retry(message: OutboxMessage, *, now: datetime) -> None:
    """Try a failed mail again, from the start.

    Raises ``NotPossible`` when the mail did not fail.
    """
    if message.state is not MailState.FAILED:
        raise NotPossible(
            f"Deze mail is niet mislukt, maar {message.state.label}. "
            "Alleen een mislukte mail kunt u opnieuw versturen."
        )
    message.state = MailState.WAITING
    message.attempts = 0
    message.send_after_utc = now
    _tell()


def on_new_mail(app: Flask, tell: Callable[[], None]) -> None:
    """Bind what is called, inside the transaction, when a mail waits to be sent."""
    app.extensions["new_mail"] = tell


def _tell() -> None:
    tell: Callable[[], None] = current_app.extensions["new_mail"]
    tell()


def _render(template: str, subject: str, context: Mapping[str, object]) -> str:
    # Not render_template: a mail is no page, and a job that posts one has no visitor.
    return current_app.jinja_env.get_template(template).render(subject=subject, **context).strip()

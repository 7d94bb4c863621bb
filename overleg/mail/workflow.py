"""Posting a mail: a row in the outbox, in the transaction of what it tells."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from flask import Flask, current_app

from overleg.db import session
from overleg.lib.errors import NotPossible
from overleg.mail.addresses import normal_email, note_comes_back
from overleg.mail.bounces import Bounce
from overleg.mail.haste import never_waits
from overleg.mail.models import MailSubject, OutboxMessage
from overleg.mail.rendering import render_mail
from overleg.mail.states import BouncedBy, MailState

LONGEST_ERROR = 500


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


class OfBody(Protocol):
    """The body that a mail speaks of; of a region report, the municipality."""

    id: Any
    name: Any


@dataclass(frozen=True)
class Matter:
    """One more thing that a mail is about, and the body it is of."""

    about: About
    body: OfBody


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
    also_about: Iterable[Matter] = (),
    now: datetime,
    send_after: datetime | None = None,
    calendar: CalendarPart | None = None,
    body: OfBody | None = None,
    matters_at: datetime | None = None,
    urgent: bool = False,
) -> OutboxMessage | None:
    """Write a mail in the outbox; it leaves after the commit, or after ``send_after`` (UTC).

    Who asked for one mail a day or for quiet hours gets it later, unless it is ``urgent`` or
    ``overleg.mail.haste`` says that it never waits; ``matters_at`` (UTC) is when what it is about
    happens. ``body`` is the body it speaks of, whose support staff find it in the history of what
    it is ``about``; what it is ``also_about`` has it in its history too.

    ``template`` names ``templates/mail/<template>.txt`` and ``.html``. They are given ``context``,
    ``to_name`` and ``subject``; with ``link`` (absolute, see ``absolute_url``) and ``link_label``
    the mail gets its one button. Returns None, and posts nothing, when there is no e-mail address
    or the account is closed.
    """
    if not to.email or to.disabled_at_utc is not None:
        return None
    given = {"link": None, "link_label": "Openen", **context, "to_name": to.name}
    subject = " ".join(subject.split())
    text, html = render_mail(current_app.jinja_env, template, subject, given)
    message = OutboxMessage(
        to_email=normal_email(to.email),
        to_name=to.name,
        subject=subject,
        text=text,
        html=html,
        template=template,
        is_urgent=urgent or never_waits(template, matters_at=matters_at, now=now),
        body_id=body.id if body is not None else None,
        body_name=body.name if body is not None else "",
        link=given["link"] or "",
        subject_type=about.__tablename__ if about is not None else None,
        subject_id=about.id if about is not None else None,
        created_at_utc=now,
        send_after_utc=send_after or now,
        calendar=calendar.content if calendar else None,
        calendar_method=calendar.method if calendar else None,
    )
    message.also_about = [
        MailSubject(subject_id=subject_id, body_id=body_id)
        for subject_id, body_id in {each.about.id: each.body.id for each in also_about}.items()
    ]
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


def note_bounce(bounce: Bounce, *, now: datetime) -> bool:
    """Note that a mail of ours came back for good; whether it was one of ours.

    A message that names no mail we sent proves nothing: anybody can write one.
    """
    message = session().get(OutboxMessage, bounce.message_id) if bounce.message_id else None
    if message is None or message.state is not MailState.SENT:
        return False
    message.last_error = f"Kwam terug: {bounce.reason}"[:LONGEST_ERROR]
    note_comes_back(message.to_email, bounce.reason, by=BouncedBy.RETURNED, now=now)
    return True


def on_new_mail(app: Flask, tell: Callable[[], None]) -> None:
    """Bind what is called, inside the transaction, when a mail waits to be sent."""
    app.extensions["new_mail"] = tell


def _tell() -> None:
    tell: Callable[[], None] = current_app.extensions["new_mail"]
    tell()

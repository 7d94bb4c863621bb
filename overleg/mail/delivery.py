"""Sending what waits in the outbox.

What is guaranteed: every mail whose transaction was committed is sent *at least once*, or ends as
``failed`` with the reason, where an administrator can try it again. Each mail is claimed first, by
moving its moment ahead in a committed transaction, so that two workers never hold the same one;
a worker that dies while sending leaves a mail that is due again when the claim ends. It may then
arrive twice, with the same Message-ID, by which mail programs recognise it. Mails are not promised
to arrive in order.

Who asked for one mail a day or for quiet hours is asked after at the moment of sending: the mail is
put aside, and its claim is given back. The mail of the day is made of what was put aside in one
transaction (``digests.py``), and is then sent like any other, under the same guarantee.
"""

import logging
import smtplib
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

from flask import current_app
from sqlalchemy import CursorResult, select, update

from overleg.db import session
from overleg.mail.addresses import address_of, note_comes_back, note_taken_in, wishes_in
from overleg.mail.digests import TEMPLATE as DIGEST
from overleg.mail.digests import held_along, make_digests
from overleg.mail.links import hide_secrets
from overleg.mail.models import OutboxMessage
from overleg.mail.smtp import SmtpServer, email_message, in_words, is_final, is_no_address
from overleg.mail.states import BouncedBy, MailState, Rhythm
from overleg.settings import Settings
from overleg.web.clock import running_from

log = logging.getLogger(__name__)

CLAIM = timedelta(minutes=10)
WAITS = (
    timedelta(minutes=1),
    timedelta(minutes=5),
    timedelta(minutes=30),
    timedelta(hours=2),
    timedelta(hours=8),
)
LONGEST_ERROR = 500
TO_SEND = (MailState.WAITING, MailState.QUIET)

Send = Callable[[OutboxMessage], None]


class Unreachable(Exception):
    """The mail server is not there: the rest of the mails waits too."""


def deliver_waiting(now: datetime) -> None:
    """Send every mail that is due from this moment (UTC) on; one commit per mail.

    Each mail is held from the moment it is claimed, however long those before it took.
    Without a mail server the demo writes files in ``instance/mails``; production always has one.
    """
    settings: Settings = current_app.extensions["settings"]
    if settings.smtp_url:
        with SmtpServer(settings.smtp_url) as server:
            _deliver_all(lambda row: _by_smtp(server, row, _sender_of(row, settings)), now)
    elif settings.is_demo:
        folder = settings.instance_path / "mails"
        folder.mkdir(parents=True, exist_ok=True)
        _deliver_all(lambda row: _to_file(folder, row, _sender_of(row, settings)), now)


def _sender_of(row: OutboxMessage, settings: Settings) -> str:
    """Who sends it: of an invitation its organiser, to whom calendars answer."""
    return settings.mail_from if row.calendar is None else settings.organizer


def _by_smtp(server: SmtpServer, row: OutboxMessage, sender: str) -> None:
    try:
        server.send(email_message(row, sender=sender))
    except (OSError, smtplib.SMTPException) as error:
        server.close()
        lost = isinstance(error, smtplib.SMTPServerDisconnected | smtplib.SMTPConnectError)
        refused = isinstance(error, smtplib.SMTPException)
        if lost or not refused:
            raise Unreachable(in_words(error)) from error
        raise


def _to_file(folder: Path, row: OutboxMessage, sender: str) -> None:
    name = f"{row.created_at_utc:%Y%m%d-%H%M%S}-{row.id}.eml"
    (folder / name).write_bytes(email_message(row, sender=sender).as_bytes())


def _deliver_all(send: Send, now: datetime) -> None:
    read_clock = running_from(now)
    make_digests(now)
    while (row := _claim(read_clock())) is not None:
        if _waits_longer(row, read_clock()):
            continue
        try:
            send(row)
        except Unreachable as error:
            _failed(row, error, read_clock())
            return
        except Exception as error:
            _failed(row, error, read_clock())
        else:
            _sent(row, read_clock())


def _next_id(now: datetime) -> str | None:
    return session().scalar(
        select(OutboxMessage.id)
        .where(OutboxMessage.state.in_(TO_SEND), OutboxMessage.send_after_utc <= now)
        .order_by(OutboxMessage.send_after_utc, OutboxMessage.id)
        .limit(1)
        .with_for_update(skip_locked=True)
    )


def _claim(now: datetime) -> OutboxMessage | None:
    """Take the next mail that is due; None when there is none left."""
    while (row_id := _next_id(now)) is not None:
        result = session().execute(
            update(OutboxMessage)
            .where(
                OutboxMessage.id == row_id,
                OutboxMessage.state.in_(TO_SEND),
                OutboxMessage.send_after_utc <= now,
            )
            .values(
                state=MailState.WAITING,
                send_after_utc=now + CLAIM,
                attempts=OutboxMessage.attempts + 1,
            )
            .execution_options(synchronize_session=False)
        )
        session().commit()
        if isinstance(result, CursorResult) and result.rowcount == 1:
            return session().get_one(OutboxMessage, row_id, populate_existing=True)
    return None


def _waits_longer(row: OutboxMessage, now: datetime) -> bool:
    """Put a mail aside whose reader wants it later: in the mail of the day, or after quiet hours.

    An invitation for the own calendar is no part of another mail: it only waits for the hours.
    """
    address = None if row.is_urgent else address_of(row.to_email)
    if address is None:
        return False
    wishes = wishes_in(address)
    if wishes.rhythm is Rhythm.DAILY and row.calendar is None:
        row.state, row.send_after_utc = MailState.HELD, wishes.next_digest(now)
    elif (moment := wishes.first_moment(now)) > now:
        row.state, row.send_after_utc = MailState.QUIET, moment
    else:
        return False
    row.attempts -= 1
    session().commit()
    return True


def _sent(row: OutboxMessage, now: datetime) -> None:
    settings: Settings = current_app.extensions["settings"]
    row.state = MailState.SENT
    row.last_error = ""
    for mail in (row, *(held_along(row.id) if row.template == DIGEST else ())):
        mail.sent_at_utc = now
        if not settings.is_demo:
            mail.text, mail.html = hide_secrets(mail.text), hide_secrets(mail.html)
            mail.link = hide_secrets(mail.link)
    note_taken_in(address_of(row.to_email), now=now)
    session().commit()


def _failed(row: OutboxMessage, error: Exception, now: datetime) -> None:
    row.last_error = in_words(error)[:LONGEST_ERROR]
    if is_no_address(error):
        note_comes_back(row.to_email, row.last_error, by=BouncedBy.REFUSED, now=now)
    if is_final(error) or row.attempts > len(WAITS):
        row.state = MailState.FAILED
    else:
        row.send_after_utc = now + WAITS[row.attempts - 1]
    log.warning("mail %s was not sent (attempt %s)", row.id, row.attempts)
    session().commit()

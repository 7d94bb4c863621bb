"""Reading the mailbox to which calendars answer: every few minutes, each mail once.

A mail is dealt with in a transaction of its own, that also keeps its Message-ID; only then it is
put away. A worker that dies between the two finds the mail again, and sees that it was dealt with;
two workers at once cannot both keep the same Message-ID. What is neither an answer nor a mail of
ours that came back is left as it was, unread, for whoever reads the mailbox; so is a mail on which
the reading falls, with a line in the log, and the reading goes on behind it.
"""

import hashlib
import logging
from datetime import datetime

from flask import current_app
from sqlalchemy import select, update
from sqlalchemy.exc import IntegrityError, OperationalError

from overleg.calendars.invitations.counting import count_reply
from overleg.calendars.invitations.mailbox import Mailbox
from overleg.calendars.invitations.models import MailboxProgress, ReadReply
from overleg.calendars.invitations.replies import MOST_BYTES, Received, read_mail
from overleg.calendars.invitations.states import ReplyResult
from overleg.db import new_id, session
from overleg.mail.bounces import bounce_in
from overleg.mail.workflow import note_bounce
from overleg.settings import Settings

log = logging.getLogger(__name__)

MOST_AT_ONCE = 500
DEALT_WITH = frozenset({ReplyResult.COUNTED, ReplyResult.OUTDATED})
"""What nobody has to look at any more; the rest stays in the inbox."""


def read_replies(now: datetime) -> None:
    """Read what came in since the last time; ``now`` in UTC. Without a mailbox, nothing.

    Raises ``MailboxError`` when the mailbox can't be read.
    """
    settings: Settings = current_app.extensions["settings"]
    if not settings.imap_url:
        return
    with Mailbox(settings.imap_url) as mailbox:
        progress = _progress_of(mailbox)
        last_uid = progress.last_uid if progress.uid_validity == mailbox.uid_validity else 0
        session().commit()  # nothing is held while the server thinks
        for uid, size in mailbox.sizes_after(last_uid)[:MOST_AT_ONCE]:
            content = mailbox.content_of(uid) if size <= MOST_BYTES else None
            if content is not None and _deal_or_leave(uid, content, now):
                mailbox.put_away(uid)
            _advance(mailbox, uid)


def _deal_or_leave(uid: int, content: bytes, now: datetime) -> bool:
    """As ``deal_with``; what a mail makes go wrong is undone. A database that is away is not its
    doing: that is raised, and the mail is read again the next time.
    """
    try:
        return deal_with(content, now)
    except OperationalError:
        raise
    except Exception:
        session().rollback()
        log.exception("could not deal with mail %s, left it in the mailbox", uid)
        return False


def deal_with(content: bytes, now: datetime) -> bool:
    """Take one mail, in a transaction of its own; whether it is done with."""
    received = read_mail(content)
    if received is None:
        return False
    if received.reply is None:
        bounce = bounce_in(received.message)
        is_ours = bounce is not None and note_bounce(bounce, now=now)
        session().commit()
        return is_ours
    key = _key_of(received, content)
    known = session().scalar(select(ReadReply.result).where(ReadReply.message_key == key))
    if known is not None:
        return known in DEALT_WITH
    try:
        return _count(received, key, now)
    except IntegrityError:
        session().rollback()
        log.info("another worker took this answer")
        return False


def _count(received: Received, key: str, now: datetime) -> bool:
    assert received.reply is not None  # noqa: S101 - the caller asked
    counted = count_reply(received, received.reply, now=now)
    if counted.meeting is not None:
        session().add(
            ReadReply(
                id=new_id(),
                message_key=key,
                result=counted.result,
                meeting_id=counted.meeting.id,
                read_at_utc=now,
            )
        )
    session().commit()
    return counted.result in DEALT_WITH


def _key_of(received: Received, content: bytes) -> str:
    return hashlib.sha256(received.message_id.encode() or content).hexdigest()


def _progress_of(mailbox: Mailbox) -> MailboxProgress:
    asked = select(MailboxProgress).where(MailboxProgress.mailbox_key == mailbox.key)
    progress = session().scalar(asked)
    if progress is None:
        progress = MailboxProgress(
            id=new_id(), mailbox_key=mailbox.key, uid_validity=mailbox.uid_validity, last_uid=0
        )
        session().add(progress)
        try:
            session().commit()
        except IntegrityError:
            session().rollback()
            progress = session().scalars(asked).one()
    return progress


def _advance(mailbox: Mailbox, uid: int) -> None:
    """Keep that mails up to this one were looked at; never back, except in a renumbered folder."""
    mine = MailboxProgress.mailbox_key == mailbox.key
    renumbered = MailboxProgress.uid_validity != mailbox.uid_validity
    session().execute(
        update(MailboxProgress)
        .where(mine, renumbered | (MailboxProgress.last_uid < uid))
        .values(uid_validity=mailbox.uid_validity, last_uid=uid)
        .execution_options(synchronize_session=False)
    )
    session().commit()

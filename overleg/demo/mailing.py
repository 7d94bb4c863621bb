"""How people of the demo want their mail, a mail of the day, and an address that no longer works."""

from collections.abc import Sequence
from datetime import datetime, time, timedelta

from sqlalchemy import select, update

from overleg.db import session
from overleg.demo.people import Region
from overleg.mail.addresses import keep_wishes, note_comes_back
from overleg.mail.digests import make_digests
from overleg.mail.models import OutboxMessage
from overleg.mail.states import BouncedBy, MailState, Rhythm
from overleg.mail.wishes import Wishes

DAILY = Wishes(Rhythm.DAILY)
RESTS = Wishes(Rhythm.AT_ONCE, time(20), time(7), quiet_weekends=True)
SINCE = timedelta(days=16)
LATELY = timedelta(days=14)
MOST, HELD = 6, 1
"""How many mails were put aside lately, and how many of them still wait."""


def play_mails(region: Region, now: datetime) -> None:
    """Who reads once a day and who is left alone at night; mails are those of the year played."""
    daily = region.people["burgemeester.tielt"].email or ""
    keep_wishes(daily, DAILY, now=now)
    keep_wishes(region.people["burgemeester.roeselare"].email or "", RESTS, now=now)
    last = (
        session()
        .scalars(
            select(OutboxMessage.id)
            .where(
                OutboxMessage.to_email == daily,
                OutboxMessage.calendar.is_(None),
                OutboxMessage.created_at_utc > now - LATELY,
            )
            .order_by(OutboxMessage.created_at_utc.desc(), OutboxMessage.id)
            .limit(MOST)
        )
        .all()
    )
    this_morning = DAILY.next_digest(now - timedelta(days=1))
    _hold(last[HELD:], this_morning)
    make_digests(this_morning)
    session().execute(
        update(OutboxMessage)
        .where(OutboxMessage.template == "digest")
        .values(state=MailState.SENT, sent_at_utc=this_morning, attempts=1)
    )
    _hold(last[:HELD], DAILY.next_digest(now))
    gone = region.people["burgemeester.wingene"].email or ""
    reason = f"550 5.1.1 <{gone}>: Recipient address rejected: User unknown"
    note_comes_back(gone, reason, by=BouncedBy.RETURNED, now=now - SINCE)


def _hold(ids: Sequence[str], until: datetime) -> None:
    session().execute(
        update(OutboxMessage)
        .where(OutboxMessage.id.in_(ids))
        .values(state=MailState.HELD, send_after_utc=until, sent_at_utc=None, attempts=0)
    )

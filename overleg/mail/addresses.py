"""What is known of an e-mail address: how it wants its mail, and whether mails to it come back."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, delete, or_, select, update

from overleg.db import insert_if_new, session
from overleg.lib.errors import Refused
from overleg.mail.models import MailAddress, OutboxMessage
from overleg.mail.states import BouncedBy, MailState, Rhythm
from overleg.mail.wishes import Wishes

SETTLED_AFTER = timedelta(days=3)
"""A mail that was taken in, and did not come back for so long, arrived."""
LONGEST_REASON = 500


@dataclass(frozen=True)
class ComesBack:
    """Mails to an address come back, since this moment (UTC) and for this reason."""

    since_utc: datetime
    reason: str


def normal_email(email: str) -> str:
    """An e-mail address as we keep it: without spaces around it, in small letters."""
    return email.strip().lower()


def address_of(email: str) -> MailAddress | None:
    """What is known of an address, if anything."""
    return session().get(MailAddress, normal_email(email))


def wishes_of(email: str) -> Wishes:
    """How an address wants its mail: at once and always, unless somebody chose otherwise."""
    row = address_of(email)
    return wishes_in(row) if row is not None else Wishes()


def wishes_in(row: MailAddress) -> Wishes:
    """What a row says of how mail is wanted."""
    return Wishes(row.rhythm, row.quiet_from, row.quiet_until, row.quiet_weekends)


def keep_wishes(email: str, wishes: Wishes, *, now: datetime) -> None:
    """Keep how somebody wants mail, also what waits already.

    What waited for the end of quiet hours is asked after again, and leaves when it is not quiet
    any more. Who wants mail at once gets what was held for the mail of the day; for who wants it
    daily that leaves at its new moment.

    Raises ``Refused`` for quiet hours that last all day.
    """
    if wishes.quiet_from is not None and wishes.quiet_from == wishes.quiet_until:
        raise Refused("Laat de stille uren op een ander uur eindigen dan ze beginnen.")
    row = _row(email)
    row.rhythm = wishes.rhythm
    row.quiet_from, row.quiet_until = wishes.quiet_from, wishes.quiet_until
    row.quiet_weekends = wishes.quiet_weekends
    _change_waiting(email, MailState.QUIET, state=MailState.WAITING, send_after_utc=now)
    if wishes.rhythm is Rhythm.AT_ONCE:
        _change_waiting(email, MailState.HELD, state=MailState.WAITING, send_after_utc=now)
    else:
        # Not what leaves now: that would come a day later.
        later = OutboxMessage.send_after_utc > now
        _change_waiting(email, MailState.HELD, later, send_after_utc=wishes.next_digest(now))


def move_address(before: str, after: str) -> None:
    """Somebody has another address: what they wished, and what is held for them, goes along.

    Whether mails came back is forgotten: it was said of the address before.
    """
    row = address_of(before)
    wishes = wishes_in(row) if row is not None else Wishes()
    session().execute(delete(MailAddress).where(MailAddress.email == normal_email(before)))
    kept = _row(after)
    kept.rhythm = wishes.rhythm
    kept.quiet_from, kept.quiet_until = wishes.quiet_from, wishes.quiet_until
    kept.quiet_weekends = wishes.quiet_weekends
    _forget_bounce(kept)
    for state in (MailState.QUIET, MailState.HELD):
        _change_waiting(before, state, to_email=normal_email(after))


def note_comes_back(email: str, reason: str, *, by: BouncedBy, now: datetime) -> None:
    """Note that a mail to this address was refused for good, or came back."""
    row = _row(email)
    if row.bounced_since_utc is None:
        row.bounced_since_utc = now
    row.bounced_by, row.bounce_reason = by, " ".join(reason.split())[:LONGEST_REASON]
    row.accepted_at_utc = None


def note_taken_in(row: MailAddress | None, *, now: datetime) -> None:
    """A mail server took in a mail for this address.

    What it refused before is over. What came back later may come back again: many servers take in
    everything first.
    """
    if row is None or row.bounced_since_utc is None:
        return
    if row.bounced_by is BouncedBy.REFUSED:
        _forget_bounce(row)
    elif row.accepted_at_utc is None:
        row.accepted_at_utc = now


def coming_back(emails: Collection[str | None], *, now: datetime) -> Mapping[str, ComesBack]:
    """To which of these addresses mails come back, by the address as given; one statement."""
    given = {normal_email(email): email for email in emails if email}
    rows = session().scalars(
        select(MailAddress).where(
            MailAddress.email.in_(sorted(given)),
            MailAddress.bounced_since_utc.is_not(None),
            or_(
                MailAddress.accepted_at_utc.is_(None),
                MailAddress.accepted_at_utc > now - SETTLED_AFTER,
            ),
        )
    )
    return {
        given[row.email]: ComesBack(row.bounced_since_utc, row.bounce_reason)
        for row in rows
        if row.bounced_since_utc is not None
    }


def _change_waiting(
    email: str, waits_as: MailState, *which: ColumnElement[bool], **values: object
) -> None:
    session().execute(
        update(OutboxMessage)
        .where(
            OutboxMessage.to_email == normal_email(email), OutboxMessage.state == waits_as, *which
        )
        .values(**values)
        .execution_options(synchronize_session="fetch")
    )


def _row(email: str) -> MailAddress:
    insert_if_new(
        MailAddress,
        email=normal_email(email),
        rhythm=Rhythm.AT_ONCE,
        quiet_weekends=False,
        bounce_reason="",
    )
    return session().get_one(MailAddress, normal_email(email))


def _forget_bounce(row: MailAddress) -> None:
    row.bounced_since_utc = row.bounced_by = row.accepted_at_utc = None
    row.bounce_reason = ""

"""The mail of the day: all that waited for somebody, by body, each with its link."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby

from flask import current_app
from sqlalchemy import CursorResult, select, update

from overleg.db import new_id, session
from overleg.lib.dates import format_weekday_date
from overleg.lib.text import count_of
from overleg.mail.links import absolute_url
from overleg.mail.models import OutboxMessage
from overleg.mail.rendering import render_mail
from overleg.mail.states import MailState

TEMPLATE = "digest"
REST = "Andere mails"
LONGEST_GIST = 280


@dataclass(frozen=True)
class Told:
    """One mail in the mail of the day."""

    subject: str
    gist: str
    link: str
    at_utc: datetime


def make_digests(now: datetime) -> None:
    """Make the mail of the day of everybody for whom one is due (UTC); a commit for each.

    A worker that is killed leaves either the mails that are held, or the mail of the day that waits
    to be sent: never both, never neither.
    """
    due = session().scalars(
        select(OutboxMessage.to_email)
        .where(OutboxMessage.state == MailState.HELD, OutboxMessage.send_after_utc <= now)
        .distinct()
        .order_by(OutboxMessage.to_email)
    )
    for email in due.all():
        _make(email, now)


def held_along(digest_id: str) -> Sequence[OutboxMessage]:
    """The mails that went along in a mail of the day, by body and then the oldest first."""
    return (
        session()
        .scalars(
            select(OutboxMessage)
            .where(OutboxMessage.digest_id == digest_id)
            .order_by(
                OutboxMessage.body_name == "",
                OutboxMessage.body_name,
                OutboxMessage.created_at_utc,
                OutboxMessage.id,
            )
        )
        .all()
    )


def _make(email: str, now: datetime) -> None:
    digest = OutboxMessage(
        id=new_id(),
        to_email=email,
        to_name="",
        subject="",
        text="",
        html="",
        template=TEMPLATE,
        is_urgent=True,
        created_at_utc=now,
        send_after_utc=now,
    )
    session().add(digest)
    session().flush()
    taken = session().execute(
        update(OutboxMessage)
        .where(OutboxMessage.to_email == email, OutboxMessage.state == MailState.HELD)
        .values(state=MailState.DIGESTED, digest_id=digest.id)
        .execution_options(synchronize_session=False)
    )
    if not isinstance(taken, CursorResult) or taken.rowcount == 0:
        session().rollback()  # another worker made it
        return
    mails = held_along(digest.id)
    digest.to_name = mails[-1].to_name
    many = count_of(len(mails), "bericht", "berichten")
    digest.subject = f"Dagoverzicht van {format_weekday_date(now)}: {many}"
    context = {
        "to_name": digest.to_name,
        "bodies": _by_body(mails),
        "link": None,
        "link_label": "",
        "settings_link": absolute_url("/account/mail"),
    }
    environment = current_app.jinja_env
    digest.text, digest.html = render_mail(environment, TEMPLATE, digest.subject, context)
    session().commit()


def _by_body(mails: Sequence[OutboxMessage]) -> list[tuple[str, list[Told]]]:
    return [
        (
            body_name or REST,
            [
                Told(each.subject, gist_of(each.text), each.link, each.created_at_utc)
                for each in told
            ],
        )
        for body_name, told in groupby(mails, key=lambda mail: mail.body_name)
    ]


def gist_of(text: str) -> str:
    """What a mail says first, after its greeting; never an address."""
    paragraphs = [" ".join(part.split()) for part in text.split("\n\n")[1:]]
    said = next((part for part in paragraphs if part and "://" not in part), "")
    if len(said) <= LONGEST_GIST:
        return said
    return said[:LONGEST_GIST].rsplit(" ", 1)[0] + " …"

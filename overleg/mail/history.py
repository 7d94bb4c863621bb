"""Which mails went out about something, for its history."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import chain
from typing import Protocol, TypeVar

from sqlalchemy import ColumnElement, case, exists, func, select, union

from overleg.db import session
from overleg.lib.text import count_of
from overleg.mail.models import MailSubject, OutboxMessage
from overleg.mail.states import MailState

MOST = 200
WRITER = "Overleg"


@dataclass(frozen=True)
class Sending:
    """One mail to one or more people, as a row of a history (``components/history.html``)."""

    first_id: str
    subject: str
    at_utc: datetime
    people: int
    failed: int

    @property
    def actor_name(self) -> str:
        """Who did it."""
        return WRITER

    @property
    def sentence(self) -> str:
        """What happened: ``stuurde een mail naar 14 personen: Agenda``."""
        return (
            f"stuurde een mail naar {count_of(self.people, 'persoon', 'personen')}: {self.subject}"
        )

    @property
    def reason(self) -> str:
        """What went wrong, if anything."""
        return f"{count_of(self.failed, 'mail is', 'mails zijn')} mislukt." if self.failed else ""

    @property
    def url(self) -> str:
        """Where the mail can be read as it was sent."""
        return f"/mails/{self.first_id}"


class Happened(Protocol):
    """A row of a history."""

    at_utc: datetime


Row = TypeVar("Row", bound=Happened)


def sendings_about(subject_ids: Collection[str], bodies: Collection[str]) -> list[Sending]:
    """The mails about these things that speak of these bodies, newest first; one statement.

    ``bodies`` are those of which the reader is support staff; without any, nothing is asked.
    """
    if not bodies or not subject_ids:
        return []
    told = union(
        select(OutboxMessage.id).where(
            OutboxMessage.subject_id.in_(subject_ids), OutboxMessage.body_id.in_(bodies)
        ),
        select(MailSubject.message_id).where(
            MailSubject.subject_id.in_(subject_ids), MailSubject.body_id.in_(bodies)
        ),
    )
    failed = func.sum(case((OutboxMessage.state == MailState.FAILED, 1), else_=0))
    rows = session().execute(
        select(
            func.min(OutboxMessage.id),
            func.min(OutboxMessage.subject),
            OutboxMessage.created_at_utc,
            func.count(),
            failed,
        )
        .where(OutboxMessage.id.in_(told), ~_speaks_of_others(bodies))
        .group_by(OutboxMessage.subject_id, OutboxMessage.template, OutboxMessage.created_at_utc)
        .order_by(OutboxMessage.created_at_utc.desc(), func.min(OutboxMessage.id))
        .limit(MOST)
    )
    return [Sending(*row) for row in rows]


def with_mails(entries: Sequence[Row], sendings: Sequence[Sending]) -> list[Row | Sending]:
    """Both in one history, newest first: a mail stands above what it tells of."""
    return sorted(chain(sendings, entries), key=lambda row: row.at_utc, reverse=True)


def same_sending(message: OutboxMessage) -> Sequence[OutboxMessage]:
    """This mail and those that went out with it to others, by name.

    Of mails that tell each reader of other things, those that share one with this mail, and speak
    of no body that it does not speak of: who may read it, may read those.
    """
    query = (
        select(OutboxMessage)
        .where(
            OutboxMessage.subject_id == message.subject_id,
            OutboxMessage.template == message.template,
            OutboxMessage.created_at_utc == message.created_at_utc,
        )
        .order_by(OutboxMessage.to_name, OutboxMessage.id)
    )
    if message.subject_id is None:
        things = [each.subject_id for each in message.also_about]
        shared = select(MailSubject.message_id).where(MailSubject.subject_id.in_(things))
        bodies = {each.body_id for each in message.also_about}
        query = query.where(OutboxMessage.id.in_(shared), ~_speaks_of_others(bodies))
    else:
        query = query.where(OutboxMessage.body_id == message.body_id)
    return session().scalars(query).all()


def _speaks_of_others(bodies: Collection[str]) -> ColumnElement[bool]:
    """Whether a mail is also about something of another body."""
    return (
        exists()
        .where(MailSubject.message_id == OutboxMessage.id, MailSubject.body_id.not_in(bodies))
        .correlate(OutboxMessage)
    )

"""Which mails went out about something, for its history."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import chain
from typing import Any, Protocol, TypeVar

from sqlalchemy import ColumnElement, and_, case, exists, func, select, union
from sqlalchemy.orm import InstrumentedAttribute

from overleg.db import session
from overleg.lib.errors import NotFound
from overleg.lib.text import count_of
from overleg.mail.models import MailSubject, OutboxMessage
from overleg.mail.states import MailState

MOST = 200
WRITER = "Overleg"
ACCOUNTS = "people"
SENT_TOGETHER = (OutboxMessage.subject_id, OutboxMessage.template, OutboxMessage.created_at_utc)


@dataclass(frozen=True)
class Sending:
    """One mail to one or more people, as a row of a history (``components/history.html``)."""

    first_id: str
    subject: str
    at_utc: datetime
    people: int
    failed: int
    has_one_subject: bool = True
    folder: str = "/mails"
    """Under which address the mail can be read."""

    @property
    def actor_name(self) -> str:
        """Who did it."""
        return WRITER

    @property
    def sentence(self) -> str:
        """What happened: ``stuurde een mail naar 14 personen: Agenda``."""
        each = "" if self.has_one_subject else ", elk met een eigen onderwerp, zoals"
        people = count_of(self.people, "persoon", "personen")
        return f"stuurde een mail naar {people}{each}: {self.subject}"

    @property
    def reason(self) -> str:
        """What went wrong, if anything."""
        return f"{count_of(self.failed, 'mail is', 'mails zijn')} mislukt." if self.failed else ""

    @property
    def url(self) -> str:
        """Where the mail can be read as it was sent."""
        return f"{self.folder}/{self.first_id}"


class Happened(Protocol):
    """A row of a history."""

    at_utc: datetime


Row = TypeVar("Row", bound=Happened)


def sendings_about(
    subject_ids: Collection[str], bodies: Collection[str], *, folder: str = Sending.folder
) -> list[Sending]:
    """The mails about these things that speak of these bodies, newest first; one statement.

    ``bodies`` are those of which the reader is support staff, or for a region report the
    municipalities whose reports the reader works on; without any, nothing is asked. ``folder`` is
    where a page shows one of these mails.
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
    return _sendings(OutboxMessage.id.in_(told) & ~_speaks_of_others(bodies), folder, SENT_TOGETHER)


def sendings_about_account(person_id: str, *, folder: str) -> list[Sending]:
    """The mails about somebody's own account, each by itself, newest first; one statement.

    That the reader keeps the account is the caller's care.
    """
    return _sendings(_is_about_account(person_id), folder, [OutboxMessage.id])


def mail_about_account(person_id: str, message_id: str) -> OutboxMessage:
    """One of these mails. Raises ``NotFound``."""
    found = session().scalar(
        select(OutboxMessage).where(OutboxMessage.id == message_id, _is_about_account(person_id))
    )
    if found is None:
        raise NotFound("Deze mail bestaat niet.")
    return found


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


def _sendings(
    wanted: ColumnElement[bool], folder: str, together: Sequence[InstrumentedAttribute[Any]]
) -> list[Sending]:
    rows = session().execute(
        select(
            func.min(OutboxMessage.id),
            func.min(OutboxMessage.subject),
            OutboxMessage.created_at_utc,
            func.count(),
            func.sum(case((OutboxMessage.state == MailState.FAILED, 1), else_=0)),
            func.min(OutboxMessage.subject) == func.max(OutboxMessage.subject),
        )
        .where(wanted)
        .group_by(*together)
        .order_by(OutboxMessage.created_at_utc.desc(), func.min(OutboxMessage.id))
        .limit(MOST)
    )
    return [
        Sending(first_id, subject, at_utc, people, failed, has_one_subject, folder)
        for first_id, subject, at_utc, people, failed, has_one_subject in rows
    ]


def _is_about_account(person_id: str) -> ColumnElement[bool]:
    return and_(
        OutboxMessage.subject_type == ACCOUNTS,
        OutboxMessage.subject_id == person_id,
        OutboxMessage.body_id.is_(None),
    )


def _speaks_of_others(bodies: Collection[str]) -> ColumnElement[bool]:
    """Whether a mail is also about something of another body."""
    return (
        exists()
        .where(MailSubject.message_id == OutboxMessage.id, MailSubject.body_id.not_in(bodies))
        .correlate(OutboxMessage)
    )

"""Reading the outbox, for Beheer. Who may is the pages' care (``permissions.keeps_mail``)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import func, select

from overleg.db import session
from overleg.lib.errors import NotFound
from overleg.mail.addresses import normal_email
from overleg.mail.models import OutboxMessage
from overleg.mail.states import MailState

PAGE_SIZE = 50


@dataclass(frozen=True)
class MailPage:
    """A page of the list, and how many there are in each state."""

    messages: Sequence[OutboxMessage]
    number: int
    last: int
    counts: Mapping[MailState, int]

    @property
    def total(self) -> int:
        """How many mails there are in all states together."""
        return sum(self.counts.values())


def page_of_mails(*, state: MailState | None, number: int) -> MailPage:
    """The newest mails first; ``number`` counts from 1 and is held within what there is."""
    counted = session().execute(
        select(OutboxMessage.state, func.count()).group_by(OutboxMessage.state)
    )
    counts: dict[MailState, int] = dict(counted.all())
    total = counts.get(state, 0) if state else sum(counts.values())
    last = max(1, -(-total // PAGE_SIZE))
    number = min(max(number, 1), last)
    query = select(OutboxMessage).order_by(
        OutboxMessage.created_at_utc.desc(), OutboxMessage.id.desc()
    )
    if state:
        query = query.where(OutboxMessage.state == state)
    messages = session().scalars(query.limit(PAGE_SIZE).offset((number - 1) * PAGE_SIZE)).all()
    return MailPage(messages=messages, number=number, last=last, counts=counts)


def count_waiting(email: str) -> Mapping[MailState, int]:
    """How many mails wait for somebody's mail of the day, or for the end of the quiet hours."""
    counted = session().execute(
        select(OutboxMessage.state, func.count())
        .where(
            OutboxMessage.to_email == normal_email(email),
            OutboxMessage.state.in_((MailState.HELD, MailState.QUIET)),
        )
        .group_by(OutboxMessage.state)
    )
    found: dict[MailState, int] = dict(counted.all())
    return {state: found.get(state, 0) for state in (MailState.HELD, MailState.QUIET)}


def mail_by_id(message_id: str) -> OutboxMessage:
    """One mail. Raises ``NotFound``."""
    message = session().get(OutboxMessage, message_id)
    if message is None:
        raise NotFound("Deze mail bestaat niet.")
    return message

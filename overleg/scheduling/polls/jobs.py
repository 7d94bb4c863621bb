"""What the worker does with polls: ask who came to the table while one is open."""

from collections.abc import Sequence
from datetime import datetime

from flask import Flask
from sqlalchemy import event, select
from sqlalchemy.engine import Connection
from sqlalchemy.orm import Mapper, joinedload, selectinload

from overleg.accounts.models import Person
from overleg.audit.models import JournalEntry
from overleg.audit.states import Verb
from overleg.audit.workflow import System, record
from overleg.db import session
from overleg.jobs.queue import EVERY_TEN_MINUTES, queue_of, run_after_commit
from overleg.lib.dates import local_date
from overleg.scheduling.models import DatePoll, DatePollLink
from overleg.scheduling.polls import notices
from overleg.scheduling.polls.answering import hold, links_for
from overleg.scheduling.polls.workflow import answers_on
from overleg.scheduling.states import PollState

ASK_NEWCOMERS = "ask_newcomers"
TELLING = frozenset(
    {Verb.SEAT_ADDED, Verb.SEAT_CHANGED, Verb.PERSON_CORRECTED, Verb.PERSON_ENABLED}
)
"""What may bring somebody to the table, or make a mail reach somebody who sits there."""


def register(app: Flask) -> None:
    """Declare the job."""
    queue_of(app).declare(
        ASK_NEWCOMERS,
        ask_newcomers,
        every=EVERY_TEN_MINUTES,
        does="Stuurt een open datumprikker ook naar wie er sindsdien een zetel kreeg",
    )


@event.listens_for(JournalEntry, "after_insert")
def _ask_to_look(
    _mapper: Mapper[JournalEntry], _connection: Connection, entry: JournalEntry
) -> None:
    if entry.verb in TELLING:
        run_after_commit(ASK_NEWCOMERS)


def ask_newcomers(now: datetime) -> None:
    """Mail each open poll to who sits at its table and never had a link; a commit per poll."""
    for poll in _open_polls():
        ask_newcomers_of(poll, now=now)
        session().commit()


def ask_newcomers_of(poll: DatePoll, *, now: datetime) -> list[Person]:
    """Mail an open poll to who has a seat now and never had a link to it; returns them.

    Whose link was revoked is not asked again, nor is who answered everything on the page. When
    answers are no longer taken, or no moment is still to come, nobody is asked.
    """
    hold(poll)
    if poll.state is not PollState.OPEN or poll.is_too_late(local_date(now)):
        return []
    if all(slot.starts_at_utc <= now for slot in poll.slots):
        return []
    known = set(
        session().scalars(select(DatePollLink.person_id).where(DatePollLink.poll_id == poll.id))
    )
    people = [person for person in answers_on(poll, now).reminded if person.id not in known]
    if not people:
        return []
    names = ", ".join(person.name for person in people)
    record(Verb.POLL_ASKED_TOO, poll, by=System(), now=now, reason=f"Aan {names}.")
    links = links_for(poll, people, now=now)
    for person in people:
        notices.ask_to_answer(links[person.id], notices.ASKED, now=now)
    return people


def _open_polls() -> Sequence[DatePoll]:
    return (
        session()
        .scalars(
            select(DatePoll)
            .where(DatePoll.state == PollState.OPEN)
            .options(joinedload(DatePoll.body), selectinload(DatePoll.all_slots))
            .order_by(DatePoll.created_at_utc, DatePoll.id)
        )
        .all()
    )

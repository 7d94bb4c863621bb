"""What keeps invitations in step by itself: news of a meeting, and what changed of people."""

from datetime import datetime

from flask import Flask
from sqlalchemy import event
from sqlalchemy.engine import Connection
from sqlalchemy.orm import Mapper

from overleg.audit.models import JournalEntry
from overleg.audit.states import Verb
from overleg.calendars.invitations.queries import meetings_out_of_date
from overleg.calendars.invitations.reading import read_replies
from overleg.calendars.invitations.workflow import follow_meeting
from overleg.db import session
from overleg.jobs.queue import EVERY_TEN_MINUTES, queue_of, run_after_commit
from overleg.jobs.timing import EVERY_FIVE_MINUTES
from overleg.scheduling.telling import on_meeting_news

FOLLOW_SEATS = "follow_seats"
READ_REPLIES = "read_replies"
TELLING = frozenset(
    {
        Verb.SEAT_ADDED,
        Verb.SEAT_CHANGED,
        Verb.SEAT_ENDED,
        Verb.PERSON_CORRECTED,
        Verb.PERSON_DISABLED,
        Verb.PERSON_ENABLED,
    }
)
"""What may change who is invited, or where the mail goes."""


def register(app: Flask) -> None:
    """Listen to meetings, and declare the jobs."""
    on_meeting_news(app, follow_meeting)
    queue_of(app).declare(
        FOLLOW_SEATS,
        follow_seats,
        every=EVERY_TEN_MINUTES,
        does="Houdt uitnodigingen gelijk met wie een zetel heeft",
    )
    queue_of(app).declare(
        READ_REPLIES,
        read_replies,
        every=EVERY_FIVE_MINUTES,
        does="Leest antwoorden op uitnodigingen, en mails die terugkomen, uit de postbus",
    )


@event.listens_for(JournalEntry, "after_insert")
def _ask_to_follow(
    _mapper: Mapper[JournalEntry], _connection: Connection, entry: JournalEntry
) -> None:
    if entry.verb in TELLING:
        run_after_commit(FOLLOW_SEATS)


def follow_seats(now: datetime) -> None:
    """Bring up to date what is not, such as for who got or lost a seat; one commit per meeting."""
    for meeting in meetings_out_of_date(now):
        follow_meeting(meeting, now)
        session().commit()

"""Who is writing at which item, as heard a moment ago."""

from datetime import datetime

from sqlalchemy.exc import IntegrityError

from overleg.accounts.models import Person
from overleg.agenda.models import AgendaItem
from overleg.db import session
from overleg.minutes.models import Writing
from overleg.minutes.queries.presence import writing_of
from overleg.scheduling.models import Meeting


def write_at(item: AgendaItem, *, by: Person, now: datetime) -> None:
    """Note that somebody has this item open to write; heard again and again while it is so."""
    writing = writing_of(item.meeting_id, by.id)
    if writing is None:
        writing = Writing(meeting_id=item.meeting_id, person_id=by.id)
        writing.item_id, writing.person_name, writing.heard_at_utc = item.id, by.name, now
        try:
            with session().begin_nested():
                session().add(writing)
        except IntegrityError:
            return  # another window of the same person was heard at this very moment
    writing.item_id, writing.person_name, writing.heard_at_utc = item.id, by.name, now


def stop_writing(meeting: Meeting, *, by: Person) -> None:
    """Note that somebody left the verslag; who was not writing stays so."""
    writing = writing_of(meeting.id, by.id)
    if writing is not None:
        session().delete(writing)

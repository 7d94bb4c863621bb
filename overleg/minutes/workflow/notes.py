"""Writing the notes of one item, in revisions that are not changed once they are done.

A text that saves itself every few seconds would make hundreds of revisions nobody reads. So the
saves of one person in one window are one revision, that grows while the writing goes on: until
somebody else saves, until the writer pauses, or until it took long enough. Nothing is lost by it,
as a revision only takes in a later text of its own writer, never another's.
"""

from datetime import datetime, timedelta

from overleg.agenda.models import AgendaItem
from overleg.audit.states import Verb
from overleg.audit.workflow import Actor, record
from overleg.db import new_id, session
from overleg.lib.errors import EditConflict, NotPossible
from overleg.minutes.models import NoteRevision
from overleg.minutes.permissions import NOTES_OPEN
from overleg.minutes.queries.minutes import latest_note
from overleg.minutes.workflow.holding import hold_minutes, refuse_when_final

PAUSE = timedelta(minutes=3)
"""Who did not save for so long begins a new revision."""
LONGEST = timedelta(minutes=15)
"""A revision that was begun so long ago grows no more, however busily somebody writes."""


class NotesConflict(EditConflict):
    """Somebody else saved first; ``latest`` is what they saved."""

    def __init__(self, latest: NoteRevision) -> None:
        super().__init__(f"{latest.written_by_name} bewaarde dit punt terwijl u schreef.")
        self.latest = latest


def save_notes(
    item: AgendaItem,
    text_html: str,
    *,
    started_from: int,
    by: Actor,
    now: datetime,
    writing_id: str = "",
) -> NoteRevision | None:
    """Keep the notes of an item; ``text_html`` is clean HTML.

    ``started_from`` is the edition the writer began with, 0 for none. ``writing_id`` names the
    window in which somebody goes on writing: the revision it made grows, and a save whose answer
    got lost on the way is taken again. Without it the save is done: always a revision of its own.
    What is the same as before makes no new edition; an empty text on an item without notes gives
    None. Raises ``NotesConflict`` when somebody else saved in between, ``NotPossible`` before the
    meeting has begun, after approval, or when it was cancelled.
    """
    minutes = hold_minutes(item.meeting, now=now)
    refuse_when_final(item.meeting, minutes)
    if item.meeting.state not in NOTES_OPEN:
        raise NotPossible(
            f"De vergadering is {item.meeting.state.label}. "
            "Schrijven aan het verslag kan zodra u de vergadering start."
        )
    latest = latest_note(item)
    if text_html == (latest.text_html if latest else ""):
        if latest is not None and not writing_id:
            _end(latest, item, by=by, now=now)
        return latest
    is_own = latest is not None and _is_of_window(latest, by, writing_id)
    if latest is not None and latest.edition != started_from and not is_own:
        raise NotesConflict(latest)
    if latest is not None and is_own and _still_grows(latest, now):
        latest.text_html, latest.written_at_utc = text_html, now
        latest.edition += 1
        session().flush()
        return latest
    return add_revision(item, latest, text_html, by=by, now=now, writing_id=writing_id)


def add_revision(
    item: AgendaItem,
    latest: NoteRevision | None,
    text_html: str,
    *,
    by: Actor,
    now: datetime,
    writing_id: str = "",
    is_drafted: bool = False,
) -> NoteRevision:
    """Make the revision after ``latest``, and note it in the journal.

    The verslag of the item must be held.
    """
    revision = NoteRevision(
        id=new_id(),
        item_id=item.id,
        number=latest.number + 1 if latest else 1,
        edition=latest.edition + 1 if latest else 1,
        text_html=text_html,
        written_by_id=by.id,
        written_by_name=by.name,
        begun_at_utc=now,
        written_at_utc=now,
        writing_id=writing_id,
        is_drafted=is_drafted,
    )
    session().add(revision)
    record(Verb.NOTES_DRAFTED if is_drafted else Verb.NOTES_SAVED, item, by=by, now=now)
    return revision


def _end(latest: NoteRevision, item: AgendaItem, *, by: Actor, now: datetime) -> None:
    """Say that a revision is done: it grows no more, and the journal tells how it became."""
    if not latest.writing_id or latest.written_by_id != by.id:
        return
    latest.writing_id = ""
    if latest.written_at_utc > latest.begun_at_utc:
        record(Verb.NOTES_SAVED, item, by=by, now=now)


def _is_of_window(latest: NoteRevision, by: Actor, writing_id: str) -> bool:
    return bool(writing_id) and latest.writing_id == writing_id and latest.written_by_id == by.id


def _still_grows(latest: NoteRevision, now: datetime) -> bool:
    return now - latest.written_at_utc < PAUSE and now - latest.begun_at_utc < LONGEST

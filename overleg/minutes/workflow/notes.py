"""Writing the notes of one item. Every save is a revision that is never changed afterwards."""

from datetime import datetime

from overleg.agenda.models import AgendaItem
from overleg.audit.states import Verb
from overleg.audit.workflow import Actor, record
from overleg.db import new_id, session
from overleg.lib.errors import EditConflict, NotPossible
from overleg.minutes.models import NoteRevision
from overleg.minutes.permissions import NOTES_OPEN
from overleg.minutes.queries.minutes import latest_note
from overleg.minutes.workflow.holding import hold_minutes, refuse_when_final


class NotesConflict(EditConflict):
    """Somebody else saved first; ``latest`` is what they saved."""

    def __init__(self, latest: NoteRevision) -> None:
        super().__init__(f"{latest.written_by_name} bewaarde dit punt terwijl u schreef.")
        self.latest = latest


def save_notes(
    item: AgendaItem, text_html: str, *, started_from: int, by: Actor, now: datetime
) -> NoteRevision | None:
    """Keep the notes of an item as a new revision; ``text_html`` is clean HTML.

    ``started_from`` is the number of the revision the writer began with, 0 for none. What is the
    same as the last revision makes no new one; an empty text on an item without notes gives None.
    Raises ``NotesConflict`` when somebody else saved in between, ``NotPossible`` before the meeting
    has begun, after approval, or when it was cancelled.
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
        return latest
    if latest is not None and latest.number != started_from:
        raise NotesConflict(latest)
    revision = NoteRevision(
        id=new_id(),
        item_id=item.id,
        number=latest.number + 1 if latest else 1,
        text_html=text_html,
        written_by_name=by.name,
        written_at_utc=now,
    )
    session().add(revision)
    session().flush()
    record(Verb.NOTES_SAVED, item, by=by, now=now)
    return revision

"""Everything that is noted of one item at once: what was said, an outcome, something to do."""

from dataclasses import dataclass
from datetime import datetime

from overleg.accounts.models import Person
from overleg.agenda.models import AgendaItem
from overleg.db import NO_ROW
from overleg.decisions.models import Outcome
from overleg.decisions.queries.actions import actions_by_item
from overleg.decisions.workflow.actions import ToDo, note_action
from overleg.decisions.workflow.outcomes import Agreed, note_outcome
from overleg.decisions.workflow.votes import Agreement, note_vote
from overleg.minutes.models import NoteRevision
from overleg.minutes.queries.attendance import Table
from overleg.minutes.queries.minutes import outcomes_by_item
from overleg.minutes.workflow.notes import save_notes
from overleg.scheduling.models import Meeting


@dataclass(frozen=True, kw_only=True)
class Noted:
    """What was noted of an item; without an outcome or an action there is none to add.

    ``started_from`` is the edition of the text that the writer began with.
    """

    text_html: str
    started_from: int
    outcome: Agreed | None = None
    agreement: Agreement | None = None
    to_do: ToDo | None = None


def note_item(
    item: AgendaItem, noted: Noted, *, by: Person, now: datetime
) -> tuple[NoteRevision | None, Outcome | None]:
    """Keep the notes of an item, with an outcome and an action where there is one.

    What is sent twice is noted once. Raises what ``save_notes``, ``note_outcome``, ``note_vote``
    and ``note_action`` raise; then nothing of it may be kept.
    """
    note = save_notes(item, noted.text_html, started_from=noted.started_from, by=by, now=now)
    outcome = None
    if noted.outcome is not None:
        earlier = outcomes_by_item([item.id]).get(item.id, [])
        if noted.outcome not in [Agreed(o.kind, o.title, o.text_html) for o in earlier]:
            outcome = note_outcome(item, noted.outcome, by=by, now=now)
            if noted.agreement is not None:
                note_vote(outcome, noted.agreement, revision=NO_ROW, by=by, now=now)
    if noted.to_do is not None:
        todo = noted.to_do
        there = actions_by_item([item.id]).get(item.id, [])
        if (todo.text, todo.who, todo.due_on) not in [(a.text, a.who, a.due_on) for a in there]:
            note_action(item, todo, by=by, now=now)
    return note, outcome


def who_can_act(table: Table, meeting: Meeting, by: Person) -> list[str]:
    """The names that somebody can choose from: who writes, the seats, the organisations."""
    names = [by.name, *(line.seat.person.name for line in table.seats if line.seat.person)]
    names += [line.seat.organisation.name for line in table.seats]
    names += [organisation.name for organisation in meeting.body.supporters]
    return list(dict.fromkeys(names))

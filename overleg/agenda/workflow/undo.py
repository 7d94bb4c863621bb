"""Undoing the last change of an agenda in the making.

Each change keeps what the agenda was before, and a mark of what it became. Who made the change can
take it back while the agenda is still exactly that: nobody's later work is undone with it.
"""

import hashlib
import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from typing import Any

from sqlalchemy import delete, select

from overleg.accounts.models import Person
from overleg.agenda.models import AgendaItem, AgendaStep, Proposal
from overleg.agenda.queries.items import items_of_meeting
from overleg.agenda.states import Asked, ItemState
from overleg.agenda.workflow.items import (
    ItemText,
    add_own_item,
    change_item,
    remove_item,
    schedule_proposal,
)
from overleg.agenda.workflow.order import add_last, hold_agenda, reorder
from overleg.audit.states import Verb
from overleg.audit.workflow import record
from overleg.db import new_id, session
from overleg.documents.states import Circle
from overleg.lib.errors import NotPossible
from overleg.scheduling.models import Meeting

TEXTS = (
    "title",
    "explanation_html",
    "submitter_label",
    "asked",
    "minutes_needed",
    "circle",
    "section",
    "is_closed",
)
Snapshot = list[dict[str, Any]]


@contextmanager
def undoable(meeting: Meeting, label: str, *, by: Person, now: datetime) -> Iterator[None]:
    """Do a change of this agenda inside, which ``by`` can undo; ``label`` says what it was.

    Holds the agenda until the commit. A change that changed nothing leaves the step before it.
    """
    hold_agenda(meeting)
    before = _snapshot(items_of_meeting(meeting))
    yield
    session().flush()
    after = _snapshot(items_of_meeting(meeting))
    if after == before:
        return
    _forget(meeting)
    step = AgendaStep(
        id=new_id(),
        meeting_id=meeting.id,
        person_id=by.id,
        label=label,
        before=json.dumps(before),
        after=_mark(after),
        done_at_utc=now,
    )
    session().add(step)
    session().flush()


def last_step(meeting: Meeting, by: Person) -> AgendaStep | None:
    """The last change of this agenda, when this person made it; one statement."""
    return session().scalar(
        select(AgendaStep).where(AgendaStep.meeting_id == meeting.id, AgendaStep.person_id == by.id)
    )


def undo_last(meeting: Meeting, *, by: Person, now: datetime) -> str:
    """Take back the last change by this person; returns what it was, in Dutch words.

    Raises ``NotPossible`` when there is none, when somebody changed the agenda since, or when it
    was sent: what others were told is not taken back.
    """
    hold_agenda(meeting)
    step = last_step(meeting, by)
    items = items_of_meeting(meeting)
    if step is None or step.after != _mark(_snapshot(items)):
        raise NotPossible(
            "De agenda werd intussen gewijzigd of verstuurd. Uw laatste wijziging blijft; "
            "pas de agenda aan zoals ze nu is."
        )
    label, before = step.label, json.loads(step.before)
    _forget(meeting)
    _restore(meeting, items, before, by=by, now=now)
    return label


def _forget(meeting: Meeting) -> None:
    session().execute(delete(AgendaStep).where(AgendaStep.meeting_id == meeting.id))


def _snapshot(items: Sequence[AgendaItem]) -> Snapshot:
    return [
        {
            "id": item.id,
            "proposal_id": item.proposal_id,
            "continues_id": item.continues_id,
            "number": item.number,
            **{name: getattr(item, name) for name in TEXTS},
        }
        for item in items
    ]


def _mark(snapshot: Snapshot) -> str:
    return hashlib.sha256(json.dumps(snapshot).encode()).hexdigest()


def _restore(
    meeting: Meeting,
    items: Sequence[AgendaItem],
    before: Snapshot,
    *,
    by: Person,
    now: datetime,
) -> None:
    known = {row["id"] for row in before}
    for item in items:
        if item.id not in known:
            remove_item(item, by=by, now=now)
    there = {item.id: item for item in items}
    ids = []
    for row in before:
        item = there.get(row["id"]) or _put_back(meeting, row, by=by, now=now)
        change_item(item, _text(row), by=by, now=now)
        ids.append(item.id)
    reorder(meeting, ids, by=by, now=now)


def _put_back(meeting: Meeting, row: dict[str, Any], *, by: Person, now: datetime) -> AgendaItem:
    if row["proposal_id"] is not None:
        proposal = session().get_one(Proposal, row["proposal_id"])
        return schedule_proposal(meeting, proposal, by=by, now=now)
    sent = session().get(AgendaItem, row["id"])
    if sent is not None:
        sent.state = ItemState.SCHEDULED
        record(Verb.ITEM_ADDED, sent, by=by, now=now, to_state=sent.state)
        add_last(meeting, sent)
        return sent
    item = add_own_item(meeting, _text(row), by=by, now=now)
    item.continues_id = row["continues_id"]
    return item


def _text(row: dict[str, Any]) -> ItemText:
    values = {name: row[name] for name in TEXTS}
    values |= {"asked": Asked(row["asked"]), "circle": Circle(row["circle"])}
    return ItemText(**values)

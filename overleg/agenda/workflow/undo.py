"""Undoing the last changes of an agenda in the making, one by one.

Each change keeps what the agenda was before, and a mark of what it became. Who made the last
changes in a row can take them back while the agenda is still exactly that: nobody's later work is
undone with it.
"""

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime
from itertools import pairwise
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
    guard_taken_up_once,
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
MOST_STEPS = 25
Snapshot = list[dict[str, Any]]


@contextmanager
def undoable(meeting: Meeting, label: str, *, by: Person, now: datetime) -> Iterator[None]:
    """Do a change of this agenda inside, which ``by`` can undo; ``label`` says what it was.

    Holds the agenda until the commit. A change that changed nothing leaves the steps before it;
    the first one after somebody else's work begins anew.
    """
    hold_agenda(meeting)
    before = _snapshot(items_of_meeting(meeting))
    yield
    session().flush()
    after = _snapshot(items_of_meeting(meeting))
    if after == before:
        return
    earlier = _steps(meeting)
    goes_on = bool(earlier) and earlier[0].person_id == by.id and earlier[0].after == _mark(before)
    _forget(meeting, *(earlier[MOST_STEPS - 1 :] if goes_on else earlier))
    step = AgendaStep(
        id=new_id(),
        meeting_id=meeting.id,
        number=earlier[0].number + 1 if goes_on else 1,
        person_id=by.id,
        label=label,
        before=json.dumps(before),
        after=_mark(after),
        done_at_utc=now,
    )
    session().add(step)
    session().flush()


def steps_back(meeting: Meeting, items: Sequence[AgendaItem], by: Person) -> list[AgendaStep]:
    """The changes this person can take back, the last one first; one statement.

    ``items`` are those of the agenda now: what others changed or what was sent since, stays.
    """
    steps = _steps(meeting)
    mine = bool(steps) and steps[0].person_id == by.id and steps[0].after == _mark(_snapshot(items))
    return steps if mine else []


def undo_last(meeting: Meeting, *, by: Person, now: datetime) -> str:
    """Take back the last change by this person; returns what it was, in Dutch words.

    The change before it can be taken back next. Raises ``NotPossible`` when there is none, when
    somebody changed the agenda since, or when it was sent: what others were told is not taken back.
    """
    hold_agenda(meeting)
    items = items_of_meeting(meeting)
    steps = steps_back(meeting, items, by)
    if not steps:
        raise NotPossible(
            "De agenda werd intussen gewijzigd of verstuurd. Uw laatste wijziging blijft; "
            "pas de agenda aan zoals ze nu is."
        )
    label, before = steps[0].label, json.loads(steps[0].before)
    _forget(meeting, steps[0])
    renamed = _restore(meeting, items, before, by=by, now=now)
    _follow(meeting, steps[1:], renamed)
    return label


def _steps(meeting: Meeting) -> list[AgendaStep]:
    """The changes in a row, the last one first."""
    return list(
        session().scalars(
            select(AgendaStep)
            .where(AgendaStep.meeting_id == meeting.id)
            .order_by(AgendaStep.number.desc())
        )
    )


def _forget(meeting: Meeting, *steps: AgendaStep) -> None:
    session().execute(
        delete(AgendaStep).where(
            AgendaStep.meeting_id == meeting.id, AgendaStep.id.in_([step.id for step in steps])
        )
    )


def _follow(meeting: Meeting, earlier: Sequence[AgendaStep], renamed: Mapping[str, str]) -> None:
    """Have the steps before know the points that came back by the name they have now."""
    if not earlier:
        return
    earlier[0].after = _mark(_snapshot(items_of_meeting(meeting)))
    for step in earlier if renamed else ():
        rows: Snapshot = json.loads(step.before)
        step.before = json.dumps([row | {"id": renamed.get(row["id"], row["id"])} for row in rows])
    for later, step in pairwise(earlier if renamed else ()):
        step.after = _mark(json.loads(later.before))
    session().flush()


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
) -> dict[str, str]:
    """Make the agenda what it was; returns under which id a point came back that had another."""
    known = {row["id"] for row in before}
    for item in items:
        if item.id not in known:
            remove_item(item, by=by, now=now)
    there = {item.id: item for item in items}
    ids = {}
    for row in before:
        item = there.get(row["id"]) or _put_back(meeting, row, by=by, now=now)
        change_item(item, _text(row), revision=item.revision, by=by, now=now)
        ids[row["id"]] = item.id
    reorder(meeting, list(ids.values()), by=by, now=now)
    return {old: new for old, new in ids.items() if old != new}


def _put_back(meeting: Meeting, row: dict[str, Any], *, by: Person, now: datetime) -> AgendaItem:
    if row["proposal_id"] is not None:
        proposal = session().get_one(Proposal, row["proposal_id"])
        return schedule_proposal(meeting, proposal, by=by, now=now)
    if row["continues_id"] is not None:
        guard_taken_up_once(session().get_one(AgendaItem, row["continues_id"]))
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

"""The agenda of a meeting as a list: held until the commit, in order, numbered.

Every verb first locks the agenda, so that two who work on it at once come one after the other; who
comes second works on what the first left.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from itertools import count
from typing import TypeVar

from sqlalchemy import update
from sqlalchemy.exc import InvalidRequestError

from overleg.agenda.arranging import arranged, blocks, in_automatic_order
from overleg.agenda.models import AgendaItem, Proposal
from overleg.agenda.queries.items import OPEN_STATES, items_of_meeting, next_number
from overleg.agenda.states import ItemState
from overleg.audit.queries import history_of
from overleg.audit.states import Verb
from overleg.audit.workflow import Actor, record
from overleg.db import hold_until_commit, session
from overleg.lib.errors import NotPossible
from overleg.organisations.models import Body
from overleg.organisations.states import ItemNumbering, SectionsBy
from overleg.scheduling.models import Meeting
from overleg.scheduling.states import MeetingState

Thing = TypeVar("Thing")
CHANGED_MEANWHILE = (
    "De agenda werd intussen door iemand anders gewijzigd. "
    "Open ze opnieuw en kijk wat er veranderde."
)


class Direction(StrEnum):
    """Which way a point moves in the list."""

    UP = "omhoog"
    DOWN = "omlaag"


@dataclass
class MeetingAgenda:
    """The agenda as the journal calls it, among the rows of its meeting."""

    id: str
    journal_label: str
    __tablename__ = Meeting.__tablename__


def lock_agenda(meeting: Meeting) -> None:
    """Hold the agenda of a meeting until the commit, and read the meeting anew."""
    hold_until_commit(Meeting, Meeting.id == meeting.id)
    session().refresh(meeting)


def guard_open(meeting: Meeting) -> None:
    """Raise ``NotPossible`` when the agenda of this meeting is closed, saying what can be done."""
    if meeting.state is MeetingState.CANCELLED:
        raise NotPossible(
            "Deze vergadering is geannuleerd. "
            "Zet de punten op de agenda van een andere vergadering."
        )
    if meeting.state not in OPEN_STATES:
        raise NotPossible(
            "Deze vergadering is al begonnen: de agenda ligt vast. "
            "Een nieuw punt komt bij “Varia”, of op de volgende vergadering."
        )


def hold_agenda(meeting: Meeting) -> None:
    """Lock an agenda that is still being made; raises ``NotPossible`` when it is not."""
    lock_agenda(meeting)
    guard_open(meeting)


def read_anew(thing: AgendaItem | Proposal) -> None:
    """Read what others made of it; it may be gone."""
    try:
        session().refresh(thing)
    except InvalidRequestError:
        raise NotPossible(CHANGED_MEANWHILE) from None


def guard_scheduled(item: AgendaItem) -> None:
    """Raise ``NotPossible`` when the point is no longer on its agenda."""
    if item.state is not ItemState.SCHEDULED:
        raise NotPossible(
            f"“{item.title}” is {item.standing.label} en kan op deze agenda niet meer wijzigen."
        )


def move_item(item: AgendaItem, direction: Direction, *, by: Actor, now: datetime) -> None:
    """Move a point one place under its heading; at the end nothing happens. Fixed ones stay put.

    At the edge of a heading of the body's own, the whole section moves.
    """
    meeting, step = item.meeting, 1 if direction is Direction.DOWN else -1
    hold_agenda(meeting)
    sections_by = meeting.body.sections_by
    items = items_of_meeting(meeting)
    made = blocks(items, sections_by)
    block = next((block for block in made if item in block), None)
    if block is None:
        guard_scheduled(item)
        raise NotPossible(f"“{item.title}” is een vast punt en houdt zijn plaats.")
    moved = _swap(block, item, step)
    if not moved and sections_by is SectionsBy.OWN and not item.is_closed and item.section:
        movable = [block for block in made if block[0].section and not block[0].is_closed]
        moved = _swap(movable, block, step)
        kept = [block for block in made if block not in movable]
        made = [*kept, *movable]
    if not moved:
        return
    _place([each for block in made for each in block])
    number_items(meeting, items)
    _tell_reordered(meeting, by=by, now=now)


def _swap(things: list[Thing], thing: Thing, step: int) -> bool:
    """Swap it with its neighbour; false when there is none."""
    here = things.index(thing)
    there = here + step
    if not 0 <= there < len(things):
        return False
    things[here], things[there] = things[there], things[here]
    return True


def _place(items: Sequence[AgendaItem]) -> None:
    for position, item in enumerate(items, start=1):
        item.position = position


def reorder(meeting: Meeting, ids: Sequence[str], *, by: Actor, now: datetime) -> None:
    """Give the points this order; fixed ones stay first and last whatever their place in ``ids``.

    Raises ``NotPossible`` when ``ids`` are not exactly the points that are on the agenda now.
    """
    hold_agenda(meeting)
    items = items_of_meeting(meeting)
    if sorted(ids) != sorted(item.id for item in items):
        raise NotPossible(CHANGED_MEANWHILE)
    before = [item.id for item in items]
    _place(sorted(items, key=lambda item: ids.index(item.id)))
    number_items(meeting, items)
    if [item.id for item in sorted(items, key=lambda item: item.position)] != before:
        _tell_reordered(meeting, by=by, now=now)


def put_before(item: AgendaItem, next_id: str, *, by: Actor, now: datetime) -> None:
    """Give a point that was just added its place before another one; last when that one is gone."""
    ids = [each.id for each in items_of_meeting(item.meeting) if each.id != item.id]
    place = ids.index(next_id) if next_id in ids else len(ids)
    reorder(item.meeting, [*ids[:place], item.id, *ids[place:]], by=by, now=now)


def order_automatically(meeting: Meeting, *, by: Actor, now: datetime) -> None:
    """Order the points as a start: by section, by what is asked (heaviest first), by function."""
    hold_agenda(meeting)
    items = items_of_meeting(meeting)
    wanted = in_automatic_order(items, meeting.body.sections_by)
    reorder(meeting, [item.id for item in wanted], by=by, now=now)


def add_last(meeting: Meeting, item: AgendaItem) -> None:
    """Put an item last, but before "Varia"; the agenda is locked."""
    with session().no_autoflush:  # what stands on a locked agenda is written
        others = [other for other in items_of_meeting(meeting) if other is not item]
    item.position = len(others) + 1
    session().add(item)
    number_items(meeting, [*others, item])


def number_items(meeting: Meeting, items: Sequence[AgendaItem]) -> None:
    """Place the items 1, 2, 3 in their order, the fixed ones first and last of the open part."""
    _place(arranged(items, meeting.body.sections_by))
    session().flush()


def leave_agenda(item: AgendaItem) -> None:
    """Note that a point was withdrawn: it takes no place any more and the others close up.

    The agenda is locked.
    """
    item.state = ItemState.WITHDRAWN
    item.position = 0
    session().flush()
    number_items(item.meeting, items_of_meeting(item.meeting))


def give_numbers(meeting: Meeting, items: Sequence[AgendaItem]) -> None:
    """Give each point that has none yet a number for good; the agenda is locked.

    Where a body numbers through the year its row is held, so that two of its agendas that go out at
    once come one after the other.
    """
    if meeting.body.item_numbering is ItemNumbering.YEAR:
        session().execute(
            update(Body)
            .where(Body.id == meeting.body_id)
            .values(slug=Body.slug)
            .execution_options(synchronize_session=False)
        )
    coming = count(next_number(meeting))
    for item in items:
        if item.number is None:
            item.number = next(coming)
    session().flush()


def _tell_reordered(meeting: Meeting, *, by: Actor, now: datetime) -> None:
    """One row for a row of moves by the same person."""
    session().flush()
    last = history_of([meeting.id], limit=1)
    if last and last[0].verb is Verb.AGENDA_REORDERED and last[0].actor_id == by.id:
        return
    agenda = MeetingAgenda(meeting.id, f"de agenda van {meeting.label}")
    record(Verb.AGENDA_REORDERED, agenda, by=by, now=now)

"""The agenda of a meeting as a list: held until the commit, in order, numbered.

Every verb first locks the agenda, so that two who work on it at once come one after the other; who
comes second works on what the first left.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy import update
from sqlalchemy.exc import InvalidRequestError

from overleg.agenda.models import AgendaItem, Proposal
from overleg.agenda.queries.items import items_of_meeting
from overleg.agenda.states import ItemKind, ItemState
from overleg.audit.queries import history_of
from overleg.audit.states import Verb
from overleg.audit.workflow import Actor, record
from overleg.db import session
from overleg.lib.errors import NotPossible
from overleg.scheduling.models import Meeting
from overleg.scheduling.states import MeetingState

OPEN_STATES = frozenset({MeetingState.PREPARING, MeetingState.AGENDA_SENT})
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
    session().flush()
    session().execute(
        update(Meeting)
        .where(Meeting.id == meeting.id)
        .values(changed_at_utc=Meeting.changed_at_utc)
        .execution_options(synchronize_session=False)
    )
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
            f"“{item.title}” is {item.state.label} en kan op deze agenda niet meer wijzigen."
        )


def move_item(item: AgendaItem, direction: Direction, *, by: Actor, now: datetime) -> None:
    """Move a point one place; at the end of the list nothing happens. Fixed points stay put."""
    hold_agenda(item.meeting)
    movable = [other for other in items_of_meeting(item.meeting) if not other.is_fixed]
    if item not in movable:
        guard_scheduled(item)
        raise NotPossible(f"“{item.title}” is een vast punt en houdt zijn plaats.")
    here = movable.index(item)
    there = here + (1 if direction is Direction.DOWN else -1)
    if not 0 <= there < len(movable):
        return
    movable[here].position, movable[there].position = (
        movable[there].position,
        movable[here].position,
    )
    _tell_reordered(item.meeting, by=by, now=now)


def reorder(meeting: Meeting, ids: Sequence[str], *, by: Actor, now: datetime) -> None:
    """Give the points this order; fixed ones stay first and last whatever their place in ``ids``.

    Raises ``NotPossible`` when ``ids`` are not exactly the points that are on the agenda now.
    """
    hold_agenda(meeting)
    items = items_of_meeting(meeting)
    if sorted(ids) != sorted(item.id for item in items):
        raise NotPossible(CHANGED_MEANWHILE)
    before = [item.id for item in items]
    wanted = sorted(items, key=lambda item: ids.index(item.id))
    for position, item in enumerate(wanted, start=1):
        item.position = position
    number_items(wanted)
    if [item.id for item in sorted(items, key=lambda item: item.position)] != before:
        _tell_reordered(meeting, by=by, now=now)


def add_last(meeting: Meeting, item: AgendaItem) -> None:
    """Put an item last, but before "Varia"."""
    others = [other for other in items_of_meeting(meeting) if other is not item]
    item.position = len(others) + 1
    session().add(item)
    session().flush()
    number_items([*others, item])


def number_items(items: Sequence[AgendaItem]) -> None:
    """Number the items 1, 2, 3 in their order, the fixed ones first and last."""
    weight = {ItemKind.MINUTES_APPROVAL: -1, ItemKind.ANY_OTHER_BUSINESS: 1}
    ordered = sorted(items, key=lambda item: (weight.get(item.kind, 0), item.position))
    for position, item in enumerate(ordered, start=1):
        item.position = position
    session().flush()


def _tell_reordered(meeting: Meeting, *, by: Actor, now: datetime) -> None:
    """One row for a row of moves by the same person."""
    session().flush()
    last = history_of([meeting.id], limit=1)
    if last and last[0].verb is Verb.AGENDA_REORDERED and last[0].actor_id == by.id:
        return
    agenda = MeetingAgenda(meeting.id, f"de agenda van {meeting.label}")
    record(Verb.AGENDA_REORDERED, agenda, by=by, now=now)

"""The verslag of a meeting: its items, notes and outcomes, in the circles that are asked for."""

from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, and_, bindparam, func, or_, select, true
from sqlalchemy.orm import contains_eager, joinedload, selectinload

from overleg.agenda.models import AgendaItem
from overleg.db import session
from overleg.decisions.models import FollowUp, Outcome
from overleg.documents.states import Circle
from overleg.minutes.models import Minutes, NoteRevision
from overleg.one_of import is_one_of
from overleg.organisations.states import BODY_ROLES
from overleg.organisations.viewer import Viewer
from overleg.scheduling.models import Meeting
from overleg.scheduling.states import MeetingState

_MINUTES = (
    select(Minutes)
    .where(Minutes.meeting_id == bindparam("meeting_id"))
    .execution_options(populate_existing=True)
)
_LATEST_NOTE = (
    select(NoteRevision)
    .where(NoteRevision.item_id == bindparam("item_id"))
    .order_by(NoteRevision.number.desc())
    .limit(1)
)


def minutes_of(meeting: Meeting) -> Minutes | None:
    """The verslag of a meeting, read anew; None before anything was noted."""
    return session().scalar(_MINUTES, {"meeting_id": meeting.id})


def readable_verslag(viewer: Viewer) -> ColumnElement[bool]:
    """What a person reads of a verslag, as ``can_read_minutes`` says it of a whole meeting: the
    condition on items joined with their meeting.
    """
    full = [body_id for body_id, circle in viewer.reach.items() if circle is Circle.MAYORS]
    return and_(
        AgendaItem.position > 0,
        viewer.readable(Meeting.body_id, AgendaItem.circle),
        or_(
            Meeting.state == MeetingState.APPROVED,
            is_one_of(Meeting.body_id, viewer.bodies_as(*BODY_ROLES)),
            and_(Meeting.state == MeetingState.MINUTES, Meeting.body_id.in_(sorted(full))),
        ),
    )


def items_in_circles(meeting: Meeting, circles: Collection[Circle]) -> Sequence[AgendaItem]:
    """The items of a meeting that these circles may read, in order; numbers are positions."""
    return (
        session()
        .scalars(
            select(AgendaItem)
            .where(
                AgendaItem.meeting_id == meeting.id,
                AgendaItem.position > 0,
                AgendaItem.circle.in_(sorted(circles)),
            )
            .order_by(AgendaItem.position, AgendaItem.id)
        )
        .all()
    )


def latest_notes(item_ids: Collection[str]) -> dict[str, NoteRevision]:
    """The last revision of each item's notes, by item; one statement."""
    last = (
        select(NoteRevision.item_id, func.max(NoteRevision.number).label("number"))
        .where(NoteRevision.item_id.in_(sorted(item_ids)))
        .group_by(NoteRevision.item_id)
        .subquery()
    )
    rows = session().scalars(
        select(NoteRevision).join(
            last,
            and_(last.c.item_id == NoteRevision.item_id, last.c.number == NoteRevision.number),
        )
    )
    return {note.item_id: note for note in rows}


def latest_note(item: AgendaItem) -> NoteRevision | None:
    """The last revision of one item's notes."""
    return session().scalar(_LATEST_NOTE, {"item_id": item.id})


def revisions_of(item: AgendaItem) -> Sequence[NoteRevision]:
    """Every revision of an item's notes, the newest first."""
    return (
        session()
        .scalars(
            select(NoteRevision)
            .where(NoteRevision.item_id == item.id)
            .order_by(NoteRevision.number.desc())
        )
        .all()
    )


def outcomes_by_item(
    item_ids: Collection[str], *, until: datetime | None = None
) -> dict[str, list[Outcome]]:
    """What was agreed on each of these items, with its follow-up, for who reads their verslag.

    With ``until`` (UTC) only what was noted up to then: an approved verslag gets no outcomes since.

    That these items may be read is the caller's care: in a verslag an outcome is read by who reads
    the discussion, whether or not it asks anything of the municipalities.
    """
    found: dict[str, list[Outcome]] = {}
    for outcome in session().scalars(
        select(Outcome)
        .join(Outcome.item)
        .where(
            Outcome.item_id.in_(sorted(item_ids)),
            true() if until is None else Outcome.noted_at_utc <= until,
        )
        .options(
            contains_eager(Outcome.item),
            selectinload(Outcome.follow_ups).joinedload(FollowUp.organisation),
        )
        .order_by(Outcome.noted_at_utc, Outcome.id)
    ):
        found.setdefault(outcome.item_id, []).append(outcome)
    return found


def item_of_meeting(meeting: Meeting, item_id: str) -> AgendaItem | None:
    """An item that stands on the agenda of this meeting, with the meeting; None for another."""
    return session().scalar(
        select(AgendaItem)
        .where(
            AgendaItem.id == item_id,
            AgendaItem.meeting_id == meeting.id,
            AgendaItem.position > 0,
        )
        .options(joinedload(AgendaItem.meeting).joinedload(Meeting.body))
    )


def editions_of(meeting: Meeting) -> dict[str, int]:
    """How far each item of a meeting was saved, by item; items without notes are left out."""
    rows = session().execute(
        select(NoteRevision.item_id, func.max(NoteRevision.edition).label("edition"))
        .join(NoteRevision.item)
        .where(AgendaItem.meeting_id == meeting.id)
        .group_by(NoteRevision.item_id)
    )
    return {row.item_id: row.edition for row in rows}

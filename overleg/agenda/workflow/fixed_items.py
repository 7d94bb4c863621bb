"""The fixed points of an agenda: "Goedkeuring verslag" first, "Varia" last."""

from datetime import datetime
from html import escape

from overleg.agenda.models import AgendaItem
from overleg.agenda.queries.items import items_of_meeting
from overleg.agenda.states import Asked, ItemKind
from overleg.agenda.workflow.order import guard_open, lock_agenda, number_items
from overleg.db import new_id, session
from overleg.documents.states import Circle
from overleg.lib.dates import format_date
from overleg.scheduling.models import Meeting
from overleg.scheduling.queries import previous_meeting

MINUTES_APPROVAL_MINUTES = 5
ANY_OTHER_BUSINESS_MINUTES = 10


def ensure_fixed_items(meeting: Meeting, *, now: datetime) -> None:
    """Give the agenda its first and last point where they are missing.

    The first, "Goedkeuring verslag", names the previous meeting; the very first meeting of a body
    has nothing to approve.
    """
    guard_open(meeting)
    wanted = _missing_fixed(meeting)
    if not wanted:
        return
    lock_agenda(meeting)
    guard_open(meeting)
    for item in _missing_fixed(meeting):
        item.added_at_utc = now
        session().add(item)
    session().flush()
    number_items(meeting, items_of_meeting(meeting))


def _missing_fixed(meeting: Meeting) -> list[AgendaItem]:
    there = {item.kind for item in items_of_meeting(meeting)}
    missing = []
    before = previous_meeting(meeting)
    if ItemKind.MINUTES_APPROVAL not in there and before is not None:
        day = format_date(before.starts_at_utc)
        about = escape(f"Verslag van de vergadering {before.label} van {day}.")
        missing.append(
            AgendaItem(
                id=new_id(),
                meeting_id=meeting.id,
                kind=ItemKind.MINUTES_APPROVAL,
                position=1,
                title=f"Goedkeuring verslag van {day}",
                explanation_html=f"<p>{about}</p>",
                asked=Asked.DECIDE,
                minutes_needed=MINUTES_APPROVAL_MINUTES,
                circle=Circle.PUBLIC,
            )
        )
    if ItemKind.ANY_OTHER_BUSINESS not in there:
        missing.append(
            AgendaItem(
                id=new_id(),
                meeting_id=meeting.id,
                kind=ItemKind.ANY_OTHER_BUSINESS,
                position=len(there) + 1,
                title="Varia",
                asked=Asked.DISCUSS,
                minutes_needed=ANY_OTHER_BUSINESS_MINUTES,
                circle=Circle.PUBLIC,
            )
        )
    return missing

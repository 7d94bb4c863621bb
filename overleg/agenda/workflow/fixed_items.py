"""The fixed points of an agenda: "Goedkeuring verslag" first, "Varia" last."""

from collections.abc import Sequence
from datetime import datetime
from html import escape

from overleg.agenda.models import AgendaItem
from overleg.agenda.queries.items import items_of_meeting
from overleg.agenda.states import Asked, ItemKind
from overleg.agenda.workflow.order import guard_open, lock_agenda, number_items
from overleg.db import new_id, session
from overleg.documents.states import Circle
from overleg.lib.dates import format_date
from overleg.mail.links import absolute_url
from overleg.scheduling.models import Meeting
from overleg.scheduling.queries import previous_meeting

ABOUT = "Goedkeuring verslag van "
VERSLAG_LINK = "lees het verslag"
MINUTES_APPROVAL_MINUTES = 5
ANY_OTHER_BUSINESS_MINUTES = 10


def ensure_fixed_items(meeting: Meeting, *, now: datetime) -> Sequence[AgendaItem]:
    """Give the agenda its first and last point where they are missing; returns its points.

    The first, "Goedkeuring verslag", names the previous meeting and leads to its verslag; the very
    first meeting of a body has nothing to approve. When another meeting came in between before the
    agenda was sent, the point follows.
    """
    guard_open(meeting)
    before = previous_meeting(meeting)
    items = items_of_meeting(meeting)
    if not _missing_fixed(meeting, items, before) and not _follows_another(items, before):
        return items
    lock_agenda(meeting)
    guard_open(meeting)
    before = previous_meeting(meeting)
    items = items_of_meeting(meeting)
    outdated = _follows_another(items, before)
    if outdated is not None:
        session().delete(outdated) if before is None else _be_about(outdated, before)
    for item in _missing_fixed(meeting, items, before):
        item.added_at_utc = now
        session().add(item)
    session().flush()
    made = items_of_meeting(meeting)
    number_items(meeting, made)
    return made


def _follows_another(items: Sequence[AgendaItem], before: Meeting | None) -> AgendaItem | None:
    """The point about a verslag, not sent yet, that is about another meeting than it should."""
    first = next(iter(items), None)
    if first is None or first.kind is not ItemKind.MINUTES_APPROVAL or first.number is not None:
        return None
    if before is not None and _verslag_url(before) in first.explanation_html:
        return None
    is_ours = first.title.startswith(ABOUT) and VERSLAG_LINK in first.explanation_html
    return first if is_ours else None


def _be_about(item: AgendaItem, before: Meeting) -> None:
    day = format_date(before.starts_at_utc)
    about = escape(f"Verslag van de vergadering {before.label} van {day}")
    item.revision += 1
    item.title = f"{ABOUT}{day}"
    item.explanation_html = f'<p>{about}: <a href="{_verslag_url(before)}">{VERSLAG_LINK}</a>.</p>'


def _verslag_url(before: Meeting) -> str:
    return absolute_url(f"/vergaderingen/{before.id}/verslag")


def _missing_fixed(
    meeting: Meeting, items: Sequence[AgendaItem], before: Meeting | None
) -> list[AgendaItem]:
    there = {item.kind for item in items}
    missing = []
    if ItemKind.MINUTES_APPROVAL not in there and before is not None:
        approval = AgendaItem(
            id=new_id(),
            meeting_id=meeting.id,
            kind=ItemKind.MINUTES_APPROVAL,
            position=1,
            asked=Asked.DECIDE,
            minutes_needed=MINUTES_APPROVAL_MINUTES,
            circle=Circle.PUBLIC,
            revision=0,
        )
        _be_about(approval, before)
        missing.append(approval)
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

"""The fixed points of an agenda: "Goedkeuring verslag" first, "Varia" last."""

import re
from collections.abc import Sequence
from datetime import datetime

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
SENTENCE = re.compile(
    r"<p>Verslag van de vergadering (\S+) van (?P<day>[^<]+): "
    r'<a href="([^"]+)"[^>]*>lees het verslag</a>\.</p>'
)
MINUTES_APPROVAL_MINUTES = 5
ANY_OTHER_BUSINESS_MINUTES = 10


def ensure_fixed_items(meeting: Meeting, *, now: datetime) -> Sequence[AgendaItem]:
    """Give the agenda its first and last point where they are missing; returns its points.

    The first, "Goedkeuring verslag", names the previous meeting and leads to its verslag; the very
    first meeting of a body has nothing to approve. When another meeting came in between or the day
    moved, before the agenda was sent, the point follows; what support staff wrote in it stays.
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
    """The point about a verslag, not sent yet, that tells another meeting or day than it should.

    Only where its title and its sentence still tell one day, as they were made: what support staff
    made of them is theirs.
    """
    first = next(iter(items), None)
    if first is None or first.kind is not ItemKind.MINUTES_APPROVAL or first.number is not None:
        return None
    told = SENTENCE.search(first.explanation_html)
    if told is None or first.title != f"{ABOUT}{told['day']}":
        return None
    if before is None:
        return first if told.group() == first.explanation_html else None
    return first if told.groups() != _told_of(before) else None


def _told_of(before: Meeting) -> tuple[str, str, str]:
    """Its number, its day and the address of its verslag."""
    url = absolute_url(f"/vergaderingen/{before.id}/verslag")
    return before.label, format_date(before.starts_at_utc), url


def _be_about(item: AgendaItem, before: Meeting) -> None:
    label, day, url = _told_of(before)
    about = f"Verslag van de vergadering {label} van {day}"
    sentence = f'<p>{about}: <a href="{url}">lees het verslag</a>.</p>'
    item.revision += 1
    item.title = f"{ABOUT}{day}"
    item.explanation_html = SENTENCE.sub(sentence, item.explanation_html) or sentence


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
            explanation_html="",
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

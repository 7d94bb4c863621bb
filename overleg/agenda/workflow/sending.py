"""Sending an agenda: it is frozen as version A, B, C, and its readers are told."""

from collections.abc import Sequence
from datetime import datetime

from overleg.agenda.lines import Line, is_same, working_lines
from overleg.agenda.models import AgendaVersion, SentAnnex, SentItem
from overleg.agenda.queries.items import items_of_meeting
from overleg.agenda.queries.readers import readers_of
from overleg.agenda.queries.versions import lines_of_version, versions_of
from overleg.agenda.sending_notices import tell_agenda_sent
from overleg.agenda.workflow.order import (
    MeetingAgenda,
    give_numbers,
    guard_open,
    lock_agenda,
    number_items,
)
from overleg.audit.states import Verb
from overleg.audit.workflow import Actor, record
from overleg.db import new_id, session
from overleg.documents.states import Circle
from overleg.lib.dates import local_date
from overleg.lib.errors import NotPossible
from overleg.lib.text import upper_first
from overleg.organisations.queries.bodies import seats_of
from overleg.scheduling.models import Meeting
from overleg.scheduling.states import MeetingState
from overleg.scheduling.workflow import move_to

ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


def send_agenda(meeting: Meeting, *, message: str, by: Actor, now: datetime) -> AgendaVersion:
    """Freeze the agenda as its next version and mail it to the readers of the body.

    Each reader is told the points of the own circle only. The first time the meeting goes from
    "in opmaak" to "agenda verstuurd". Raises ``NotPossible`` when the meeting has begun or was
    cancelled, when there is nothing on the agenda, nobody at the table, or nothing new.
    """
    lock_agenda(meeting)
    guard_open(meeting)
    items = items_of_meeting(meeting)
    number_items(meeting, items)
    if all(item.is_fixed for item in items):
        raise NotPossible(
            "Op de agenda staan nog enkel de vaste punten. Zet er eerst minstens één ander op."
        )
    today = local_date(now)
    if not seats_of(meeting.body_id, today):
        raise NotPossible(
            f"{upper_first(meeting.body.the_name)} heeft nog geen leden: niemand zou de agenda "
            "krijgen. Voeg eerst de leden toe."
        )
    give_numbers(meeting, items)
    lines = working_lines(meeting, items, next_number=1)
    earlier = versions_of(meeting.id)
    before = lines_of_version(earlier[0].id, Circle.MAYORS.readable) if earlier else []
    if earlier and is_same(lines, before):
        raise NotPossible(
            f"Er is niets gewijzigd sinds versie {earlier[0].letter}: "
            "iedereen heeft deze agenda al."
        )
    version = AgendaVersion(
        id=new_id(),
        meeting_id=meeting.id,
        letter=version_letter(len(earlier)),
        sent_at_utc=now,
        sent_by_name=by.name,
        message=message.strip(),
    )
    session().add(version)
    _freeze(version, lines)
    _tell_journal(meeting, version, by=by, now=now)
    tell_agenda_sent(meeting, version, lines, before, readers_of(meeting.body_id, today), now=now)
    return version


def version_letter(count: int) -> str:
    """The letter after ``count`` earlier versions: A to Z, then AA, AB..."""
    letters = ""
    while count >= 0:
        letters = ALPHABET[count % 26] + letters
        count = count // 26 - 1
    return letters


def _freeze(version: AgendaVersion, lines: Sequence[Line]) -> None:
    for place, line in enumerate(lines, start=1):
        sent = SentItem(
            id=new_id(),
            version_id=version.id,
            item_id=line.item_id,
            position=place,
            number=line.number,
            title=line.title,
            explanation_html=line.explanation_html,
            submitter_label=line.submitter_label,
            asked=line.asked,
            minutes_needed=line.minutes_needed,
            starts_at_utc=line.starts_at_utc,
            circle=line.circle,
            section=line.section,
            is_closed=line.is_closed,
            annexes=[
                SentAnnex(
                    id=new_id(),
                    annex_id=annex.id if not annex.was_sent else None,
                    file_id=annex.file_id,
                    title=annex.title,
                    position=position,
                    circle=annex.circle,
                )
                for position, annex in enumerate(line.annexes, start=1)
            ],
        )
        session().add(sent)
    session().flush()


def _tell_journal(meeting: Meeting, version: AgendaVersion, *, by: Actor, now: datetime) -> None:
    agenda = MeetingAgenda(meeting.id, f"agenda {version.letter} van {meeting.label}")
    if meeting.state is MeetingState.PREPARING:
        move_to(meeting, MeetingState.AGENDA_SENT, by=by, now=now, subject=agenda)
    else:
        record(Verb.AGENDA_SENT, agenda, by=by, now=now)

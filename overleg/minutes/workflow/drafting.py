"""The first text of items, out of outcomes and attendance. What people wrote stays."""

from collections.abc import Sequence
from datetime import datetime

from overleg.agenda.models import AgendaItem
from overleg.agenda.queries.items import items_of_meeting
from overleg.audit.workflow import Actor
from overleg.decisions.queries.actions import actions_by_item, votes_by_outcome
from overleg.decisions.workflow.votes import in_words
from overleg.lib.errors import NotPossible
from overleg.minutes.drafting import drafted_text
from overleg.minutes.models import NoteRevision
from overleg.minutes.permissions import NOTES_OPEN
from overleg.minutes.queries.attendance import absences_by_item, table_of
from overleg.minutes.queries.minutes import latest_notes, outcomes_by_item
from overleg.minutes.workflow.holding import hold_minutes, refuse_when_final
from overleg.minutes.workflow.notes import add_revision
from overleg.scheduling.models import Meeting


def draft_item(item: AgendaItem, *, by: Actor, now: datetime) -> NoteRevision | None:
    """Write one item anew from what is known of it, as a new revision; the others stay.

    What stood there stays readable among the revisions; the same text again changes nothing.
    Raises ``NotPossible`` before the meeting has begun and after approval.
    """
    _hold(item.meeting, now=now)
    text = _texts([item])[item.id]
    latest = latest_notes([item.id]).get(item.id)
    if latest is not None and latest.text_html == text:
        return latest
    return add_revision(item, latest, text, by=by, now=now, is_drafted=True)


def draft_missing(meeting: Meeting, *, by: Actor, now: datetime) -> int:
    """Write a first text for every item of which something is known but nothing was written.

    Returns how many were written. The number of statements that look things up is fixed. Raises
    as ``draft_item``.
    """
    _hold(meeting, now=now)
    items = items_of_meeting(meeting)
    ids = [item.id for item in items]
    notes = latest_notes(ids)
    known = {*outcomes_by_item(ids), *actions_by_item(ids), *absences_by_item(ids)}
    missing = [
        item
        for item in items
        if item.id in known and not (item.id in notes and notes[item.id].text_html)
    ]
    texts = _texts(missing) if missing else {}
    for item in missing:
        add_revision(item, notes.get(item.id), texts[item.id], by=by, now=now, is_drafted=True)
    return len(missing)


def _hold(meeting: Meeting, *, now: datetime) -> None:
    minutes = hold_minutes(meeting, now=now)
    refuse_when_final(meeting, minutes)
    if meeting.state not in NOTES_OPEN:
        raise NotPossible(
            f"De vergadering is {meeting.state.label}. "
            "Een tekst opstellen kan zodra u de vergadering start."
        )


def _texts(items: Sequence[AgendaItem]) -> dict[str, str]:
    ids = [item.id for item in items]
    outcomes, away, votes = outcomes_by_item(ids), absences_by_item(ids), votes_by_outcome(ids)
    there = table_of(items[0].meeting).names_there
    return {
        item.id: drafted_text(
            item,
            outcomes.get(item.id, []),
            there=sorted(there - {absence.name for absence in away.get(item.id, [])}),
            away=[absence.label for absence in away.get(item.id, [])],
            agreed=[
                in_words(votes[outcome.id])
                for outcome in outcomes.get(item.id, [])
                if outcome.id in votes
            ],
        )
        for item in items
    }

"""The verslag as one reader sees it: the same lines for the page and the Word file."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from overleg.agenda.models import AgendaItem
from overleg.agenda.states import ItemState
from overleg.decisions.models import ActionItem, Outcome, OutcomeVote
from overleg.decisions.queries.actions import actions_by_item, votes_by_outcome
from overleg.decisions.workflow.votes import in_words
from overleg.documents.states import Circle
from overleg.lib.dates import format_date
from overleg.lib.differences import is_changed, marked_html
from overleg.lib.errors import NotFound
from overleg.lib.text import join_words
from overleg.minutes.models import ItemAbsence, Minutes, MinutesVersion, NoteRevision
from overleg.minutes.permissions import can_read_minutes
from overleg.minutes.queries.attendance import Table, absences_by_item, table_of
from overleg.minutes.queries.minutes import (
    items_in_circles,
    latest_notes,
    minutes_of,
    outcomes_by_item,
)
from overleg.minutes.queries.versions import last_version
from overleg.minutes.queries.waiting import taken_up_at
from overleg.minutes.results import results_html
from overleg.organisations.viewer import Viewer
from overleg.scheduling.models import Meeting
from overleg.scheduling.states import MeetingState

NOT_TREATED = frozenset({ItemState.POSTPONED, ItemState.WITHDRAWN})


@dataclass(frozen=True)
class MinutesLine:
    """One point: what was said and what came out of it."""

    item: AgendaItem
    note: NoteRevision | None
    outcomes: Sequence[Outcome]
    actions: Sequence[ActionItem] = ()
    away: Sequence[ItemAbsence] = ()
    votes: Mapping[str, OutcomeVote] = field(default_factory=dict)
    """How the table came to its outcomes, by outcome."""
    taken_up_at: datetime | None = None
    """When the meeting begins (UTC) that a postponed point went to, where that is known."""
    approved_html: str | None = None
    """What came of it as the verslag was approved; None where it is no longer another thing."""

    @property
    def results_html(self) -> str:
        """What came of it as it is now, as clean HTML."""
        return results_html(self.outcomes, self.votes, self.actions, self.away)

    @property
    def fate(self) -> str:
        """``uitgesteld naar 8 januari 2027``, ``ingetrokken``; empty where the table treated it."""
        if self.item.state not in NOT_TREATED:
            return ""
        if self.item.state is ItemState.POSTPONED and self.taken_up_at is not None:
            return f"{self.item.state.label} naar {format_date(self.taken_up_at)}"
        return self.item.state.label

    @property
    def is_changed_since(self) -> bool:
        """Whether outcomes or actions changed after the approval, and the verslag did not."""
        return self.approved_html is not None

    @property
    def text_html(self) -> str:
        """The discussion; empty when nothing was noted."""
        return self.note.text_html if self.note else ""

    @property
    def is_empty(self) -> bool:
        """Whether nothing was noted yet, no outcome either."""
        return (
            not self.text_html and not self.outcomes and not self.actions and not self.approved_html
        )

    @property
    def is_untold(self) -> bool:
        """Whether something came of it but nothing was written."""
        return not self.text_html and not self.is_empty

    @property
    def away_in_words(self) -> str:
        """``Burgemeester Tielt (betrokken partij)``: who took no part, or an empty text."""
        return join_words(absence.label for absence in self.away)

    def agreed(self, outcome: Outcome) -> str:
        """How the table came to this outcome, in words; empty where that was not noted."""
        vote = self.votes.get(outcome.id)
        return in_words(vote) if vote else ""


@dataclass(frozen=True)
class ReadMinutes:
    """A verslag in one circle; ``minutes`` is None before anything was noted."""

    meeting: Meeting
    minutes: Minutes | None
    circle: Circle
    table: Table
    lines: Sequence[MinutesLine]

    @property
    def is_draft(self) -> bool:
        """True until approved."""
        return self.meeting.state is not MeetingState.APPROVED

    @property
    def writers(self) -> list[str]:
        """Who wrote the notes as they stand, by name."""
        return sorted({line.note.written_by_name for line in self.lines if line.note})

    @property
    def empty_lines(self) -> list[MinutesLine]:
        """The points of which nothing was noted yet."""
        return [line for line in self.lines if line.is_empty]

    @property
    def unfinished_lines(self) -> list[MinutesLine]:
        """The points with an outcome that nobody can decide on yet."""
        return [line for line in self.lines if any(each.is_unfinished for each in line.outcomes)]

    @property
    def leaves_out(self) -> bool:
        """Whether a point before the last of these is for a narrower circle.

        In the narrowest a number that is missing left a meeting that was cancelled.
        """
        return self.circle is not Circle.MAYORS and any(
            line.item.position != place for place, line in enumerate(self.lines, start=1)
        )

    def line_of(self, item_id: str) -> MinutesLine | None:
        """The line of this item, if it is among them."""
        return next((line for line in self.lines if line.item.id == item_id), None)

    def after(self, item_id: str) -> MinutesLine | None:
        """The line after this item."""
        ids = [line.item.id for line in self.lines]
        place = ids.index(item_id) + 1
        return self.lines[place] if place < len(ids) else None


def read_minutes(viewer: Viewer, meeting: Meeting, circle: Circle | None = None) -> ReadMinutes:
    """The verslag that this viewer reads of a meeting; ``circle`` asks for a wider one.

    Items of a narrower circle are left out by the query, the others keep their numbers. Raises
    ``NotFound`` when it may not be read (yet) or not in that circle. A fixed number of statements.
    """
    if not can_read_minutes(viewer, meeting):
        raise NotFound("Het verslag van deze vergadering is er nog niet.")
    own = viewer.reach[meeting.body_id]
    chosen = own if circle is None else circle
    if chosen not in own.readable:
        raise NotFound
    return minutes_in_circle(meeting, chosen)


def minutes_in_circle(meeting: Meeting, circle: Circle) -> ReadMinutes:
    """The verslag as readers of this circle read it; the caller knows that they may."""
    minutes = minutes_of(meeting)
    items = items_in_circles(meeting, circle.readable)
    ids = [item.id for item in items]
    approved_at = minutes.approved_at_utc if minutes else None
    notes, outcomes = latest_notes(ids), outcomes_by_item(ids, until=approved_at)
    actions, away, votes = actions_by_item(ids), absences_by_item(ids), votes_by_outcome(ids)
    taken_up = taken_up_at(ids)
    lines = [
        MinutesLine(
            item,
            notes.get(item.id),
            outcomes.get(item.id, []),
            actions.get(item.id, []),
            away.get(item.id, []),
            votes,
            taken_up.get(item.id),
        )
        for item in items
    ]
    if minutes is not None and approved_at is not None:
        lines = _as_approved(lines, last_version(minutes.id))
    return ReadMinutes(meeting, minutes, circle, table_of(meeting), lines)


def _as_approved(lines: Sequence[MinutesLine], version: MinutesVersion | None) -> list[MinutesLine]:
    """The lines, with what was approved where something else came of a point since.

    Compared in words, so that how a version was laid out when it was made changes nothing.
    """
    approved = {item.item_id: item.results_html for item in version.items} if version else {}
    return [
        replace(line, approved_html=said)
        if (said := approved.get(line.item.id)) is not None
        and is_changed(marked_html(said, line.results_html))
        else line
        for line in lines
    ]

"""What is read of what happened: one row each, of no more than a report tells."""

from dataclasses import dataclass
from datetime import date, datetime

from overleg.agenda.states import Asked, ItemState, ProposalState
from overleg.decisions.states import FollowUpState, Organ, OutcomeKind
from overleg.documents.states import Circle
from overleg.minutes.states import MinutesState
from overleg.scheduling.models import Meeting


@dataclass(frozen=True, slots=True)
class SeatRow:
    """A municipality had a seat in a body from one day to another (None: still)."""

    organisation_id: str
    body_id: str
    valid_from: date
    valid_to: date | None


@dataclass(frozen=True, slots=True)
class MeetingRow:
    """A meeting with the name of its body; ``meeting`` is loaded without it."""

    meeting: Meeting
    body: str
    minutes_state: MinutesState | None = None
    """Where its verslag stands, where that was read."""


@dataclass(frozen=True, slots=True)
class PointRow:
    """A point of the last agenda that was sent, with its circle then and now."""

    meeting_id: str
    item_id: str
    number: int
    title: str
    submitter: str
    asked: Asked
    state: ItemState
    circles: frozenset[Circle]


@dataclass(frozen=True, slots=True)
class NotedRow:
    """What an approved verslag says on a point, in a few words, with its circle then and now."""

    meeting_id: str
    item_id: str
    number: int
    title: str
    said: str
    circles: frozenset[Circle]


@dataclass(frozen=True, slots=True)
class OutcomeRow:
    """An outcome that was told, and when (UTC): on its release, or when its meeting was closed."""

    outcome_id: str
    item_id: str
    kind: OutcomeKind
    title: str
    text_html: str
    circle: Circle
    told_at_utc: datetime
    of: MeetingRow


@dataclass(frozen=True, slots=True)
class FollowUpRow:
    """What a municipality was asked and did not answer yet."""

    organisation_id: str
    outcome_id: str
    item_id: str
    title: str
    circle: Circle
    organ: Organ
    state: FollowUpState
    due_on: date | None
    of: MeetingRow


@dataclass(frozen=True, slots=True)
class ProposalRow:
    """What a municipality proposed and waits for its meeting."""

    organisation_id: str
    proposal_id: str
    body_id: str
    body: str
    title: str
    state: ProposalState

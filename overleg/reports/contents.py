"""What a report tells, as it was written: plain values that are kept as JSON.

Titles and names are those of that moment. Each line names the agenda item or proposal it comes
from, so that what was closed since can be left out.
"""

import json
from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date
from typing import Any


@dataclass(frozen=True, kw_only=True)
class PointTold:
    """A point of an agenda."""

    item_id: str
    number: int
    title: str
    submitter: str = ""
    asked: str = ""
    remark: str = ""
    """``uitgesteld`` where it was."""
    said: str = ""
    """What the approved verslag says, in a few words; empty on an agenda."""


@dataclass(frozen=True, kw_only=True)
class MeetingTold:
    """A meeting: held, coming, or one of which the verslag was approved."""

    meeting_id: str
    body_id: str
    body: str
    label: str
    day: date
    hours: str = ""
    place: str = ""
    verslag: str = ""
    points: tuple[PointTold, ...] = ()


@dataclass(frozen=True, kw_only=True)
class OutcomeTold:
    """An outcome that was made known."""

    outcome_id: str
    item_id: str
    body_id: str
    meeting: str
    kind: str
    title: str
    text_html: str


@dataclass(frozen=True, kw_only=True)
class FollowUpTold:
    """What this municipality still has to answer."""

    outcome_id: str
    item_id: str
    body_id: str
    meeting: str
    title: str
    organ: str
    state: str
    due_on: date | None


@dataclass(frozen=True, kw_only=True)
class ProposalTold:
    """What this municipality proposed and was not treated yet."""

    proposal_id: str
    body_id: str
    body: str
    title: str
    state: str


@dataclass(frozen=True, kw_only=True)
class Contents:
    """All of a report; what a part does not have is an empty tuple."""

    held: tuple[MeetingTold, ...] = ()
    outcomes: tuple[OutcomeTold, ...] = ()
    approved: tuple[MeetingTold, ...] = ()
    """Those of which the verslag was approved; their points are what it says."""
    follow_ups: tuple[FollowUpTold, ...] = ()
    coming: tuple[MeetingTold, ...] = ()
    proposals: tuple[ProposalTold, ...] = ()

    @property
    def is_empty(self) -> bool:
        """Whether nothing happened: no meeting, no outcome, no verslag approved."""
        return not (self.held or self.outcomes or self.approved)

    @property
    def last_meeting_day(self) -> date | None:
        """The day of the last meeting it tells of."""
        return max((meeting.day for meeting in self.held), default=None)

    @property
    def item_ids(self) -> set[str]:
        """Every agenda item that it names."""
        meetings = (*self.held, *self.approved, *self.coming)
        points = {point.item_id for meeting in meetings for point in meeting.points}
        outcomes = {outcome.item_id for outcome in self.outcomes}
        return points | outcomes | {row.item_id for row in self.follow_ups}

    @property
    def proposal_ids(self) -> set[str]:
        """Every proposal it names."""
        return {proposal.proposal_id for proposal in self.proposals}

    @property
    def body_ids(self) -> set[str]:
        """Every body it tells of."""
        meetings = {meeting.body_id for meeting in (*self.held, *self.approved, *self.coming)}
        outcomes = {outcome.body_id for outcome in self.outcomes}
        rows = {row.body_id for row in self.follow_ups}
        return meetings | outcomes | rows | {proposal.body_id for proposal in self.proposals}

    def without(self, hidden: Collection[str], *, own_rows_stay: bool) -> "Contents":
        """The same, without the agenda items and proposals with these ids.

        ``own_rows_stay`` keeps what the municipality was asked to decide itself.
        """
        if not hidden:
            return self
        return replace(
            self,
            held=tuple(_without_points(meeting, hidden) for meeting in self.held),
            approved=tuple(_without_points(meeting, hidden) for meeting in self.approved),
            coming=tuple(_without_points(meeting, hidden) for meeting in self.coming),
            outcomes=tuple(o for o in self.outcomes if o.item_id not in hidden),
            follow_ups=tuple(
                f for f in self.follow_ups if own_rows_stay or f.item_id not in hidden
            ),
            proposals=tuple(p for p in self.proposals if p.proposal_id not in hidden),
        )

    def of_bodies(self, body_ids: Collection[str]) -> "Contents":
        """Only what these bodies are about."""
        return Contents(
            held=tuple(m for m in self.held if m.body_id in body_ids),
            outcomes=tuple(o for o in self.outcomes if o.body_id in body_ids),
            approved=tuple(m for m in self.approved if m.body_id in body_ids),
            follow_ups=tuple(f for f in self.follow_ups if f.body_id in body_ids),
            coming=tuple(m for m in self.coming if m.body_id in body_ids),
            proposals=tuple(p for p in self.proposals if p.body_id in body_ids),
        )

    def as_json(self) -> str:
        """To keep it; ``from_json`` reads it back."""
        return json.dumps(self, default=_plain, ensure_ascii=False)


def from_json(text: str) -> Contents:
    """What was kept; an empty text is a report that was not written."""
    if not text:
        return Contents()
    kept: dict[str, Any] = json.loads(text)
    return Contents(
        held=tuple(_meeting(one) for one in kept["held"]),
        outcomes=tuple(OutcomeTold(**one) for one in kept["outcomes"]),
        approved=tuple(_meeting(one) for one in kept["approved"]),
        follow_ups=tuple(
            FollowUpTold(**{**one, "due_on": _day(one["due_on"])}) for one in kept["follow_ups"]
        ),
        coming=tuple(_meeting(one) for one in kept["coming"]),
        proposals=tuple(ProposalTold(**one) for one in kept["proposals"]),
    )


def _plain(value: object) -> object:
    """A day or one of our lines as JSON has it; ``asdict`` would copy all of it, slowly."""
    return value.isoformat() if isinstance(value, date) else vars(value)


def _meeting(kept: dict[str, Any]) -> MeetingTold:
    points = tuple(PointTold(**point) for point in kept["points"])
    return MeetingTold(**{**kept, "day": date.fromisoformat(kept["day"]), "points": points})


def _day(kept: str | None) -> date | None:
    return date.fromisoformat(kept) if kept else None


def _without_points(meeting: MeetingTold, hidden: Collection[str]) -> MeetingTold:
    kept = tuple(point for point in meeting.points if point.item_id not in hidden)
    return replace(meeting, points=kept) if len(kept) < len(meeting.points) else meeting

"""What each report has to tell: a municipality's share of what happened."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from overleg.agenda.states import ItemState
from overleg.documents.states import Circle
from overleg.lib.dates import format_date, format_span, local_date
from overleg.minutes.states import MinutesState
from overleg.organisations.models import Organisation
from overleg.reports.contents import (
    Contents,
    FollowUpTold,
    MeetingTold,
    OutcomeTold,
    PointTold,
    ProposalTold,
)
from overleg.reports.queries.happened import (
    approved_between,
    meetings_around,
    open_follow_ups,
    outcomes_told,
    points_of,
    seats_of_towns,
    waiting_proposals,
)
from overleg.reports.queries.noted import noted_in
from overleg.reports.queries.rows import (
    FollowUpRow,
    MeetingRow,
    NotedRow,
    OutcomeRow,
    PointRow,
    ProposalRow,
    SeatRow,
)
from overleg.reports.states import ReportKind
from overleg.scheduling.states import MeetingState

TAKES_PLACE = frozenset(MeetingState) - {MeetingState.PREPARING, MeetingState.CANCELLED}
"""A meeting without an agenda that went out is only announced."""
NOT_TREATED = frozenset({ItemState.POSTPONED, ItemState.WITHDRAWN})


@dataclass(frozen=True)
class Wanted:
    """One report to write: what happened after ``since`` up to and including ``until`` (UTC)."""

    organisation: Organisation
    kind: ReportKind
    since: datetime
    until: datetime


@dataclass
class _Happened:
    """Everything that was read, by what it is looked up with."""

    seats: dict[str, list[SeatRow]] = field(default_factory=dict)
    meetings: dict[str, MeetingRow] = field(default_factory=dict)
    points: dict[str, list[PointRow]] = field(default_factory=dict)
    outcomes: list[OutcomeRow] = field(default_factory=list)
    approved: list[tuple[MeetingRow, datetime]] = field(default_factory=list)
    noted: dict[str, list[NotedRow]] = field(default_factory=dict)
    follow_ups: dict[str, list[FollowUpRow]] = field(default_factory=dict)
    proposals: dict[str, list[ProposalRow]] = field(default_factory=dict)


def gather(wanted: Sequence[Wanted], now: datetime) -> list[Contents]:
    """The contents of each report, as known at a moment (UTC), in the order that was asked.

    Nine statements, however many reports.
    """
    if not wanted:
        return []
    happened = _read(wanted, now)
    return [_contents(one, happened, now) for one in wanted]


def _read(wanted: Sequence[Wanted], now: datetime) -> _Happened:
    towns = {one.organisation.id for one in wanted}
    since = min(one.since for one in wanted)
    found = _Happened()
    for seat in seats_of_towns(towns):
        found.seats.setdefault(seat.organisation_id, []).append(seat)
    bodies = {seat.body_id for seats in found.seats.values() for seat in seats}
    found.meetings = meetings_around(bodies, since, now)
    for point in points_of(found.meetings, now):
        found.points.setdefault(point.meeting_id, []).append(point)
    found.outcomes = outcomes_told(bodies, since, now)
    found.approved = approved_between(bodies, since, now)
    for said in noted_in({row.meeting.id for row, _at in found.approved}):
        found.noted.setdefault(said.meeting_id, []).append(said)
    for row in open_follow_ups(towns, now):
        found.follow_ups.setdefault(row.organisation_id, []).append(row)
    for proposal in waiting_proposals(towns, now):
        found.proposals.setdefault(proposal.organisation_id, []).append(proposal)
    return found


def _contents(one: Wanted, happened: _Happened, now: datetime) -> Contents:
    circles = one.kind.circle.readable
    own = happened.seats.get(one.organisation.id, [])
    meetings = [row for row in happened.meetings.values() if _sits(own, row)]
    held = [row for row in meetings if _was_held(row, one)]
    coming = [row for row in meetings if row.meeting.starts_at_utc > now]
    return Contents(
        held=tuple(_told(row, happened, circles) for row in held),
        outcomes=tuple(
            _outcome(row)
            for row in happened.outcomes
            if row.circle in circles
            and one.since < row.told_at_utc <= one.until
            and _sits(own, row.of)
        ),
        approved=tuple(
            _meeting(row, _noted(happened.noted.get(row.meeting.id, ()), circles))
            for row, at in happened.approved
            if one.since < at <= one.until and _sits(own, row)
        ),
        follow_ups=tuple(
            _follow_up(row)
            for row in happened.follow_ups.get(one.organisation.id, ())
            if one.kind is ReportKind.COLLEGE or row.circle in circles
        ),
        coming=tuple(_told(row, happened, circles) for row in coming),
        proposals=tuple(
            _proposal(row)
            for row in happened.proposals.get(one.organisation.id, ())
            if one.kind is ReportKind.COLLEGE
        ),
    )


def _was_held(row: MeetingRow, one: Wanted) -> bool:
    ended = one.since < row.meeting.ends_at_utc <= one.until
    return ended and row.meeting.state in TAKES_PLACE


def _sits(seats: Sequence[SeatRow], row: MeetingRow) -> bool:
    """Whether the municipality had a seat there on the day of the meeting."""
    day: date = row.meeting.day
    return any(
        seat.body_id == row.meeting.body_id
        and seat.valid_from <= day
        and (seat.valid_to is None or day <= seat.valid_to)
        for seat in seats
    )


def _told(row: MeetingRow, happened: _Happened, circles: frozenset[Circle]) -> MeetingTold:
    points = tuple(
        PointTold(
            item_id=point.item_id,
            number=point.number,
            title=point.title,
            submitter=point.submitter,
            asked=point.asked.label,
            remark=point.state.label if point.state in NOT_TREATED else "",
        )
        for point in happened.points.get(row.meeting.id, ())
        if point.circles <= circles
    )
    return _meeting(row, points)


def _noted(rows: Sequence[NotedRow], circles: frozenset[Circle]) -> tuple[PointTold, ...]:
    return tuple(
        PointTold(item_id=row.item_id, number=row.number, title=row.title, said=row.said)
        for row in rows
        if row.circles <= circles
    )


def _meeting(row: MeetingRow, points: tuple[PointTold, ...] = ()) -> MeetingTold:
    meeting = row.meeting
    return MeetingTold(
        meeting_id=meeting.id,
        body_id=meeting.body_id,
        body=row.body,
        label=meeting.label,
        day=local_date(meeting.starts_at_utc),
        hours=format_span(meeting.starts_at_utc, meeting.ends_at_utc),
        place=meeting.place,
        verslag=_verslag(meeting.state, row.minutes_state),
        points=points,
    )


def _verslag(state: MeetingState, minutes: MinutesState | None) -> str:
    """Where the verslag stands, in words."""
    if minutes is MinutesState.CIRCULATED:
        return minutes.label
    if state is MeetingState.APPROVED:
        return "goedgekeurd"
    return "in opmaak" if state is MeetingState.MINUTES else "nog niet beschikbaar"


def _outcome(row: OutcomeRow) -> OutcomeTold:
    return OutcomeTold(
        outcome_id=row.outcome_id,
        item_id=row.item_id,
        body_id=row.of.meeting.body_id,
        meeting=_called(row.of),
        kind=row.kind.label,
        title=row.title,
        text_html=row.text_html,
    )


def _follow_up(row: FollowUpRow) -> FollowUpTold:
    return FollowUpTold(
        outcome_id=row.outcome_id,
        item_id=row.item_id,
        body_id=row.of.meeting.body_id,
        meeting=_called(row.of),
        title=row.title,
        organ=row.organ.label,
        state=row.state.label,
        due_on=row.due_on,
    )


def _proposal(row: ProposalRow) -> ProposalTold:
    return ProposalTold(
        proposal_id=row.proposal_id,
        body_id=row.body_id,
        body=row.body,
        title=row.title,
        state=row.state.label,
    )


def _called(row: MeetingRow) -> str:
    """``Midwestoverleg van 13 maart 2026``."""
    return f"{row.body} van {format_date(row.meeting.starts_at_utc)}"

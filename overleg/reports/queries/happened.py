"""What happened in the bodies of many municipalities, in a fixed number of statements.

``rows.py`` says what is read, ``gathering.py`` lays out which municipality is told what. Everything
is read once for all municipalities together, up to the circle *besturen*.
"""

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta

from sqlalchemy import and_, exists, func, or_, select
from sqlalchemy.orm import aliased

from overleg.agenda.models import AgendaItem, AgendaVersion, Proposal, SentItem
from overleg.agenda.states import ItemKind, ProposalState
from overleg.audit.models import JournalEntry
from overleg.audit.states import Verb
from overleg.db import session
from overleg.decisions.models import FollowUp, Outcome
from overleg.decisions.queries.outcomes import ASKING, CLOSED
from overleg.decisions.states import OPEN_FOLLOW_UP, OutcomeState
from overleg.documents.states import Circle
from overleg.minutes.models import Minutes
from overleg.one_of import is_one_of
from overleg.organisations.models import Body, Seat
from overleg.reports.queries.rows import (
    FollowUpRow,
    MeetingRow,
    OutcomeRow,
    PointRow,
    ProposalRow,
    SeatRow,
)
from overleg.scheduling.models import Meeting
from overleg.scheduling.states import MeetingState

TELLS = sorted(Circle.ADMINISTRATIONS.readable)
"""The widest that any report tells."""
AHEAD = timedelta(days=100)
"""How far ahead meetings are announced: the season that comes."""
CLOSED_WITHIN = timedelta(days=120)
"""Longer than it takes to close a meeting after it was held."""
WAITING = [
    ProposalState.SUBMITTED,
    ProposalState.IN_VALIDATION,
    ProposalState.VALIDATED,
    ProposalState.SCHEDULED,
]
FIXED = [ItemKind.MINUTES_APPROVAL, ItemKind.ANY_OTHER_BUSINESS]
_LATER = aliased(AgendaVersion)


def seats_of_towns(organisation_ids: Collection[str]) -> list[SeatRow]:
    """The seats that municipalities have or had in our own bodies."""
    rows = session().execute(
        select(Seat.organisation_id, Seat.body_id, Seat.valid_from, Seat.valid_to)
        .join(Body, Body.id == Seat.body_id)
        .where(Seat.organisation_id.in_(sorted(organisation_ids)), Body.is_external.is_(False))
        .distinct()
    )
    return [SeatRow(*row) for row in rows]


def meetings_around(
    body_ids: Collection[str], since: datetime, now: datetime
) -> dict[str, MeetingRow]:
    """Meetings that ended after a moment or are coming, in order of date, by id."""
    rows = session().execute(
        select(Meeting, Body.short_name, Body.name, Minutes.state)
        .join(Body, Body.id == Meeting.body_id)
        .outerjoin(Minutes, Minutes.meeting_id == Meeting.id)
        .where(
            Meeting.body_id.in_(sorted(body_ids)),
            Meeting.ends_at_utc > since,
            Meeting.starts_at_utc <= now + AHEAD,
            Meeting.state != MeetingState.CANCELLED,
        )
        .order_by(Meeting.starts_at_utc, Meeting.id)
    )
    return {
        meeting.id: MeetingRow(meeting, short or name, state)
        for meeting, short, name, state in rows
    }


def points_of(meeting_ids: Collection[str], now: datetime) -> list[PointRow]:
    """The points of the last agenda sent by then of each meeting; fixed ones are left out."""
    newest = ~exists().where(
        _LATER.meeting_id == AgendaVersion.meeting_id,
        _LATER.sent_at_utc <= now,
        or_(
            _LATER.sent_at_utc > AgendaVersion.sent_at_utc,
            and_(
                _LATER.sent_at_utc == AgendaVersion.sent_at_utc,
                _LATER.letter > AgendaVersion.letter,
            ),
        ),
    )
    rows = session().execute(
        select(
            AgendaVersion.meeting_id,
            AgendaItem.id,
            SentItem.number,
            SentItem.title,
            SentItem.submitter_label,
            SentItem.asked,
            AgendaItem.state,
            SentItem.circle,
            AgendaItem.circle,
        )
        .join(SentItem, SentItem.version_id == AgendaVersion.id)
        .join(AgendaItem, AgendaItem.id == SentItem.item_id)
        .where(
            AgendaVersion.meeting_id.in_(sorted(meeting_ids)),
            AgendaVersion.sent_at_utc <= now,
            newest,
            is_one_of(SentItem.circle, TELLS),
            is_one_of(AgendaItem.circle, TELLS),
            AgendaItem.position > 0,
            AgendaItem.kind.not_in(FIXED),
        )
        .order_by(SentItem.position)
    )
    return [PointRow(*row[:7], circles=frozenset(row[7:])) for row in rows]


def outcomes_told(body_ids: Collection[str], since: datetime, now: datetime) -> list[OutcomeRow]:
    """Outcomes that were made known after a moment, by meeting and point; two statements."""
    rows = (
        session()
        .execute(
            select(Outcome, AgendaItem.circle, Meeting, Body.short_name, Body.name)
            .join(AgendaItem, AgendaItem.id == Outcome.item_id)
            .join(Meeting, Meeting.id == AgendaItem.meeting_id)
            .join(Body, Body.id == Meeting.body_id)
            .where(
                Meeting.body_id.in_(sorted(body_ids)),
                is_one_of(AgendaItem.circle, TELLS),
                AgendaItem.kind.not_in(FIXED),
                or_(
                    and_(
                        Outcome.state == OutcomeState.RELEASED,
                        Outcome.released_at_utc > since,
                        Outcome.released_at_utc <= now,
                    ),
                    and_(
                        Outcome.kind.not_in(ASKING),
                        is_one_of(Meeting.state, CLOSED),
                        Meeting.starts_at_utc > since - CLOSED_WITHIN,
                        Outcome.noted_at_utc <= now,
                    ),
                ),
            )
            .order_by(Meeting.starts_at_utc, AgendaItem.position, Outcome.noted_at_utc, Outcome.id)
        )
        .all()
    )
    closed = _closed_at({meeting.id for _outcome, _circle, meeting, *_names in rows})
    return [
        OutcomeRow(
            outcome.id,
            outcome.item_id,
            outcome.kind,
            outcome.title,
            outcome.text_html,
            circle,
            outcome.released_at_utc
            or max(outcome.noted_at_utc, closed.get(meeting.id, meeting.ends_at_utc)),
            MeetingRow(meeting, short or name),
        )
        for outcome, circle, meeting, short, name in rows
    ]


def _closed_at(meeting_ids: Collection[str]) -> dict[str, datetime]:
    """When meetings were closed first: from then on everybody reads what asks nothing."""
    rows = session().execute(
        select(JournalEntry.subject_id, func.min(JournalEntry.at_utc))
        .where(
            JournalEntry.subject_type == Meeting.__tablename__,
            JournalEntry.subject_id.in_(sorted(meeting_ids)),
            JournalEntry.verb == Verb.MEETING_CLOSED,
        )
        .group_by(JournalEntry.subject_id)
    )
    return {meeting_id: at for meeting_id, at in rows}  # noqa: C416 - a row is no pair to mypy


def approved_between(
    body_ids: Collection[str], since: datetime, now: datetime
) -> list[tuple[MeetingRow, datetime]]:
    """Meetings of which the verslag was approved after a moment, with the moment of approval."""
    rows = session().execute(
        select(Meeting, Body.short_name, Body.name, Minutes.approved_at_utc)
        .join(Minutes, Minutes.meeting_id == Meeting.id)
        .join(Body, Body.id == Meeting.body_id)
        .where(
            Meeting.body_id.in_(sorted(body_ids)),
            Meeting.state == MeetingState.APPROVED,
            Minutes.approved_at_utc > since,
            Minutes.approved_at_utc <= now,
        )
        .order_by(Meeting.starts_at_utc, Meeting.id)
    )
    return [
        (MeetingRow(meeting, short or name), approved)
        for meeting, short, name, approved in rows
        if approved is not None
    ]


def open_follow_ups(organisation_ids: Collection[str], now: datetime) -> list[FollowUpRow]:
    """What these municipalities still have to answer, first due first."""
    rows = session().execute(
        select(
            FollowUp.organisation_id,
            FollowUp.outcome_id,
            Outcome.item_id,
            Outcome.title,
            AgendaItem.circle,
            FollowUp.organ,
            FollowUp.state,
            FollowUp.due_on,
            Meeting,
            Body.short_name,
            Body.name,
        )
        .join(Outcome, Outcome.id == FollowUp.outcome_id)
        .join(AgendaItem, AgendaItem.id == Outcome.item_id)
        .join(Meeting, Meeting.id == AgendaItem.meeting_id)
        .join(Body, Body.id == Meeting.body_id)
        .where(
            FollowUp.organisation_id.in_(sorted(organisation_ids)),
            is_one_of(FollowUp.state, OPEN_FOLLOW_UP),
            FollowUp.opened_at_utc <= now,
        )
        .order_by(FollowUp.due_on.is_(None), FollowUp.due_on, FollowUp.organ, FollowUp.id)
    )
    return [FollowUpRow(*row[:8], of=MeetingRow(row[8], row[9] or row[10])) for row in rows]


def waiting_proposals(organisation_ids: Collection[str], now: datetime) -> Sequence[ProposalRow]:
    """What these municipalities proposed and was not treated yet, oldest first."""
    rows = session().execute(
        select(
            Proposal.organisation_id,
            Proposal.id,
            Proposal.body_id,
            Body.short_name,
            Body.name,
            Proposal.title,
            Proposal.state,
        )
        .join(Body, Body.id == Proposal.body_id)
        .where(
            Proposal.organisation_id.in_(sorted(organisation_ids)),
            is_one_of(Proposal.state, WAITING),
            is_one_of(Proposal.circle, TELLS),
            Proposal.submitted_at_utc <= now,
        )
        .order_by(Proposal.submitted_at_utc, Proposal.id)
    )
    return [ProposalRow(*row[:3], row[3] or row[4], *row[5:]) for row in rows]

"""Reading meetings. What lies outside the viewer's bodies does not exist."""

from collections.abc import Collection, Sequence
from datetime import date, datetime, time, timedelta

from sqlalchemy import Select, bindparam, func, select
from sqlalchemy.orm import contains_eager, joinedload

from overleg.db import session
from overleg.lib.dates import local_date, to_utc
from overleg.lib.errors import NotFound
from overleg.one_of import is_one_of
from overleg.organisations.models import Body
from overleg.organisations.states import Role
from overleg.organisations.viewer import Viewer
from overleg.scheduling.models import BodyDate, Meeting
from overleg.scheduling.states import DateState, MeetingState

LONGEST = timedelta(days=2)
"""Far longer than a meeting, which ends on the day it starts: an index knows only the start."""

UNFINISHED = (MeetingState.AGENDA_SENT, MeetingState.IN_SESSION, MeetingState.MINUTES)
"""Where a meeting stands whose agenda went out and whose verslag is not approved."""


def _meetings() -> Select[Meeting]:
    return select(Meeting).options(joinedload(Meeting.body))


_MEETING = _meetings().where(
    Meeting.id == bindparam("meeting_id"),
    Meeting.body_id.in_(bindparam("body_ids", expanding=True)),
)


def meeting_by_id(viewer: Viewer, meeting_id: str) -> Meeting:
    """The meeting with its body; one statement. Raises ``NotFound`` outside the viewer's bodies."""
    given = {"meeting_id": meeting_id, "body_ids": sorted(viewer.body_ids)}
    meeting = session().scalar(_MEETING, given)
    if meeting is None:
        raise NotFound
    return meeting


def coming_meetings(
    viewer: Viewer,
    now: datetime,
    *,
    body_ids: Collection[str] | None = None,
    with_cancelled: bool = False,
    limit: int | None = None,
) -> Sequence[Meeting]:
    """Meetings of the viewer's bodies that are not over yet, soonest first; one statement."""
    query = _meetings().where(
        is_one_of(Meeting.body_id, _within(viewer, body_ids)),
        Meeting.starts_at_utc > now - LONGEST,
        Meeting.ends_at_utc >= now,
    )
    if not with_cancelled:
        query = query.where(Meeting.state != MeetingState.CANCELLED)
    query = query.order_by(Meeting.starts_at_utc, Meeting.id).limit(limit)
    return session().scalars(query).all()


def coming_dates(
    viewer: Viewer,
    now: datetime,
    *,
    body_ids: Collection[str] | None = None,
    limit: int | None = None,
) -> Sequence[BodyDate]:
    """Known dates of the viewer's bodies of others that go on and are not over, soonest first.

    One statement.
    """
    return (
        session()
        .scalars(
            select(BodyDate)
            .join(BodyDate.body)
            .options(contains_eager(BodyDate.body))
            .where(
                is_one_of(BodyDate.body_id, _within(viewer, body_ids)),
                Body.is_external,
                BodyDate.state != DateState.CANCELLED,
                BodyDate.gone_at_utc.is_(None),
                BodyDate.ends_at_utc >= now,
            )
            .order_by(BodyDate.starts_at_utc, BodyDate.id)
            .limit(limit)
        )
        .all()
    )


def past_meetings(
    viewer: Viewer,
    now: datetime,
    *,
    body_ids: Collection[str] | None = None,
    year: int | None = None,
    limit: int | None = None,
) -> Sequence[Meeting]:
    """Meetings of the viewer's bodies that are over, newest first; one statement.

    ``year`` is the calendar year in Brussels in which they started.
    """
    query = _meetings().where(
        is_one_of(Meeting.body_id, _within(viewer, body_ids)), Meeting.ends_at_utc < now
    )
    if year is not None:
        query = query.where(
            Meeting.starts_at_utc >= to_utc(date(year, 1, 1), time()),
            Meeting.starts_at_utc < to_utc(date(year + 1, 1, 1), time()),
        )
    query = query.order_by(Meeting.starts_at_utc.desc(), Meeting.id).limit(limit)
    return session().scalars(query).all()


def meetings_to_prepare(viewer: Viewer, now: datetime, *, limit: int) -> Sequence[Meeting]:
    """Coming meetings whose agenda was not sent, of bodies the viewer supports, soonest first.

    One statement at most.
    """
    supported = viewer.bodies_as(Role.SUPPORT)
    if not supported:
        return []
    return (
        session()
        .scalars(
            select(Meeting)
            .join(Meeting.body)
            .options(contains_eager(Meeting.body))
            .where(
                is_one_of(Meeting.body_id, supported),
                Body.is_external.is_(False),
                Meeting.state == MeetingState.PREPARING,
                Meeting.starts_at_utc > now - LONGEST,
                Meeting.ends_at_utc >= now,
            )
            .order_by(Meeting.starts_at_utc, Meeting.id)
            .limit(limit)
        )
        .all()
    )


def meetings_to_finish(viewer: Viewer, now: datetime, *, limit: int) -> Sequence[Meeting]:
    """Meetings that are over without an approved verslag, of bodies the viewer supports.

    The oldest first; one statement at most.
    """
    supported = viewer.bodies_as(Role.SUPPORT)
    if not supported:
        return []
    return (
        session()
        .scalars(
            _meetings()
            .where(
                is_one_of(Meeting.body_id, supported),
                is_one_of(Meeting.state, UNFINISHED),
                Meeting.ends_at_utc < now,
            )
            .order_by(Meeting.starts_at_utc, Meeting.id)
            .limit(limit)
        )
        .all()
    )


def past_years(
    viewer: Viewer, now: datetime, *, body_ids: Collection[str] | None = None
) -> list[int]:
    """The years, newest first, in which meetings of the viewer's bodies lie that are over."""
    count, first, last = (
        session()
        .execute(
            select(
                func.count(Meeting.id),
                func.min(Meeting.starts_at_utc),
                func.max(Meeting.starts_at_utc),
            ).where(
                is_one_of(Meeting.body_id, _within(viewer, body_ids)), Meeting.ends_at_utc < now
            )
        )
        .one()
    )
    if not count:
        return []
    return list(range(local_date(last).year, local_date(first).year - 1, -1))


def next_meeting_after(meeting: Meeting) -> Meeting | None:
    """The first meeting of the same body that starts later and was not cancelled."""
    return session().scalar(
        _neighbours(meeting)
        .where(Meeting.starts_at_utc > meeting.starts_at_utc)
        .order_by(Meeting.starts_at_utc, Meeting.id)
        .limit(1)
    )


def previous_meeting(meeting: Meeting) -> Meeting | None:
    """The last meeting of the same body that started earlier and was not cancelled."""
    return session().scalar(
        _neighbours(meeting)
        .where(Meeting.starts_at_utc < meeting.starts_at_utc)
        .order_by(Meeting.starts_at_utc.desc(), Meeting.id)
        .limit(1)
    )


def meetings_between(
    body_id: str, starts_at: datetime, ends_at: datetime, *, but: str = ""
) -> Sequence[Meeting]:
    """Meetings of a body that overlap with these hours and were not cancelled.

    ``but`` is the id of a meeting to leave out: the one being moved.
    """
    return (
        session()
        .scalars(
            _meetings()
            .where(
                Meeting.body_id == body_id,
                Meeting.id != but,
                Meeting.state != MeetingState.CANCELLED,
                Meeting.starts_at_utc < ends_at,
                Meeting.ends_at_utc > starts_at,
            )
            .order_by(Meeting.starts_at_utc, Meeting.id)
        )
        .all()
    )


def quiet_meetings(body: Body, now: datetime) -> Sequence[Meeting]:
    """Coming meetings of a body that nobody was told of yet, in order; one statement."""
    return (
        session()
        .scalars(
            select(Meeting)
            .where(
                Meeting.body_id == body.id,
                Meeting.is_quiet,
                Meeting.state == MeetingState.PREPARING,
                Meeting.ends_at_utc > now,
            )
            .options(joinedload(Meeting.body))
            .order_by(Meeting.starts_at_utc, Meeting.id)
        )
        .all()
    )


def last_number(body_id: str, year: int) -> int:
    """The highest number a meeting of the body has in a year; 0 for none."""
    return (
        session().scalar(
            select(func.max(Meeting.number)).where(Meeting.body_id == body_id, Meeting.year == year)
        )
        or 0
    )


def bodies_of(viewer: Viewer) -> Sequence[Body]:
    """The bodies that exist for the viewer, own ones first, by name; one statement."""
    return (
        session()
        .scalars(
            select(Body)
            .where(is_one_of(Body.id, viewer.body_ids))
            .order_by(Body.is_external, Body.name)
        )
        .all()
    )


def body_by_slug(viewer: Viewer, slug: str) -> Body:
    """The body at this address. Raises ``NotFound`` when it does not exist for the viewer."""
    body = session().scalar(
        select(Body).where(Body.slug == slug, is_one_of(Body.id, viewer.body_ids))
    )
    if body is None:
        raise NotFound
    return body


def _within(viewer: Viewer, body_ids: Collection[str] | None) -> list[str]:
    """The viewer's bodies, or those of them that were asked for."""
    return sorted(viewer.body_ids if body_ids is None else viewer.body_ids & frozenset(body_ids))


def _neighbours(meeting: Meeting) -> Select[Meeting]:
    return _meetings().where(
        Meeting.body_id == meeting.body_id,
        Meeting.id != meeting.id,
        Meeting.state != MeetingState.CANCELLED,
    )

"""Reading a year of several bodies. Years and days are those of Brussels."""

from collections.abc import Collection, Sequence
from datetime import date, datetime, time

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from overleg.db import session
from overleg.lib.dates import to_utc
from overleg.organisations.models import Body
from overleg.scheduling.models import BodyDate, Meeting
from overleg.scheduling.states import DateState, MeetingState


def bodies_in(body_ids: Collection[str]) -> Sequence[Body]:
    """These bodies, own ones first, by name; one statement."""
    return (
        session()
        .scalars(
            select(Body)
            .where(Body.id.in_(sorted(body_ids)))
            .order_by(Body.is_external, Body.name, Body.id)
        )
        .all()
    )


def meetings_of_year(body_ids: Collection[str], year: int) -> Sequence[Meeting]:
    """The meetings of these bodies that go on, with their bodies, in order; one statement."""
    first, last = _bounds(year)
    return (
        session()
        .scalars(
            select(Meeting)
            .where(
                Meeting.body_id.in_(sorted(body_ids)),
                Meeting.state != MeetingState.CANCELLED,
                Meeting.starts_at_utc >= first,
                Meeting.starts_at_utc < last,
            )
            .options(joinedload(Meeting.body))
            .order_by(Meeting.starts_at_utc, Meeting.id)
        )
        .all()
    )


def dates_of_year(body_ids: Collection[str], year: int) -> Sequence[BodyDate]:
    """The other dates of these bodies that go on, with their bodies, in order; one statement."""
    first, last = _bounds(year)
    return (
        session()
        .scalars(
            select(BodyDate)
            .where(
                BodyDate.body_id.in_(sorted(body_ids)),
                BodyDate.state != DateState.CANCELLED,
                BodyDate.gone_at_utc.is_(None),
                BodyDate.starts_at_utc >= first,
                BodyDate.starts_at_utc < last,
            )
            .options(joinedload(BodyDate.body))
            .order_by(BodyDate.starts_at_utc, BodyDate.id)
        )
        .all()
    )


def _bounds(year: int) -> tuple[datetime, datetime]:
    return to_utc(date(year, 1, 1), time()), to_utc(date(year + 1, 1, 1), time())

"""Reading the dates of other bodies and where they come from."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload

from overleg.db import session
from overleg.lib.errors import Forbidden, NotFound
from overleg.organisations.models import Body
from overleg.organisations.viewer import Viewer
from overleg.scheduling.models import BodyDate, DateSource, Meeting
from overleg.scheduling.permissions import can_keep_dates
from overleg.scheduling.queries import body_by_slug
from overleg.scheduling.states import MeetingState


def body_to_keep(viewer: Viewer, slug: str) -> Body:
    """The body, for who keeps its dates. Raises ``NotFound``, or ``Forbidden`` for who may look."""
    body = body_by_slug(viewer, slug)
    if not can_keep_dates(viewer, body):
        raise Forbidden("Alleen een ondersteuner houdt de data van dit overleg bij.")
    return body


def number_planned_here(body: Body, now: datetime) -> int:
    """How many coming meetings of a body were planned in Overleg itself; one statement."""
    return (
        session().scalar(
            select(func.count(Meeting.id)).where(
                Meeting.body_id == body.id,
                Meeting.starts_at_utc >= now,
                Meeting.state != MeetingState.CANCELLED,
            )
        )
        or 0
    )


def dates_of(body: Body, now: datetime) -> Sequence[BodyDate]:
    """The dates of a body that are not over, in order; one statement."""
    return (
        session()
        .scalars(
            select(BodyDate)
            .where(BodyDate.body_id == body.id, BodyDate.ends_at_utc >= now)
            .options(joinedload(BodyDate.source))
            .order_by(BodyDate.starts_at_utc, BodyDate.id)
        )
        .all()
    )


def date_of(body: Body, date_id: str) -> BodyDate:
    """One date of a body. Raises ``NotFound``."""
    date = session().scalar(
        select(BodyDate)
        .where(BodyDate.id == date_id, BodyDate.body_id == body.id)
        .options(joinedload(BodyDate.source), joinedload(BodyDate.body))
    )
    if date is None:
        raise NotFound
    return date


def sources_of(body: Body) -> Sequence[tuple[DateSource, int]]:
    """The files and addresses of a body with how many dates they gave; one statement."""
    count = func.count(BodyDate.id)
    rows = session().execute(
        select(DateSource, count)
        .outerjoin(BodyDate, BodyDate.source_id == DateSource.id)
        .where(DateSource.body_id == body.id)
        .group_by(DateSource.id)
        .order_by(DateSource.added_at_utc.desc(), DateSource.id)
    )
    return [(source, number) for source, number in rows]


def source_of(body: Body, source_id: str) -> DateSource:
    """One source of a body. Raises ``NotFound``."""
    source = session().scalar(
        select(DateSource).where(DateSource.id == source_id, DateSource.body_id == body.id)
    )
    if source is None:
        raise NotFound
    return source

"""Calendars for everybody: the meetings of bodies that made their dates public.

There is no person here and no secret. A body is in it only when its support staff said so, only
while it is our own, and only with meetings that were announced.
"""

from collections.abc import Sequence
from datetime import date, datetime

from sqlalchemy import ColumnElement, Row, and_, func, select
from sqlalchemy.orm import joinedload

from overleg.calendars.ical import CalendarEvent
from overleg.calendars.queries import shown
from overleg.calendars.telling import OF_MEETINGS
from overleg.db import db, session
from overleg.lib.errors import NotFound
from overleg.mail.links import absolute_url
from overleg.one_of import is_one_of
from overleg.organisations.models import Body, Organisation
from overleg.organisations.states import OrganisationKind
from overleg.organisations.viewer import Viewer
from overleg.scheduling.models import Meeting
from overleg.scheduling.states import MeetingState


def glance_at_public(slug: str, *, is_region: bool) -> datetime | None:
    """The newest row in the journal that can tell of another public calendar; one statement.

    Raises ``NotFound`` where no body is public. Outside the request's transaction, as a poll is.
    """
    with db.engine.connect() as connection:
        row: Row[int, datetime | None] = connection.execute(
            select(
                select(func.count(Body.id)).where(_public(slug, is_region)).scalar_subquery(),
                OF_MEETINGS.newest(),
            )
        ).one()
    count, told_at = row
    if not count:
        raise NotFound
    return told_at


def public_bodies(slug: str, *, is_region: bool) -> Sequence[Body]:
    """The bodies of a public calendar, with their region, by name; one statement."""
    return (
        session()
        .scalars(
            select(Body)
            .where(_public(slug, is_region))
            .options(joinedload(Body.region))
            .order_by(Body.name, Body.id)
        )
        .all()
    )


def public_meetings(bodies: Sequence[Body], today: date) -> Sequence[Meeting]:
    """The announced meetings of these bodies, oldest first; one statement."""
    return (
        session()
        .scalars(
            select(Meeting)
            .where(shown([body.id for body in bodies], today), Meeting.is_quiet.is_(False))
            .options(joinedload(Meeting.body))
            .order_by(Meeting.starts_at_utc, Meeting.id)
        )
        .all()
    )


def public_bodies_seen(viewer: Viewer) -> Sequence[Body]:
    """The bodies of this person that have a public calendar, by name; one statement."""
    return (
        session()
        .scalars(
            select(Body)
            .where(is_one_of(Body.id, viewer.body_ids), _is_public())
            .options(joinedload(Body.region))
            .order_by(Body.name, Body.id)
        )
        .all()
    )


def public_event_of(meeting: Meeting) -> CalendarEvent:
    """The meeting as everybody's calendar shows it: when, where and for which body."""
    is_cancelled = meeting.state is MeetingState.CANCELLED
    lines = [f"{meeting.body.name}, vergadering {meeting.label}"]
    if is_cancelled:
        lines.append("Deze vergadering gaat niet door.")
    return CalendarEvent(
        uid=meeting.calendar_uid,
        sequence=meeting.calendar_sequence,
        created_at=meeting.created_at_utc,
        changed_at=meeting.changed_at_utc,
        starts_at=meeting.starts_at_utc,
        ends_at=meeting.ends_at_utc,
        summary=f"{'Geannuleerd: ' if is_cancelled else ''}{meeting.body.call_name}",
        location=meeting.place,
        description="\n".join(lines),
        url=absolute_url(f"/vergaderingen/{meeting.id}"),
        is_cancelled=is_cancelled,
    )


def _is_public() -> ColumnElement[bool]:
    return and_(Body.has_public_calendar, Body.is_external.is_(False))


def _public(slug: str, is_region: bool) -> ColumnElement[bool]:
    if not is_region:
        return and_(Body.slug == slug, _is_public())
    region = select(Organisation.id).where(
        Organisation.kind == OrganisationKind.REGION, Organisation.slug == slug
    )
    return and_(Body.region_id == region.scalar_subquery(), _is_public())

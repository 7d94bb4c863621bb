"""Meetings to test with: planned through the real verb."""

from datetime import date, datetime, time, timedelta

from overleg.audit.workflow import Actor
from overleg.lib.dates import to_utc
from overleg.organisations.models import Body
from overleg.scheduling.models import Meeting
from overleg.scheduling.workflow import plan_meeting

DAYS_BEFORE = timedelta(days=60)


def meeting_on(
    body: Body,
    day: date,
    *,
    by: Actor,
    from_hour: time = time(9, 30),
    to_hour: time = time(11, 30),
    place: str = "Stadhuis Roeselare",
    online_url: str = "",
    now: datetime | None = None,
) -> Meeting:
    """A meeting at these hours in Brussels, planned two months before unless told otherwise."""
    starts_at = to_utc(day, from_hour)
    return plan_meeting(
        body,
        starts_at=starts_at,
        ends_at=to_utc(day, to_hour),
        place=place,
        online_url=online_url,
        by=by,
        now=now or starts_at - DAYS_BEFORE,
    )

"""What calendars of everybody read: the dates that bodies made public."""

import hashlib

from flask import Response

from overleg.calendars.feeds.public import (
    glance_at_public,
    public_bodies,
    public_event_of,
    public_meetings,
)
from overleg.calendars.ical import write_feed
from overleg.calendars.memory import Remembered
from overleg.calendars.views import polling
from overleg.calendars.views.blueprint import blueprint
from overleg.lib.errors import NotFound
from overleg.organisations.wording import region_called
from overleg.web import clock
from overleg.web.access import public

ROBOTS = "User-agent: *\nAllow: /kalender/\nDisallow: /\n"


@blueprint.get("/kalender/openbaar/<slug>.ics")
@public
def public_feed(slug: str) -> Response:
    """The meetings of one body that made its dates public; else it does not exist."""
    return _answer(slug, is_region=False)


@blueprint.get("/kalender/openbaar/regio/<slug>.ics")
@public
def public_region_feed(slug: str) -> Response:
    """The meetings of the bodies of a region that made their dates public; or none exists."""
    return _answer(slug, is_region=True)


@blueprint.get("/robots.txt")
@public
def robots() -> Response:
    """Let calendars of search engines in, and their crawlers nowhere."""
    return Response(ROBOTS, content_type="text/plain; charset=utf-8")


def _answer(slug: str, *, is_region: bool) -> Response:
    today, now = clock.today(), clock.now()
    key = f"openbaar:{'regio' if is_region else 'overleg'}:{slug}"
    try:
        journal_at = glance_at_public(slug, is_region=is_region)
    except NotFound:
        return polling.gone()
    known = polling.memory().recall(key, journal_at=journal_at, today=today, now=now)
    answer = polling.remembered(key, known, polling.EVERYBODY) if known is not None else None
    if answer is not None:
        return answer
    bodies = public_bodies(slug, is_region=is_region)
    meetings = public_meetings(bodies, today)
    first = bodies[0]
    name = region_called(first.region.name) if is_region and first.region else first.name
    content = write_feed(name, [public_event_of(meeting) for meeting in meetings])
    etag = hashlib.sha256(content).hexdigest()[:32]
    changed_at = polling.modified_at(*(meeting.changed_at_utc for meeting in meetings), journal_at)
    if journal_at is not None:
        polling.memory().keep(key, Remembered(etag, changed_at, journal_at, today, now))
    polling.memory().keep_written(key, etag, content)
    if polling.is_known(etag, changed_at):
        return polling.not_modified(etag, changed_at, polling.EVERYBODY)
    return polling.calendar(content, etag, changed_at, polling.EVERYBODY)

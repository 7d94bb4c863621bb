"""What calendars read: feeds by secret address, and a file per meeting."""

from datetime import UTC, datetime, time

from flask import Response, current_app, request

from overleg.calendars import workflow
from overleg.calendars.entries import event_of
from overleg.calendars.ical import write_event, write_feed
from overleg.calendars.memory import FeedMemory, Remembered
from overleg.calendars.models import Feed
from overleg.calendars.queries import Stand, glance_at, live_feed, meetings_in, stand_of
from overleg.calendars.tokens import hash_of
from overleg.calendars.views.blueprint import blueprint
from overleg.lib.dates import to_utc
from overleg.lib.errors import NotFound
from overleg.organisations.viewer import viewer_for
from overleg.scheduling.queries import meeting_by_id
from overleg.web import clock
from overleg.web.access import public, signed_in, viewer

MIMETYPE = "text/calendar; charset=utf-8"
GONE = "Dit kalenderadres werkt niet (meer). Maak in Overleg een nieuw adres aan.\n"
PERSONAL = "Overleg: al mijn vergaderingen"
ROBOTS = "User-agent: *\nAllow: /kalender/\nDisallow: /\n"


@blueprint.get("/kalender/<token>.ics")
@public
def feed(token: str) -> Response:
    """The meetings that the feed's person may see today; 304 when nothing changed.

    Nobody signs in here: who has the address is the feed's person. An unknown, altered or revoked
    token, a closed account and a lost body are all told the same.
    """
    today, now = clock.today(), clock.now()
    memory: FeedMemory = current_app.extensions["feed_memory"]
    token_hash = hash_of(token)
    try:
        glance = glance_at(token_hash)
        if not workflow.use_is_due(glance.last_used_at, now):
            known = memory.recall(token_hash, journal_at=glance.journal_at, today=today, now=now)
            if known is not None and _is_known(known.etag, known.modified_at):
                return _keep(Response(status=304), known.etag, known.modified_at)
        found = live_feed(token_hash)
        who = viewer_for(found.person, today)
        stand = stand_of(found, who, today)
    except NotFound:
        return Response(GONE, 404, content_type="text/plain; charset=utf-8")
    workflow.note_use(found, now=now)
    modified_at = _modified_at(found, stand)
    if glance.journal_at is not None:
        memory.keep(token_hash, Remembered(stand.etag, modified_at, glance.journal_at, today, now))
    if _is_known(stand.etag, modified_at):
        return _keep(Response(status=304), stand.etag, modified_at)
    meetings = meetings_in(found, who, today)
    name = found.body.name if found.body is not None else PERSONAL
    content = write_feed(name, [event_of(meeting, who) for meeting in meetings])
    response = _keep(Response(content, content_type=MIMETYPE), stand.etag, modified_at)
    response.headers["Content-Disposition"] = 'inline; filename="overleg.ics"'
    return response


def _modified_at(found: Feed, stand: Stand) -> datetime:
    """The last change, to the second; last midnight or later, as rights change by the day."""
    midnight = to_utc(clock.today(), time())
    changed_at = stand.changed_at or found.created_at_utc
    return max(changed_at, found.created_at_utc, midnight).astimezone(UTC).replace(microsecond=0)


def _is_known(etag: str, modified_at: datetime) -> bool:
    """Whether the calendar has this already (RFC 9110, 13.2.2: an ETag goes before a date)."""
    if request.if_none_match:
        return request.if_none_match.contains_weak(etag)
    since = request.if_modified_since
    return since is not None and modified_at <= since


def _keep(response: Response, etag: str, modified_at: datetime) -> Response:
    """Say how long the answer holds: the calendar may keep it, and asks every time."""
    response.set_etag(etag)
    response.last_modified = modified_at
    response.headers["Cache-Control"] = "private, must-revalidate"
    return response


@blueprint.get("/vergaderingen/<string(length=16):meeting_id>.ics")
@signed_in
def meeting_ics(meeting_id: str) -> Response:
    """One meeting as a calendar file."""
    meeting = meeting_by_id(viewer(), meeting_id)
    response = Response(write_event(event_of(meeting, viewer())), content_type=MIMETYPE)
    name = f"{meeting.body.slug}-{meeting.year}-{meeting.number:02}.ics"
    response.headers["Content-Disposition"] = f'inline; filename="{name}"'
    return response


@blueprint.get("/robots.txt")
@public
def robots() -> Response:
    """Let calendars of search engines in, and their crawlers nowhere."""
    return Response(ROBOTS, content_type="text/plain; charset=utf-8")

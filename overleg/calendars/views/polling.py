"""What every answer to a calendar that polls has in common."""

from datetime import UTC, datetime, time

from flask import Response, current_app, request
from werkzeug.http import http_date, quote_etag

from overleg.calendars.memory import FeedMemory, Remembered
from overleg.lib.dates import to_utc
from overleg.web import clock

MIMETYPE = "text/calendar; charset=utf-8"
GONE = "Dit kalenderadres werkt niet (meer). Maak in Overleg een nieuw adres aan.\n"
PRIVATE = "private, must-revalidate"
EVERYBODY = "public, no-cache"


def memory() -> FeedMemory:
    """What this process remembers of feeds."""
    kept: FeedMemory = current_app.extensions["feed_memory"]
    return kept


def gone() -> Response:
    """The one answer to every address that does not work."""
    return Response(GONE, 404, content_type="text/plain; charset=utf-8")


def modified_at(*moments: datetime | None) -> datetime:
    """The last change, to the second; last midnight or later, as rights change by the day."""
    midnight = to_utc(clock.today(), time())
    known = [moment for moment in moments if moment is not None]
    return max([midnight, *known]).astimezone(UTC).replace(microsecond=0)


def is_known(etag: str, changed_at: datetime) -> bool:
    """Whether the calendar has this already (RFC 9110, 13.2.2: an ETag goes before a date)."""
    if request.if_none_match:
        return request.if_none_match.contains_weak(etag)
    since = request.if_modified_since
    return since is not None and changed_at <= since


def not_modified(etag: str, changed_at: datetime, kept_by: str = PRIVATE) -> Response:
    """Nothing changed."""
    return Response(status=304, headers=_how_long(etag, changed_at, kept_by))


def remembered(key: str, stand: Remembered, kept_by: str = PRIVATE) -> Response | None:
    """What a feed that stands so answers without being written: 304, or the bytes of before.

    None when nothing was kept of it.
    """
    if is_known(stand.etag, stand.modified_at):
        return not_modified(stand.etag, stand.modified_at, kept_by)
    content = memory().recall_written(key, stand.etag)
    if content is None:
        return None
    return calendar(content, stand.etag, stand.modified_at, kept_by)


def calendar(content: bytes, etag: str, changed_at: datetime, kept_by: str = PRIVATE) -> Response:
    """A calendar to follow."""
    headers = _how_long(etag, changed_at, kept_by)
    headers["Content-Disposition"] = 'inline; filename="overleg.ics"'
    return Response(content, content_type=MIMETYPE, headers=headers)


def _how_long(etag: str, changed_at: datetime, kept_by: str) -> dict[str, str]:
    """How long the answer holds: the calendar may keep it, and asks every time."""
    return {
        "ETag": quote_etag(etag),
        "Last-Modified": http_date(changed_at),
        "Cache-Control": kept_by,
    }

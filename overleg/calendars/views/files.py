"""Calendar files to save or to open: one meeting, or a year of one body."""

from flask import Response

from overleg.calendars.entries import event_of
from overleg.calendars.feeds.days import events_of_dates
from overleg.calendars.ical import Entry, write_event, write_events
from overleg.calendars.planner.queries import dates_of_year, meetings_of_year
from overleg.calendars.views.blueprint import blueprint
from overleg.calendars.views.polling import MIMETYPE
from overleg.scheduling.queries import body_by_slug, meeting_by_id
from overleg.web.access import signed_in, viewer


@blueprint.get("/vergaderingen/<string(length=16):meeting_id>.ics")
@signed_in
def meeting_ics(meeting_id: str) -> Response:
    """One meeting as a calendar file."""
    meeting = meeting_by_id(viewer(), meeting_id)
    response = Response(write_event(event_of(meeting, viewer())), content_type=MIMETYPE)
    name = f"{meeting.body.slug}-{meeting.year}-{meeting.number:02}.ics"
    response.headers["Content-Disposition"] = f'inline; filename="{name}"'
    return response


@blueprint.get("/overleg/<slug>/jaar/<int(min=1900,max=2200):year>.ics")
@signed_in
def body_year_ics(slug: str, year: int) -> Response:
    """The meetings of a body in a calendar year, and its dates that we know of, as one file."""
    body = body_by_slug(viewer(), slug)
    meetings = meetings_of_year([body.id], year)
    entries: list[Entry] = [event_of(meeting, viewer()) for meeting in meetings]
    entries += events_of_dates(dates_of_year([body.id], year), meetings)
    response = Response(write_events(entries), content_type=MIMETYPE)
    response.headers["Content-Disposition"] = f'attachment; filename="{body.slug}-{year}.ics"'
    return response

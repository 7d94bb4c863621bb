"""From a meeting to what a calendar shows of it: when, where and for which body; no items."""

from overleg.calendars.ical import CalendarEvent
from overleg.lib.dates import format_date
from overleg.mail.links import absolute_url
from overleg.organisations.viewer import Viewer
from overleg.scheduling.models import Meeting
from overleg.scheduling.permissions import can_see_online_link
from overleg.scheduling.states import MeetingState


def event_of(meeting: Meeting, viewer: Viewer) -> CalendarEvent:
    """The meeting as the viewer's calendar shows it; the same at every moment."""
    sees_link = can_see_online_link(viewer, meeting.body_id)
    return event_with(meeting, online=meeting.online_url if sees_link else "")


def event_with(meeting: Meeting, *, online: str) -> CalendarEvent:
    """The meeting as a calendar shows it to who may read this link to join, or none."""
    is_cancelled = meeting.state is MeetingState.CANCELLED
    url = absolute_url(f"/vergaderingen/{meeting.id}")
    return CalendarEvent(
        uid=meeting.calendar_uid,
        sequence=meeting.calendar_sequence,
        created_at=meeting.created_at_utc,
        changed_at=meeting.changed_at_utc,
        starts_at=meeting.starts_at_utc,
        ends_at=meeting.ends_at_utc,
        summary=f"{'Geannuleerd: ' if is_cancelled else ''}{meeting.body.call_name}",
        location=meeting.place or online,
        description=_description(meeting, online, url, is_cancelled=is_cancelled),
        url=url,
        is_cancelled=is_cancelled,
    )


def _description(meeting: Meeting, online: str, url: str, *, is_cancelled: bool) -> str:
    lines = [f"{meeting.body.name}, vergadering {meeting.label}"]
    if is_cancelled:
        lines.append("Deze vergadering gaat niet door.")
    else:
        lines.append(f"Voorstellen indienen tot {format_date(meeting.proposals_due_on)}.")
        if online:
            lines.append(f"Online deelnemen: {online}")
    return "\n".join([*lines, f"Agenda en stukken: {url}"])

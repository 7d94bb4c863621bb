"""What icalendar sees in a feed, typed."""

from dataclasses import dataclass
from datetime import datetime

import icalendar


@dataclass(frozen=True)
class Seen:
    """One event."""

    uid: str
    sequence: int
    starts_at: datetime
    ends_at: datetime
    stamped_at: datetime
    summary: str
    location: str
    url: str
    status: str


def events_in(content: bytes) -> list[Seen]:
    """The events of a calendar, in its order."""
    return [
        seen_of(event)
        for event in icalendar.Calendar.from_ical(content).walk("VEVENT")
        if isinstance(event, icalendar.Event)
    ]


def seen_of(event: icalendar.Event) -> Seen:
    """One event of icalendar's."""
    return Seen(
        uid=str(event["UID"]),
        sequence=event.decoded("SEQUENCE"),
        starts_at=event.decoded("DTSTART"),
        ends_at=event.decoded("DTEND"),
        stamped_at=event.decoded("DTSTAMP"),
        summary=str(event["SUMMARY"]),
        location=str(event.get("LOCATION", "")),
        url=str(event["URL"]),
        status=str(event["STATUS"]),
    )

"""Writes calendars: plain facts in, the bytes of an iCalendar file out. Pure.

The same facts always give the same bytes, so that an ETag means something. What is written, and
why, is in docs/adr/0007-calendars.md (RFC 5545 and 7986).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache

from icalendar import Calendar, Event, Timezone, TimezoneDaylight, TimezoneStandard

from overleg.lib.blocks import without_control
from overleg.lib.dates import BRUSSELS

PRODUCT = "-//Overleg//Overleg//NL"
ZONE = "Europe/Brussels"
REFRESH_EVERY = timedelta(hours=1)
WINTER = timedelta(hours=1)
SUMMER = timedelta(hours=2)
MOST_WRITTEN = 4096


@dataclass(frozen=True)
class CalendarEvent:
    """One meeting as a calendar shows it; moments are aware, addresses absolute."""

    uid: str
    sequence: int
    created_at: datetime
    changed_at: datetime
    starts_at: datetime
    ends_at: datetime
    summary: str
    location: str
    description: str
    url: str
    is_cancelled: bool


@dataclass(frozen=True)
class DayEvent:
    """Something that is due on a day, or lasts whole days; it takes nobody's time."""

    uid: str
    sequence: int
    created_at: datetime
    changed_at: datetime
    day: date
    summary: str
    description: str
    url: str
    days: int = 1
    location: str = ""
    is_cancelled: bool = False


Entry = CalendarEvent | DayEvent


def write_feed(name: str, events: Sequence[Entry]) -> bytes:
    """A calendar to subscribe to, with its name and how often to come back."""
    calendar = _calendar()
    calendar.add("method", "PUBLISH")
    one_line = " ".join(without_control(name).split())
    calendar.add("name", one_line)
    calendar.add("x-wr-calname", one_line)
    calendar.add("x-wr-timezone", ZONE)
    calendar.add("refresh-interval", REFRESH_EVERY, parameters={"VALUE": "DURATION"})
    calendar.add("x-published-ttl", "PT1H")
    return _write(calendar, events)


def write_event(event: CalendarEvent) -> bytes:
    """A file with one meeting, to open or to import."""
    return write_events([event])


def write_events(events: Sequence[Entry]) -> bytes:
    """A file with several, to import; it does not change afterwards."""
    calendar = _calendar()
    calendar.add("method", "PUBLISH")
    return _write(calendar, events)


def _calendar() -> Calendar:
    calendar = Calendar()
    calendar.add("version", "2.0")
    calendar.add("prodid", PRODUCT)
    calendar.add("calscale", "GREGORIAN")
    return calendar


def _write(calendar: Calendar, events: Sequence[Entry]) -> bytes:
    calendar.add_component(_brussels())
    empty: bytes = calendar.to_ical()
    head, end, rest = empty.rpartition(b"END:VCALENDAR")
    return b"".join([head, *map(_event, events), end, rest])


@lru_cache(maxsize=MOST_WRITTEN)
def _event(event: Entry) -> bytes:
    """One event as it is written; the same facts are written once."""
    made = Event()
    made.add("uid", event.uid)
    made.add("dtstamp", event.changed_at)
    made.add("created", event.created_at)
    made.add("last-modified", event.changed_at)
    made.add("sequence", event.sequence)
    if isinstance(event, DayEvent):
        made.add("dtstart", event.day)
        made.add("dtend", event.day + timedelta(days=event.days))
    else:
        made.add("dtstart", _written_moment(event.starts_at))
        made.add("dtend", _written_moment(event.ends_at))
    made.add("summary", without_control(event.summary))
    if event.location:
        made.add("location", without_control(event.location))
    made.add("description", without_control(event.description))
    made.add("url", event.url)
    takes_time = not (event.is_cancelled or isinstance(event, DayEvent))
    made.add("status", "CANCELLED" if event.is_cancelled else "CONFIRMED")
    made.add("transp", "OPAQUE" if takes_time else "TRANSPARENT")
    written: bytes = made.to_ical()
    return written


def _written_moment(moment: datetime) -> datetime:
    """A moment as it is written: on the clock in Brussels, or in UTC in the hour that the clock
    shows twice. RFC 5545 (3.3.5) means the first of the two there; not every calendar does.
    """
    local = moment.astimezone(BRUSSELS)
    is_twofold = local.replace(fold=0).utcoffset() != local.replace(fold=1).utcoffset()
    return moment.astimezone(UTC) if is_twofold else local


def _brussels() -> Timezone:
    """The zone with rules: Outlook ignores the lists of dates that the library would write."""
    zone = Timezone()
    zone.add("tzid", ZONE)
    zone.add("x-lic-location", ZONE)
    summer, winter = TimezoneDaylight(), TimezoneStandard()
    summer.add("tzname", "CEST")
    winter.add("tzname", "CET")
    _change(summer, since=date(1981, 3, 29), at=time(2), before=WINTER, after=SUMMER)
    _change(winter, since=date(1996, 10, 27), at=time(3), before=SUMMER, after=WINTER)
    zone.add_component(summer)
    zone.add_component(winter)
    return zone


def _change(
    part: TimezoneDaylight | TimezoneStandard,
    *,
    since: date,
    at: time,
    before: timedelta,
    after: timedelta,
) -> None:
    """On the last Sunday of that month, every year since then (Directive 2000/84/EC)."""
    part.add("dtstart", datetime.combine(since, at))
    part.add("rrule", {"freq": "YEARLY", "bymonth": since.month, "byday": "-1SU"})
    part.add("tzoffsetfrom", before)
    part.add("tzoffsetto", after)

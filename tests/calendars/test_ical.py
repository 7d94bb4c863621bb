"""The bytes of a feed, held against RFC 5545 and read by parsers that are not ours."""

import json
import subprocess
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import icalendar
import pytest
import recurring_ical_events
import vobject
from hypothesis import given, settings
from hypothesis import strategies as st

from overleg.calendars.ical import CalendarEvent, write_event, write_feed
from overleg.lib.dates import BRUSSELS, to_utc
from tests.calendars.seen import events_in, seen_of
from tests.plugins.real_parts import ROOT

MADE_AT = datetime(2026, 1, 5, 8, tzinfo=UTC)
CHANGED_AT = datetime(2026, 2, 3, 10, 15, tzinfo=UTC)
BEFORE_SUMMER = date(2026, 3, 27)
AFTER_SUMMER = date(2026, 4, 3)
BEFORE_WINTER = date(2026, 10, 23)
AFTER_WINTER = date(2026, 10, 30)
DAYS = (BEFORE_SUMMER, AFTER_SUMMER, BEFORE_WINTER, AFTER_WINTER)
ODD = 'Zaal "De Munt"; 1e verdieping, rechts\nRoeselare 🎉 בניין \\ einde'

READ_WITH_ICAL_JS = """
const fs = require("fs");
const ICAL = require(process.argv[1]);
const calendar = new ICAL.Component(ICAL.parse(fs.readFileSync(0, "utf8")));
for (const zone of calendar.getAllSubcomponents("vtimezone")) {
  ICAL.TimezoneService.register(new ICAL.Timezone(zone));
}
const events = calendar.getAllSubcomponents("vevent").map((component) => {
  const event = new ICAL.Event(component);
  return {
    uid: event.uid, summary: event.summary, location: event.location,
    description: event.description, sequence: event.sequence,
    status: component.getFirstPropertyValue("status"),
    start: event.startDate.toUnixTime(), end: event.endDate.toUnixTime(),
    zone: event.startDate.zone.tzid,
  };
});
const name = calendar.getFirstPropertyValue("name");
const refresh = calendar.getFirstPropertyValue("refresh-interval");
console.log(JSON.stringify({name, refresh: String(refresh), events}));
"""


def event_on(day: date, **changes: Any) -> CalendarEvent:
    """A meeting from 9.00 to 11.00 in Brussels."""
    event = CalendarEvent(
        uid=f"{day:%Y%m%d}@overleg",
        sequence=0,
        created_at=MADE_AT,
        changed_at=CHANGED_AT,
        starts_at=to_utc(day, time(9)),
        ends_at=to_utc(day, time(11)),
        summary="Midwestoverleg",
        location="Stadhuis Roeselare",
        description="Midwestoverleg, vergadering 2026/03\nVoorstellen indienen tot 13 maart 2026.",
        url="https://overleg.example/vergaderingen/abcdefghjkmnpqrs",
        is_cancelled=False,
    )
    return replace(event, **changes)


def ical_js(content: bytes) -> dict[str, Any]:
    """What ical.js, which reads the calendars of Thunderbird, makes of it."""
    library = ROOT / "node_modules" / "ical.js" / "dist" / "ical.es5.cjs"
    answer = subprocess.run(
        ["node", "-e", READ_WITH_ICAL_JS, str(library)],
        input=content,
        capture_output=True,
        check=True,
    )
    read: dict[str, Any] = json.loads(answer.stdout)
    return read


def test_a_feed_says_what_calendars_ask() -> None:
    lines = write_feed("Midwestoverleg", [event_on(BEFORE_SUMMER)]).decode().split("\r\n")
    for line in (
        "VERSION:2.0",
        "PRODID:-//Overleg//Overleg//NL",
        "CALSCALE:GREGORIAN",
        "METHOD:PUBLISH",
        "NAME:Midwestoverleg",
        "X-WR-CALNAME:Midwestoverleg",
        "X-WR-TIMEZONE:Europe/Brussels",
        "REFRESH-INTERVAL;VALUE=DURATION:PT1H",
        "X-PUBLISHED-TTL:PT1H",
        "UID:20260327@overleg",
        "DTSTAMP:20260203T101500Z",
        "LAST-MODIFIED:20260203T101500Z",
        "CREATED:20260105T080000Z",
        "SEQUENCE:0",
        "DTSTART;TZID=Europe/Brussels:20260327T090000",
        "DTEND;TZID=Europe/Brussels:20260327T110000",
        "SUMMARY:Midwestoverleg",
        "LOCATION:Stadhuis Roeselare",
        "URL:https://overleg.example/vergaderingen/abcdefghjkmnpqrs",
        "STATUS:CONFIRMED",
        "TRANSP:OPAQUE",
    ):
        assert lines.count(line) == 1, line
    assert not [line for line in lines if line.startswith(("ATTENDEE", "ORGANIZER"))]


def test_the_time_zone_has_rules_and_no_list_of_dates() -> None:
    text = write_feed("Midwestoverleg", [event_on(BEFORE_SUMMER)]).decode()
    assert text.count("BEGIN:VTIMEZONE") == 1
    assert text.count("RRULE:FREQ=YEARLY;") == 2
    assert "RDATE" not in text


def test_an_empty_feed_is_a_calendar_too() -> None:
    read = icalendar.Calendar.from_ical(write_feed("Leeg", []))
    assert read.walk("VEVENT") == []
    assert len(read.walk("VTIMEZONE")) == 1


def test_the_same_facts_give_the_same_bytes() -> None:
    events = [event_on(day) for day in DAYS]
    assert write_feed("Midwestoverleg", events) == write_feed("Midwestoverleg", events)


def test_a_cancelled_meeting_says_so_and_takes_no_time() -> None:
    text = write_feed("Midwestoverleg", [event_on(BEFORE_SUMMER, is_cancelled=True)]).decode()
    assert "STATUS:CANCELLED\r\n" in text
    assert "TRANSP:TRANSPARENT\r\n" in text


def check_lines(content: bytes) -> None:
    """Every line ends with CRLF and has at most 75 octets (RFC 5545, 3.1)."""
    assert content.endswith(b"\r\n")
    lines = content.removesuffix(b"\r\n").split(b"\r\n")
    assert all(len(line) <= 75 and b"\n" not in line and b"\r" not in line for line in lines)
    for line in lines:
        line.decode()  # a character is never cut in two


def test_lines_are_folded() -> None:
    check_lines(write_feed("é" * 200, [event_on(BEFORE_SUMMER, location="Zaal 🎉 é" * 60)]))


def with_icalendar(content: bytes) -> list[tuple[datetime, datetime, str]]:
    return [(seen.starts_at, seen.ends_at, seen.location) for seen in events_in(content)]


def with_vobject(content: bytes) -> list[tuple[datetime, datetime, str]]:
    calendar = vobject.readOne(content.decode())
    return [
        (event.dtstart.value, event.dtend.value, event.location.value)
        for event in calendar.vevent_list
    ]


def with_recurring_ical_events(content: bytes) -> list[tuple[datetime, datetime, str]]:
    found = recurring_ical_events.of(icalendar.Calendar.from_ical(content)).all()
    seen = [seen_of(event) for event in found]
    return [(event.starts_at, event.ends_at, event.location) for event in seen]


def with_ical_js(content: bytes) -> list[tuple[datetime, datetime, str]]:
    return [
        (
            datetime.fromtimestamp(event["start"], UTC),
            datetime.fromtimestamp(event["end"], UTC),
            event["location"],
        )
        for event in ical_js(content)["events"]
    ]


READERS = [
    with_icalendar,
    with_vobject,
    with_recurring_ical_events,
    pytest.param(with_ical_js, marks=pytest.mark.npm),
]


@pytest.mark.parametrize("read", READERS)
def test_others_read_the_right_times_on_both_sides_of_the_clock_change(
    read: Callable[[bytes], list[tuple[datetime, datetime, str]]],
) -> None:
    found = read(write_feed("Midwestoverleg", [event_on(day) for day in DAYS]))
    assert sorted(start.astimezone(UTC) for start, _, _ in found) == [
        datetime(2026, 3, 27, 8, tzinfo=UTC),
        datetime(2026, 4, 3, 7, tzinfo=UTC),
        datetime(2026, 10, 23, 7, tzinfo=UTC),
        datetime(2026, 10, 30, 8, tzinfo=UTC),
    ]
    assert {end - start for start, end, _ in found} == {timedelta(hours=2)}


@pytest.mark.parametrize("read", READERS)
def test_others_read_an_odd_place_as_it_was_typed(
    read: Callable[[bytes], list[tuple[datetime, datetime, str]]],
) -> None:
    found = read(write_feed("Midwestoverleg", [event_on(BEFORE_SUMMER, location=ODD)]))
    assert [place for _, _, place in found] == [ODD]


@pytest.mark.npm
def test_ical_js_reads_the_rest_as_it_was_meant() -> None:
    event = event_on(AFTER_SUMMER, sequence=3, is_cancelled=True, summary="Geannuleerd: A, B; C")
    read = ical_js(write_feed("Midwest, en meer", [event]))
    assert (read["name"], read["refresh"]) == ("Midwest, en meer", "PT1H")
    (found,) = read["events"]
    assert found["zone"] == "Europe/Brussels"
    assert (found["uid"], found["sequence"], found["status"]) == (event.uid, 3, "CANCELLED")
    assert (found["summary"], found["description"]) == (event.summary, event.description)


def test_the_zone_as_written_agrees_with_brussels_for_years() -> None:
    """Outlook counts with our rules, not with its own: they must hold every day of the year."""
    content = write_event(event_on(BEFORE_SUMMER))
    (zone,) = icalendar.Calendar.from_ical(content).walk("VTIMEZONE")
    assert isinstance(zone, icalendar.Timezone)
    ours = zone.to_tz(lookup_tzid=False)
    noon = datetime.combine(date(2025, 1, 1), time(12))
    while noon.year < 2032:
        offset = noon.replace(tzinfo=ours).utcoffset()
        assert offset == noon.replace(tzinfo=BRUSSELS).utcoffset(), noon
        noon += timedelta(days=1)


@settings(max_examples=60, deadline=None)
@given(
    minutes_later=st.integers(0, 16 * 366 * 24 * 60),
    minutes=st.integers(15, 720),
    place=st.text(max_size=200),
)
def test_any_moment_and_any_text_comes_back(minutes_later: int, minutes: int, place: str) -> None:
    starts_at = datetime(2024, 1, 1, tzinfo=UTC) + timedelta(minutes=minutes_later)
    ends_at = starts_at + timedelta(minutes=minutes)
    event = event_on(BEFORE_SUMMER, starts_at=starts_at, ends_at=ends_at, location=f"x{place}")
    content = write_event(event)
    check_lines(content)
    ((start, end, location),) = with_icalendar(content)
    assert (start.astimezone(UTC), end.astimezone(UTC)) == (starts_at, ends_at)
    assert location.startswith("x")


def test_a_name_cannot_add_a_line_of_its_own() -> None:
    feed = write_feed("Midwest\r\nX-KWAAD:ja", [])
    assert b"NAME:Midwest X-KWAAD:ja\r\n" in feed
    assert b"\nX-KWAAD" not in feed

"""From the bytes of an .ics file to the lines that tell dates. Pure.

Files come with any line ending, folded or not, with a byte order mark, with several calendars and
with much that tells no date: attachments, alarms, invitees. Only what is needed is kept, so that
what is strange elsewhere in a file does no harm.
"""

import hashlib
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cache, lru_cache
from zoneinfo import available_timezones

from icalendar.timezone.windows_to_olson import WINDOWS_TO_OLSON

MOST_EVENTS = 20_000
LONGEST_LINE = 50_000
LONGEST_ABOUT = 200
MOST_OF_ZONE = 1000
OF_YEARS = {
    "FREQ": "YEARLY",
    "INTERVAL": "1",
    "BYMONTH": "0?[1-9]|1[0-2]",
    "BYDAY": "[+-]?[1-5]?(MO|TU|WE|TH|FR|SA|SU)",
    # A month has each of these days, or one of the seven at least.
    "BYMONTHDAY": "-?([1-9]|1[0-9]|2[0-8])(,[0-9,]*)?",
    "WKST": "[A-Z]{2}",
    "UNTIL": "[0-9TZ]+",
}
MARKS = ((b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"), (b"\xef\xbb\xbf", "utf-8-sig"))
EVENT, ZONE, CALENDAR = "VEVENT", "VTIMEZONE", "VCALENDAR"
MOMENTS = frozenset({"DTSTART", "DTEND", "RDATE", "EXDATE", "RECURRENCE-ID"})
TOLD_BY_EVENTS = MOMENTS | {
    "UID",
    "DTSTAMP",
    "DURATION",
    "RRULE",
    "SUMMARY",
    "LOCATION",
    "STATUS",
    "SEQUENCE",
    "LAST-MODIFIED",
}
TOLD_AGAIN = frozenset({"RDATE", "EXDATE"})
"""What an event may tell on several lines; of anything else the first counts."""
TOLD_BY_CALENDARS = frozenset({"METHOD", "NAME", "X-WR-CALNAME", "X-WR-TIMEZONE"})


class NotACalendar(Exception):
    """The bytes are no iCalendar file; says in Dutch what they seem to be."""


@dataclass(frozen=True)
class SiftedEvent:
    """The lines of one event, and where in the file it begins; ``flaw`` tells why it is no use."""

    at_line: int
    lines: tuple[str, ...]
    flaw: str = ""

    def value(self, name: str) -> str:
        """The raw value of the first line with this name; empty when there is none."""
        return next((_value(line) for line in self.lines if _name(line) == name), "")


@dataclass(frozen=True)
class SiftedCalendar:
    """One calendar of a file: its own lines, its time zones, its events."""

    about: dict[str, str] = field(default_factory=dict)
    zones: list[list[str]] = field(default_factory=list)
    events: list[SiftedEvent] = field(default_factory=list)


def sift(data: bytes) -> list[SiftedCalendar]:
    """The calendars of a file (RFC 5545, 3.4), with the time zones they define under own names.

    Raises ``NotACalendar`` for a page, another kind of file, nothing at all, or more than
    ``MOST_EVENTS`` events.
    """
    sieve = _Sieve()
    for number, line in _logical_lines(_text(data)):
        sieve.take(number, line)
    if not sieve.calendars:
        raise NotACalendar(_what_it_seems(data))
    sieve.end()
    return [_with_own_zones(calendar) for calendar in sieve.calendars]


class _Sieve:
    """Takes line after line, and knows inside which components the next one stands."""

    def __init__(self) -> None:
        self.calendars: list[SiftedCalendar] = []
        self._path: list[str] = []
        self._began_at = 0
        self._event: list[str] = []
        self._flaw = ""
        self._count = 0

    def take(self, number: int, line: str) -> None:
        name = _name(line)
        if name == "BEGIN":
            self._begin(_value(line).strip().upper(), number)
        if ZONE in self._path[1:2]:
            self.calendars[-1].zones[-1].append(line)
        elif self._path == [CALENDAR, EVENT]:
            self._take_of_event(name, line)
        elif self._path == [CALENDAR] and name in TOLD_BY_CALENDARS:
            self.calendars[-1].about.setdefault(name, _value(line)[:LONGEST_ABOUT])
        if name == "END":
            self._end(_value(line).strip().upper())

    def end(self) -> None:
        """Keep the event in the middle of which the file stops."""
        if self._path[:2] == [CALENDAR, EVENT]:
            self._flaw = "het bestand houdt hier op"
            self._keep_event()

    def _begin(self, component: str, number: int) -> None:
        if component == CALENDAR:
            self._path = [CALENDAR]
            self.calendars.append(SiftedCalendar())
        elif self._path:
            self._path.append(component)
            if self._path == [CALENDAR, ZONE]:
                self.calendars[-1].zones.append([])
            elif self._path == [CALENDAR, EVENT]:
                self._began_at, self._event, self._flaw = number, [], ""

    def _take_of_event(self, name: str, line: str) -> None:
        is_told_already = name not in TOLD_AGAIN and any(
            _name(kept) == name for kept in self._event
        )
        if name not in TOLD_BY_EVENTS or is_told_already:
            return
        if len(line) > LONGEST_LINE:
            self._flaw = f"de regel {name} is langer dan {LONGEST_LINE} tekens"
        else:
            self._event.append(line)

    def _end(self, component: str) -> None:
        if component not in self._path:
            return
        if self._path == [CALENDAR, EVENT] and component == EVENT:
            self._keep_event()
        while self._path.pop() != component:
            pass

    def _keep_event(self) -> None:
        self._count += 1
        if self._count > MOST_EVENTS:
            raise NotACalendar(f"Er staan meer dan {MOST_EVENTS} afspraken in.")
        event = SiftedEvent(self._began_at, tuple(self._event), self._flaw)
        self.calendars[-1].events.append(event)


@lru_cache(maxsize=256)
def known_zone(name: str) -> str:
    """The zone as the tz database or Windows calls it, without a maker's prefix (RFC 5545,
    3.2.19); empty when neither knows it.
    """
    plain = name.strip('"/ ')
    short = "/".join(plain.split("/")[-2:])
    for candidate in (plain, short):
        if candidate in WINDOWS_TO_OLSON or candidate in _zones():
            return candidate
    return ""


@cache
def _zones() -> frozenset[str]:
    """The names in the tz database; reading its folders takes longer than a whole calendar."""
    return frozenset(available_timezones())


def zone_of(line: str) -> str:
    """The ``TZID`` of a line; empty without."""
    parameters = line[: len(line) - len(_value(line))]
    _before, found, after = parameters.partition("TZID=")
    if not found:
        return ""
    after = after.rstrip(":")
    return after[1:].partition('"')[0] if after.startswith('"') else after.partition(";")[0]


def _with_own_zones(calendar: SiftedCalendar) -> SiftedCalendar:
    """Name each zone that only the file defines after its definition.

    Two files may call different zones alike, and a library that keeps zones by name would mix them.
    """
    named: dict[str, str] = {}
    zones = []
    for lines in calendar.zones:
        name = next((_value(line).strip() for line in lines if _name(line) == "TZID"), "")
        if name and not known_zone(name) and _can_be_computed(lines):
            named[name] = "own-" + hashlib.sha256("\n".join(lines).encode()).hexdigest()[:20]
            zones.append(
                [f"TZID:{named[name]}" if _name(line) == "TZID" else line for line in lines]
            )
    events = [
        replace(event, lines=tuple(_in_zone(line, named) for line in event.lines))
        for event in calendar.events
    ]
    return replace(calendar, zones=zones, events=events)


def _can_be_computed(lines: Sequence[str]) -> bool:
    """Whether a zone changes its clock by rules of years, as all do that are.

    Of others the library would look for the next change for ever, at each date. Their dates are
    read on the clock in Brussels, and that is told.
    """
    rules = [_value(line) for line in lines if _name(line) == "RRULE"]
    return len(lines) <= MOST_OF_ZONE and all(_is_of_years(rule) for rule in rules)


def _is_of_years(rule: str) -> bool:
    """Whether a rule gives one day of every year, such as the last Sunday of March."""
    parts = dict(part.partition("=")[::2] for part in rule.strip().upper().split(";"))
    if "BYMONTHDAY" in parts and re.search("[0-9]", parts.get("BYDAY", "")):
        return False  # the fifth Sunday is never the first of a month
    return parts.keys() <= OF_YEARS.keys() and all(
        re.fullmatch(OF_YEARS[name], value) for name, value in parts.items()
    )


def _in_zone(line: str, named: dict[str, str]) -> str:
    """The line with the zone under the name that the library will find it by."""
    zone = zone_of(line) if _name(line) in MOMENTS else ""
    better = named.get(zone) or known_zone(zone)
    return f"{_name(line)};TZID={better}:{_value(line)}" if zone and better else line


def _text(data: bytes) -> str:
    for mark, encoding in MARKS:
        if data.startswith(mark):
            return data.decode(encoding, "replace")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return data.decode("cp1252", "replace")


def _logical_lines(text: str) -> Iterator[tuple[int, str]]:
    """Lines with their continuations (RFC 5545, 3.1), and the number of the first, from 1."""
    kept: list[str] = []
    began = 1
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    for number, line in enumerate(lines, start=1):
        if line[:1] in {" ", "\t"} and kept:
            kept.append(line[1:])
            continue
        if kept:
            yield began, "".join(kept)
        kept, began = ([line] if line.strip() else []), number
    if kept:
        yield began, "".join(kept)


def _name(line: str) -> str:
    """The name of a line, before its parameters and value."""
    end = min((at for at in (line.find(":"), line.find(";")) if at >= 0), default=len(line))
    return line[:end].strip().upper()


def _value(line: str) -> str:
    """The value of a line: what follows the first colon outside quotation marks."""
    quoted = False
    for at, sign in enumerate(line):
        if sign == '"':
            quoted = not quoted
        elif sign == ":" and not quoted:
            return line[at + 1 :]
    return ""


def _what_it_seems(data: bytes) -> str:
    start = data[:1000].lstrip().lower()
    if not start:
        return "Er staat niets in."
    if start.startswith((b"<!doctype", b"<html", b"<?xml")):
        return "Dit is een webpagina, geen kalender. Kijk of het adres op .ics eindigt."
    return "Dit is geen kalender: er staat nergens BEGIN:VCALENDAR."

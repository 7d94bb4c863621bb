"""From an .ics file to the dates in it, as Outlook, Exchange, Google and Apple write them. Pure.

Moments come out in UTC. A floating time, and one in a zone that is neither known nor defined in the
file, is read on the clock in Brussels; the second is told. A whole day runs from midnight to
midnight in Brussels.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from time import thread_time
from typing import Any

import recurring_ical_events
from icalendar import Calendar, Event

from overleg.calendars.foreign.sifting import (
    SiftedCalendar,
    SiftedEvent,
    known_zone,
    sift,
    zone_of,
)
from overleg.lib.blocks import without_control
from overleg.lib.computing import TookTooLong, computing_at_most
from overleg.lib.dates import BRUSSELS, LAST_DAY
from overleg.scheduling.states import DateState

MOST_DATES = 20_000
MOST_OF_ONE = 5_000
MOST_SECONDS = 20.0
MOST_SECONDS_OF_ONE = 4.0
"""How long the repetitions of a file, and those of one event or time zone, may be computed."""
LONGEST_TITLE = 200
LONGEST_UID = 200
SIMPLE = frozenset({"FREQ", "INTERVAL", "COUNT", "UNTIL", "WKST", "BYDAY"})
TOO_OFTEN = ("SECONDLY", "MINUTELY", "HOURLY")
STATES = {
    "CANCELLED": DateState.CANCELLED,
    "TENTATIVE": DateState.TENTATIVE,
}
STAMP = "%Y%m%dT%H%M%SZ"
NO_TITLE = "(zonder titel)"
LONG_AGO = datetime(1970, 1, 1, tzinfo=UTC)
FAR = datetime(LAST_DAY.year + 1, 1, 1, tzinfo=UTC)


@dataclass(frozen=True)
class ReadDate:
    """One date; begin and end in UTC. ``occurrence`` tells the dates of one series apart."""

    uid: str
    occurrence: str
    starts_at: datetime
    ends_at: datetime
    is_all_day: bool
    title: str
    place: str
    state: DateState
    remark: str = ""


@dataclass(frozen=True)
class RefusedEvent:
    """What could not be read, where it begins in the file, and why, in Dutch."""

    uid: str
    title: str
    at_line: int
    reason: str


@dataclass
class Reading:
    """What a file gave."""

    name: str = ""
    dates: list[ReadDate] = field(default_factory=list)
    refused: list[RefusedEvent] = field(default_factory=list)
    seconds_left: float = MOST_SECONDS

    @contextmanager
    def computing(self, *, is_simple: bool = False) -> Iterator[None]:
        """Compute repetitions, for a while. Raises ``Unreadable``.

        What is simple is not watched: that takes a few times as long.
        """
        began = thread_time()
        most = min(MOST_SECONDS_OF_ONE, self.seconds_left)
        try:
            if most <= 0:
                raise TookTooLong
            with nullcontext() if is_simple else computing_at_most(most):
                yield
        except TookTooLong:
            raise Unreadable("de herhaling vraagt te veel rekenwerk") from None
        finally:
            self.seconds_left -= thread_time() - began


def read_calendar(data: bytes, *, until: date, within_seconds: float = MOST_SECONDS) -> Reading:
    """The dates of a file, in order.

    Of what recurs for ever the dates up to and with ``until`` are read, a day in Brussels (RFC
    5545, 3.8.5.3). Of an event that stands in the file more than once the last revision counts
    (3.8.7.4). What still has to be repeated after so many seconds of computing is refused, and
    the rest is read. Raises ``NotACalendar``.
    """
    reading = Reading(seconds_left=within_seconds)
    for calendar in sift(data):
        reading.name = reading.name or _line(calendar.about.get("X-WR-CALNAME", ""))
        _read_one(calendar, _midnight(until + timedelta(days=1)), reading)
    reading.dates.sort(key=lambda found: (found.starts_at, found.uid, found.occurrence))
    return reading


def _read_one(calendar: SiftedCalendar, before: datetime, reading: Reading) -> None:
    for lines in calendar.zones:
        _know_zone(lines, reading)
    series: dict[str, list[tuple[SiftedEvent, Event]]] = defaultdict(list)
    for sifted in calendar.events:
        try:
            event = _parsed(sifted)
        except ValueError as flaw:
            reading.refused.append(_refused(sifted, str(flaw)))
        else:
            series[str(event["UID"])].append((sifted, event))
    is_cancelled = calendar.about.get("METHOD", "").strip().upper() == "CANCEL"
    for told in series.values():
        revisions = _last_revisions(told)
        try:
            found = _dates_of([event for _sifted, event in revisions], before, reading)
            dates = [_date(event, revisions, is_cancelled=is_cancelled) for event in found]
            if len(reading.dates) + len(dates) > MOST_DATES:
                raise Unreadable(f"samen zijn het meer dan {MOST_DATES} data")
        except Unreadable as flaw:
            reading.refused.append(_refused(revisions[0][0], str(flaw)))
        except (ValueError, TypeError, KeyError, OverflowError):
            reading.refused.append(_refused(revisions[0][0], "dag of herhaling is niet te lezen"))
        else:
            reading.dates += dates


class Unreadable(ValueError):
    """An event that gives no date; says why in Dutch."""


def _know_zone(lines: Sequence[str], reading: Reading) -> None:
    """Let the library read moments in a zone that the file defines."""
    whole = ["BEGIN:VCALENDAR", *lines, "END:VCALENDAR"]
    try:
        with reading.computing():
            Calendar.from_ical("\r\n".join(whole))
    except (ValueError, KeyError, IndexError):
        return  # its moments are read on the clock in Brussels, and that is told


def _parsed(sifted: SiftedEvent) -> Event:
    """The event as the library reads it. Raises ``Unreadable``."""
    if sifted.flaw:
        raise Unreadable(sifted.flaw)
    lines = ["BEGIN:VEVENT", *sifted.lines, "END:VEVENT"]
    event = Event.from_ical("\r\n".join(lines))
    if event.errors:
        raise Unreadable(f"{event.errors[0][0] or 'een regel'} is niet te lezen")
    if not isinstance(event, Event) or "DTSTART" not in event:
        raise Unreadable("er staat geen begin in (DTSTART)")
    if event.get("UID") is None:
        start = _moment(_given(event, "DTSTART"))
        event.add("uid", f"{start:{STAMP}} {_line(event.get('SUMMARY', ''))}")
    rule: Any = event.get("RRULE", {})
    if str(rule.get("FREQ", [""])[0]).upper() in TOO_OFTEN:
        raise Unreadable("het herhaalt vaker dan elke dag")
    if int(rule.get("INTERVAL", [1])[0]) < 1:
        raise Unreadable("tussen twee keren ligt geen tijd")
    return event


def _last_revisions(told: list[tuple[SiftedEvent, Event]]) -> list[tuple[SiftedEvent, Event]]:
    """Each event, and each exception to it, once: the one with the highest number."""
    best: dict[str, tuple[SiftedEvent, Event]] = {}
    for sifted, event in told:
        original = _given(event, "RECURRENCE-ID")
        which = f"{_moment(original):{STAMP}}" if original else ""
        if which not in best or _revision(best[which][1]) <= _revision(event):
            best[which] = (sifted, event)
    return list(best.values())


def _revision(event: Event) -> tuple[int, datetime]:
    stamp = _given(event, "LAST-MODIFIED") or _given(event, "DTSTAMP")
    moment = stamp if isinstance(stamp, datetime) else LONG_AGO
    return int(event.get("SEQUENCE", 0)), _moment(moment)


def _dates_of(events: list[Event], before: datetime, reading: Reading) -> Iterable[Event]:
    """The occurrences of one series; an event alone is not repeated."""
    if len(events) == 1 and not {"RRULE", "RDATE"} & events[0].keys():
        return events
    calendar = Calendar()
    for event in events:
        calendar.add_component(event)
    rules: list[Any] = [event["RRULE"] for event in events if "RRULE" in event]
    until = FAR if all(_ends(rule) for rule in rules) else before
    is_simple = all(_is_simple(rule) for rule in rules)
    with reading.computing(
        is_simple=is_simple and _moment(_given(events[0], "DTSTART")) > LONG_AGO
    ):
        asked: list[Event] = recurring_ical_events.of(calendar).between(LONG_AGO, until)
    if len(asked) > MOST_OF_ONE:
        raise Unreadable(f"het herhaalt meer dan {MOST_OF_ONE} keer")
    return asked


def _is_simple(rule: Any) -> bool:
    """Whether a rule gives a date every so many weeks, so that it never computes for nothing."""
    return bool(rule.get("FREQ") == ["WEEKLY"] and rule.keys() <= SIMPLE)


def _ends(rule: Any) -> bool:
    """Whether a series ends by itself; some write the year 9999 for one that does not."""
    return "COUNT" in rule or ("UNTIL" in rule and _moment(rule["UNTIL"][0]) < FAR)


def _date(
    event: Event, revisions: list[tuple[SiftedEvent, Event]], *, is_cancelled: bool
) -> ReadDate:
    starts_at, ends_at, is_all_day = _span(event)
    series = len(revisions) > 1 or bool({"RRULE", "RDATE"} & revisions[0][1].keys())
    original = _given(event, "RECURRENCE-ID") or _given(event, "DTSTART")
    status = str(event.get("STATUS", "")).strip().upper()
    return ReadDate(
        uid=_line(event["UID"])[:LONGEST_UID],
        occurrence=f"{_moment(original):{STAMP}}" if series else "",
        starts_at=starts_at,
        ends_at=ends_at,
        is_all_day=is_all_day,
        title=_line(event.get("SUMMARY", ""))[:LONGEST_TITLE] or NO_TITLE,
        place=_line(event.get("LOCATION", ""))[:LONGEST_TITLE],
        state=DateState.CANCELLED if is_cancelled else STATES.get(status, DateState.CONFIRMED),
        remark=_remark(revisions),
    )


def _remark(revisions: list[tuple[SiftedEvent, Event]]) -> str:
    for sifted, _event in revisions:
        for line in sifted.lines:
            zone = zone_of(line) if line.upper().startswith("DTSTART") else ""
            if zone and not zone.startswith("own-") and not known_zone(zone):
                return f"De tijdzone “{zone}” is niet bekend: gelezen als de tijd in Brussel."
    return ""


def _span(event: Event) -> tuple[datetime, datetime, bool]:
    """Begin and end in UTC, and whether it is about whole days (RFC 5545, 3.6.1)."""
    is_all_day = not isinstance(start := _given(event, "DTSTART"), datetime)
    end = _given(event, "DTEND")
    if end is None:
        usual = timedelta(days=1) if is_all_day else timedelta()
        end = start + (_given(event, "DURATION") or usual)
    starts_at, ends_at = _moment(start), _moment(end)
    if ends_at < starts_at:
        raise Unreadable("het eindigt voor het begint")
    if not LONG_AGO <= starts_at < FAR:
        raise Unreadable(f"het jaar {starts_at.year} kan niet kloppen")
    if is_all_day and ends_at == starts_at:  # some write the last day itself
        ends_at = _moment(start + timedelta(days=1))
    return starts_at, ends_at, is_all_day


def _given(event: Event, name: str) -> Any:
    """The moment, day or length that a property tells; None when the event has none."""
    return event.decoded(name) if name in event else None


def _moment(value: date) -> datetime:
    """In UTC; a day is its midnight in Brussels, a time without zone is read there too."""
    if not isinstance(value, datetime):
        return _midnight(value)
    aware = value if value.tzinfo is not None else value.replace(tzinfo=BRUSSELS)
    return aware.astimezone(UTC)


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), tzinfo=BRUSSELS).astimezone(UTC)


def _line(value: object) -> str:
    """Text of one line, without what no database takes."""
    return " ".join(without_control(str(value)).split())


def _refused(sifted: SiftedEvent, reason: str) -> RefusedEvent:
    return RefusedEvent(
        uid=_line(sifted.value("UID"))[:LONGEST_UID],
        title=_line(sifted.value("SUMMARY"))[:LONGEST_TITLE],
        at_line=sifted.at_line,
        reason=reason,
    )

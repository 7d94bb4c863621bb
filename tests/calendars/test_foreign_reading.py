"""Files as Outlook, Exchange, Google, Apple and municipal systems write them."""

from collections.abc import Sequence
from contextlib import suppress
from datetime import UTC, date, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from overleg.calendars.foreign.reading import Reading, read_calendar
from overleg.calendars.foreign.sifting import MOST_EVENTS, NotACalendar
from overleg.lib.dates import BRUSSELS
from overleg.scheduling.states import DateState

UNTIL = date(2027, 12, 31)
OWN_ZONE = """BEGIN:VTIMEZONE
TZID:{name}
BEGIN:STANDARD
DTSTART:16010101T030000
TZOFFSETFROM:{summer}
TZOFFSETTO:{winter}
RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=10
END:STANDARD
BEGIN:DAYLIGHT
DTSTART:16010101T020000
TZOFFSETFROM:{winter}
TZOFFSETTO:{summer}
RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=3
END:DAYLIGHT
END:VTIMEZONE
"""


def calendar(*events: str, before: str = "") -> bytes:
    """A file with these events, each without its first and last line."""
    whole = "".join(f"BEGIN:VEVENT\n{event.strip()}\nEND:VEVENT\n" for event in events)
    text = f"BEGIN:VCALENDAR\nVERSION:2.0\nPRODID:test\n{before}{whole}END:VCALENDAR\n"
    return text.replace("\n", "\r\n").encode()


def read(data: bytes) -> Reading:
    """What is read of a file up to the end of 2027."""
    return read_calendar(data, until=UNTIL)


def clock(reading: Reading) -> Sequence[str]:
    """Begin and end of each date on the clock in Brussels."""
    return [
        f"{found.starts_at.astimezone(BRUSSELS):%d/%m %H:%M}-"
        f"{found.ends_at.astimezone(BRUSSELS):%H:%M}"
        for found in reading.dates
    ]


@pytest.mark.parametrize(
    ("moments", "expected"),
    [
        ("DTSTART:20260710T070000Z\nDTEND:20260710T090000Z", "10/07 09:00-11:00"),
        (
            (
                "DTSTART;TZID=Europe/Brussels:20260710T090000\n"
                "DTEND;TZID=Europe/Brussels:20260710T110000"
            ),
            "10/07 09:00-11:00",
        ),
        (
            (
                "DTSTART;TZID=Romance Standard Time:20260113T090000\n"
                "DTEND;TZID=Romance Standard Time:20260113T110000"
            ),
            "13/01 09:00-11:00",
        ),
        (
            'DTSTART;TZID="W. Europe Standard Time":20260710T090000\nDURATION:PT90M',
            "10/07 09:00-10:30",
        ),
        (
            "DTSTART;TZID=GMT Standard Time:20260710T090000\nDURATION:PT1H",
            "10/07 10:00-11:00",
        ),
        ("DTSTART:20260710T090000\nDTEND:20260710T110000", "10/07 09:00-11:00"),
        (
            "DTSTART;TZID=/freeassociation.sourceforge.net/Europe/Brussels:20260710T090000",
            "10/07 09:00-09:00",
        ),
        ("DTSTART;VALUE=DATE:20260710\nDTEND;VALUE=DATE:20260711", "10/07 00:00-00:00"),
        ("DTSTART;VALUE=DATE:20260710", "10/07 00:00-00:00"),
        ("DTSTART:20260710T070000Z\nDTSTART:20260711T070000Z", "10/07 09:00-09:00"),
        ("DTSTART;VALUE=DATE:20260710\nDTEND;VALUE=DATE:20260710", "10/07 00:00-00:00"),
    ],
)
def test_a_moment_is_read_on_the_right_clock(moments: str, expected: str) -> None:
    reading = read(calendar(f"UID:1\nSUMMARY:Zoneraad\n{moments}"))
    assert clock(reading) == [expected]
    assert not reading.refused


def test_a_zone_that_nobody_knows_is_brussels_and_told() -> None:
    zone = "(UTC+01:00) Brussels, Copenhagen, Madrid, Paris"
    reading = read(calendar(f'UID:1\nDTSTART;TZID="{zone}":20260710T090000\nDURATION:PT1H'))
    assert clock(reading) == ["10/07 09:00-10:00"]
    assert zone in reading.dates[0].remark


@pytest.mark.parametrize(
    "rule",
    [
        "FREQ=YEARLY;INTERVAL=0",
        "FREQ=SECONDLY",
        "FREQ=DAILY;BYMONTH=2;BYMONTHDAY=31",
        "FREQ=YEARLY;BYMONTH=10;BYMONTHDAY=1;BYDAY=5SU",
    ],
)
def test_a_zone_that_looks_for_its_next_change_for_ever_is_left(rule: str) -> None:
    zone = OWN_ZONE.format(name="Eigen", summer="+0200", winter="+0100")
    odd = zone.replace("FREQ=YEARLY;BYDAY=-1SU;BYMONTH=10", rule)
    event = "UID:1\nDTSTART;TZID=Eigen:20260710T090000\nDURATION:PT1H"
    (found,) = read(calendar(event, before=odd)).dates
    assert found.starts_at == datetime(2026, 7, 10, 7, tzinfo=UTC)
    assert "De tijdzone “Eigen” is niet bekend" in found.remark


def test_zones_of_their_own_are_not_mixed_between_files() -> None:
    event = "UID:1\nDTSTART;TZID=Customized Time Zone:20260710T090000\nDURATION:PT1H"
    here = OWN_ZONE.format(name="Customized Time Zone", summer="+0200", winter="+0100")
    far = OWN_ZONE.format(name="Customized Time Zone", summer="+0500", winter="+0400")
    assert clock(read(calendar(event, before=far))) == ["10/07 06:00-07:00"]
    assert clock(read(calendar(event, before=here))) == ["10/07 09:00-10:00"]
    assert clock(read(calendar(event))) == ["10/07 09:00-10:00"]


def test_a_series_with_an_exception_a_move_and_a_cancelled_one() -> None:
    reading = read(
        calendar(
            "UID:z\nSUMMARY:Zoneraad\nDTSTART;TZID=Europe/Brussels:20260313T090000\n"
            "DTEND;TZID=Europe/Brussels:20260313T110000\nRRULE:FREQ=MONTHLY;BYDAY=2FR;COUNT=5\n"
            "EXDATE;TZID=Europe/Brussels:20260410T090000",
            "UID:z\nRECURRENCE-ID;TZID=Europe/Brussels:20260508T090000\nSUMMARY:Zoneraad\n"
            "DTSTART;TZID=Europe/Brussels:20260507T140000\n"
            "DTEND;TZID=Europe/Brussels:20260507T160000",
            "UID:z\nRECURRENCE-ID:20260612T070000Z\nSUMMARY:Zoneraad\nSTATUS:CANCELLED\n"
            "DTSTART;TZID=Europe/Brussels:20260612T090000\n"
            "DTEND;TZID=Europe/Brussels:20260612T110000",
        )
    )
    assert clock(reading) == [
        "13/03 09:00-11:00",
        "07/05 14:00-16:00",
        "12/06 09:00-11:00",
        "10/07 09:00-11:00",
    ]
    assert [found.state for found in reading.dates] == [
        DateState.CONFIRMED,
        DateState.CONFIRMED,
        DateState.CANCELLED,
        DateState.CONFIRMED,
    ]
    assert reading.dates[1].occurrence == "20260508T070000Z"
    assert len({found.occurrence for found in reading.dates}) == len(reading.dates)


@pytest.mark.parametrize("end", ["", ";UNTIL=99991231T235959Z"])
def test_what_recurs_for_ever_stops_where_asked(end: str) -> None:
    event = f"UID:1\nDTSTART:20200106T080000Z\nRRULE:FREQ=WEEKLY{end}\nDURATION:PT1H"
    reading = read(calendar(event))
    assert len(reading.dates) == 417
    assert reading.dates[-1].starts_at == datetime(2027, 12, 27, 8, tzinfo=UTC)


@pytest.mark.parametrize(
    "rule",
    [
        "FREQ=DAILY;BYMONTH=2;BYMONTHDAY=31",
        "FREQ=MONTHLY;BYDAY=MO;BYSETPOS=300",
        "FREQ=DAILY;BYHOUR={};BYMINUTE={};BYSECOND={}".format(
            *(",".join(map(str, range(most))) for most in (24, 60, 60))
        ),
    ],
    ids=["never", "never in a month", "every second"],
)
def test_a_series_that_takes_for_ever_to_compute_keeps_no_other_date(rule: str) -> None:
    begins = "UID:{}\nDTSTART:20260710T070000Z\nDURATION:PT1H"
    bad = begins.format(1) + f"\nRRULE:{rule}"
    data = calendar(bad, begins.format(2))
    reading = read_calendar(data, until=UNTIL, within_seconds=0.2)
    assert [found.uid for found in reading.dates] == ["2"]
    assert [flaw.reason for flaw in reading.refused] == ["de herhaling vraagt te veel rekenwerk"]


def test_a_series_stays_on_the_hour_when_the_clock_changes() -> None:
    reading = read(
        calendar(
            "UID:1\nDTSTART;TZID=Europe/Brussels:20261018T093000\nDURATION:PT1H\n"
            "RRULE:FREQ=WEEKLY;COUNT=3"
        )
    )
    assert clock(reading) == ["18/10 09:30-10:30", "25/10 09:30-10:30", "01/11 09:30-10:30"]


def test_the_last_revision_counts() -> None:
    first = "UID:1\nSEQUENCE:0\nDTSTART:20260710T070000Z\nDURATION:PT1H"
    second = "UID:1\nSEQUENCE:2\nDTSTART:20260711T070000Z\nDURATION:PT1H"
    assert clock(read(calendar(second, first))) == ["11/07 09:00-10:00"]


@pytest.mark.parametrize(
    "change",
    [
        lambda data: b"\xef\xbb\xbf" + data,
        lambda data: data.replace(b"\r\n", b"\n"),
        lambda data: data.replace(b"\r\n", b"\r"),
        lambda data: data.decode().encode("utf-16"),
        lambda data: data.replace("é".encode(), b"\xe9"),
        lambda data: data.replace(b"Ambi", b"Am\r\n bi"),
        lambda data: data + data.replace(b"UID:1", b"UID:1"),
        lambda data: data.replace(b"END:VCALENDAR", b""),
        lambda data: b"Van: secretariaat\r\n\r\n" + data,
        lambda data: data.replace(b"UID:1", b"DESCRIPTION:" + b"x" * 1_000_000 + b"\r\nUID:1"),
        lambda data: data.replace(
            b"UID:1", b"BEGIN:VALARM\r\nTRIGGER:-PT5M\r\nDURATION:x\r\nEND:VALARM\r\nUID:1"
        ),
    ],
    ids=[
        "byte order mark",
        "LF only",
        "CR only",
        "UTF-16",
        "Windows letters",
        "folded inside a word",
        "the same calendar twice",
        "without its end",
        "words before it",
        "a line of 1 MB that tells no date",
        "an alarm that is wrong",
    ],
)
def test_a_file_may_be_written_in_any_way(change) -> None:  # type: ignore[no-untyped-def]
    data = calendar("UID:1\nDTSTART:20260710T070000Z\nDURATION:PT1H\nSUMMARY:Ambiorixé")
    reading = read(change(data))
    assert {found.title for found in reading.dates} == {"Ambiorixé"}
    assert set(clock(reading)) == {"10/07 09:00-10:00"}
    assert not reading.refused


@pytest.mark.parametrize(
    ("event", "why"),
    [
        ("UID:1\nSUMMARY:Zonder begin", "DTSTART"),
        ("UID:1\nSUMMARY:Fout begin\nDTSTART:2026-07-10 09:00", "DTSTART is niet te lezen"),
        ("UID:1\nDTSTART:20260710T090000Z\nDTEND:20260710T080000Z", "eindigt voor het begint"),
        ("UID:1\nDTSTART:00010101T000000Z", "het jaar 1 kan niet kloppen"),
        ("UID:1\nDTSTART:99991231T235959Z\nDURATION:P9D", "dag of herhaling is niet"),
        ("UID:1\nDTSTART:20260710T090000Z\nRRULE:FREQ=SECONDLY", "vaker dan elke dag"),
        ("UID:1\nDTSTART:20260710T090000Z\nRRULE:FREQ=SOMETIMES", "niet te lezen"),
        ("UID:1\nDTSTART:20260710T090000Z\nRRULE:FREQ=DAILY;INTERVAL=0", "ligt geen tijd"),
        ("UID:1\nDTSTART:20260710T090000Z\nSUMMARY:" + "x" * 60_000, "langer dan"),
    ],
)
def test_an_event_that_cannot_be_read_leaves_the_others(event: str, why: str) -> None:
    good = "UID:2\nDTSTART:20260710T070000Z\nDURATION:PT1H"
    reading = read(calendar(event, good))
    assert [found.uid for found in reading.dates] == ["2"]
    (refused,) = reading.refused
    assert why in refused.reason
    assert refused.at_line == 4


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"", "niets"),
        (b"<!DOCTYPE html><html><body>Aanmelden</body></html>", "webpagina"),
        (b"PK\x03\x04 een zip", "geen kalender"),
        (calendar(*["UID:1\nDTSTART:20260710T070000Z"] * (MOST_EVENTS + 1)), "meer dan"),
    ],
    ids=["nothing", "a page", "another file", "too many"],
)
def test_what_is_no_calendar_says_what_it_seems(data: bytes, why: str) -> None:
    with pytest.raises(NotACalendar, match=why):
        read(data)


def test_a_cancelled_calendar_cancels_its_dates() -> None:
    data = calendar("UID:1\nDTSTART:20260710T070000Z", before="METHOD:CANCEL\n")
    assert [found.state for found in read(data).dates] == [DateState.CANCELLED]


@given(st.binary(max_size=400), st.integers(0, 150), st.integers(0, 150))
@settings(max_examples=60, deadline=None)
def test_whatever_the_bytes_it_reads_or_says_why(data: bytes, cut: int, at: int) -> None:
    whole = calendar("UID:1\nDTSTART:20260710T070000Z\nRRULE:FREQ=DAILY;COUNT=2\nDURATION:PT1H")
    with suppress(NotACalendar):
        read(whole[:at] + data + whole[at + cut :])

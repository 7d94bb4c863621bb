"""Reading and keeping a calendar of 10,000 events, as a municipal system might give it."""

import time
from datetime import datetime, timedelta

from flask import Flask

from bench.world import add_body
from overleg.calendars.foreign.importing import take_over
from overleg.calendars.foreign.reading import read_calendar
from overleg.db import close_database, db, new_id
from overleg.lib.dates import local_date
from overleg.scheduling.models import DateSource
from overleg.scheduling.states import SourceKind

EVENTS = 10_000
MOST_SECONDS = 30.0
HEAD = "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//Meting//NL\r\n"
EVENT = (
    "BEGIN:VEVENT\r\nUID:meting-{number}\r\nDTSTAMP:20260101T080000Z\r\n"
    "DTSTART;TZID=Romance Standard Time:{start:%Y%m%dT%H%M%S}\r\n"
    "DTEND;TZID=Romance Standard Time:{end:%Y%m%dT%H%M%S}\r\n"
    "SUMMARY:Vergadering {number}\r\nLOCATION:Stadhuis\r\nEND:VEVENT\r\n"
)


def measure_import(app: Flask, now: datetime) -> str:
    """Import them once; a line that tells how long reading and keeping took."""
    first = now.replace(tzinfo=None, minute=0, second=0, microsecond=0)
    events = (
        EVENT.format(number=number, start=start, end=start + timedelta(minutes=30))
        for number in range(EVENTS)
        for start in (first + timedelta(hours=2 * number),)
    )
    data = (HEAD + "".join(events) + "END:VCALENDAR\r\n").encode()
    with app.app_context():
        source = DateSource(
            id=new_id(),
            body=add_body("ingelezen", now),
            kind=SourceKind.ADDRESS,
            label="meting.invalid",
            url="https://meting.invalid/kalender.ics",
            added_by_name="Meting",
            added_at_utc=now,
        )
        db.session.add(source)
        db.session.flush()
        began = time.perf_counter()
        reading = read_calendar(data, until=local_date(now + timedelta(days=3 * 366)))
        read_seconds = time.perf_counter() - began
        kept = take_over(source, reading, now=now)
        db.session.commit()
        seconds = time.perf_counter() - began
        close_database()
    told = (
        f"Kalender van {EVENTS} afspraken ingelezen: {seconds:.1f} s, waarvan {read_seconds:.1f} s "
        f"lezen; {kept.added} data bewaard"
    )
    return told if seconds <= MOST_SECONDS else f"{told}. NIET GEHAALD: {MOST_SECONDS:.0f} s."

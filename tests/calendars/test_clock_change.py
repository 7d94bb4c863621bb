"""The nights the clock changes, both ways: meetings, deadlines, series, and others' calendars."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from overleg.calendars.foreign.reading import read_calendar
from overleg.calendars.ical import write_feed
from overleg.lib.dates import BRUSSELS, local_date, to_utc
from overleg.organisations.models import Body
from overleg.scheduling.models import Meeting
from overleg.scheduling.rhythm import Rhythm, RhythmKind, days_of
from tests.calendars.test_ical import event_on, with_ical_js, with_icalendar, with_vobject

YEARS = range(2026, 2036)
QUARTERS = 96
OUTLOOKS_NAMES = {
    "Romance Standard Time": "Europe/Brussels",
    "W. Europe Standard Time": "Europe/Berlin",
    "GMT Standard Time": "Europe/London",
    "Eastern Standard Time": "America/New_York",
    "Europe/Brussels": "Europe/Brussels",
    "Europe/London": "Europe/London",
    "America/New_York": "America/New_York",
    "Australia/Sydney": "Australia/Sydney",
    "Asia/Kolkata": "Asia/Kolkata",
}
EVENT = (
    "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nBEGIN:VEVENT\r\nUID:een@zone.test\r\n"
    "DTSTART;TZID={zone}:{local:%Y%m%dT%H%M%S}\r\nDURATION:PT1H\r\n{more}SUMMARY:Zoneraad\r\n"
    "END:VEVENT\r\nEND:VCALENDAR\r\n"
)


def change_nights(year: int) -> tuple[date, date]:
    """The last Sundays of March and October (Directive 2000/84/EC)."""
    march, october = (date(year, month, 31) for month in (3, 10))
    return tuple(day - timedelta(days=(day.weekday() + 1) % 7) for day in (march, october))  # type: ignore[return-value]


NIGHTS = [night for year in YEARS for night in change_nights(year)]
around_a_change = st.builds(
    lambda night, quarters: to_utc(night, time()) + timedelta(minutes=15 * quarters),
    st.sampled_from(NIGHTS),
    st.integers(-QUARTERS, 2 * QUARTERS),
)


@settings(deadline=None)
@given(moments=st.lists(around_a_change, min_size=1, max_size=12, unique=True))
def test_a_meeting_in_any_night_is_read_by_others_at_its_moment(moments: list[datetime]) -> None:
    feed = feed_of(moments)
    expected = sorted(moments)
    assert [start for start, _end, _place in sorted(with_icalendar(feed))] == expected
    assert [start for start, _end, _place in sorted(with_vobject(feed))] == expected


@pytest.mark.npm
def test_ical_js_reads_every_quarter_of_two_change_nights_at_its_moment() -> None:
    moments = [
        to_utc(night, time()) + timedelta(minutes=15 * quarter)
        for night in change_nights(2026)
        for quarter in range(24)
    ]
    found = with_ical_js(feed_of(moments))
    assert sorted(start for start, _end, _place in found) == moments
    assert {end - start for start, end, _place in found} == {timedelta(minutes=90)}


def feed_of(moments: list[datetime]) -> bytes:
    """A feed with a meeting of an hour and a half at each of these."""
    lasts = timedelta(minutes=90)
    return write_feed(
        "Midwestoverleg",
        [
            event_on(local_date(each), uid=f"{n}@overleg", starts_at=each, ends_at=each + lasts)
            for n, each in enumerate(moments)
        ],
    )


@given(starts_at=around_a_change, days=st.integers(0, 60))
def test_a_deadline_lies_whole_days_before_the_day_in_brussels(
    starts_at: datetime, days: int
) -> None:
    body = Body(proposal_deadline_days=days, agenda_deadline_days=days, outcomes_deadline_days=days)
    meeting = Meeting(
        body=body, starts_at_utc=starts_at, ends_at_utc=starts_at + timedelta(hours=2)
    )
    day = starts_at.astimezone(BRUSSELS).date()
    assert meeting.day == day
    assert meeting.proposals_due_on == meeting.agenda_due_on == day - timedelta(days=days)
    assert meeting.outcomes_due_on == day + timedelta(days=days)
    assert meeting.duration_minutes == 120


@given(
    night=st.sampled_from(NIGHTS),
    hour=st.times().map(lambda hour: hour.replace(fold=0)),
    every=st.integers(1, 4),
)
def test_a_series_across_a_change_keeps_its_hour_on_the_clock(
    night: date, hour: time, every: int
) -> None:
    first, last = night - timedelta(days=28), night + timedelta(days=28)
    rhythm = Rhythm(RhythmKind.WEEKLY, night.weekday(), first, last, every_weeks=every)
    for day in days_of(rhythm):
        shown = to_utc(day, hour).astimezone(BRUSSELS)
        skipped = day in NIGHTS and day.month == 3 and hour.hour == 2
        later = timedelta(hours=1) if skipped else timedelta()
        assert shown.replace(tzinfo=None) == datetime.combine(day, hour) + later


@settings(max_examples=50, deadline=None)
@given(
    zone=st.sampled_from(sorted(OUTLOOKS_NAMES)),
    local=st.builds(datetime.combine, st.dates(date(2026, 1, 1), date(2028, 12, 31)), st.times()),
)
def test_a_foreign_date_in_any_zone_is_read_at_its_moment(zone: str, local: datetime) -> None:
    local = local.replace(microsecond=0, fold=0)
    data = EVENT.format(zone=zone, local=local, more="").encode()
    (read,) = read_calendar(data, until=date(2029, 6, 1)).dates
    expected = local.replace(tzinfo=ZoneInfo(OUTLOOKS_NAMES[zone])).astimezone(UTC)
    assert (read.starts_at, read.ends_at - read.starts_at) == (expected, timedelta(hours=1))


@settings(max_examples=50, deadline=None)
@given(
    zone=st.sampled_from(sorted(OUTLOOKS_NAMES)),
    night=st.sampled_from(NIGHTS),
    hour=st.integers(4, 23),
)
def test_a_foreign_series_keeps_the_hour_of_its_own_zone(zone: str, night: date, hour: int) -> None:
    first = datetime.combine(night - timedelta(days=14), time(hour))
    more = "RRULE:FREQ=WEEKLY;COUNT=5\r\n"
    data = EVENT.format(zone=zone, local=first, more=more).encode()
    found = read_calendar(data, until=night + timedelta(days=60)).dates
    own = ZoneInfo(OUTLOOKS_NAMES[zone])
    assert [each.starts_at.astimezone(own).replace(tzinfo=None) for each in found] == [
        first + timedelta(weeks=week) for week in range(5)
    ]

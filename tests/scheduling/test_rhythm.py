"""From a rhythm to its days, and to the same hour on both sides of the clock change."""

from datetime import date, time, timedelta

from hypothesis import given
from hypothesis import strategies as st

from overleg.lib.dates import BRUSSELS, to_utc
from overleg.scheduling.rhythm import LAST, MOST_DAYS, Rhythm, RhythmKind, days_of

MONTHLY = RhythmKind.MONTHLY
WEEKLY = RhythmKind.WEEKLY
MONDAY, FRIDAY = 0, 4


def test_the_second_friday_of_every_month() -> None:
    rhythm = Rhythm(MONTHLY, FRIDAY, date(2026, 3, 1), date(2026, 6, 30), nth=2)
    assert days_of(rhythm) == [
        date(2026, 3, 13),
        date(2026, 4, 10),
        date(2026, 5, 8),
        date(2026, 6, 12),
    ]
    assert rhythm.sentence == "elke tweede vrijdag van de maand"


def test_the_last_friday_is_the_fourth_or_the_fifth() -> None:
    rhythm = Rhythm(MONTHLY, FRIDAY, date(2026, 1, 1), date(2026, 2, 28), nth=LAST)
    assert days_of(rhythm) == [date(2026, 1, 30), date(2026, 2, 27)]


def test_every_six_weeks_begins_at_the_first_such_weekday() -> None:
    rhythm = Rhythm(WEEKLY, FRIDAY, date(2026, 3, 2), date(2026, 6, 30), every_weeks=6)
    assert days_of(rhythm) == [date(2026, 3, 6), date(2026, 4, 17), date(2026, 5, 29)]
    assert rhythm.sentence == "om de 6 weken op vrijdag"


def test_weeks_are_counted_from_the_first_such_weekday_also_in_a_week_that_began() -> None:
    rhythm = Rhythm(WEEKLY, MONDAY, date(2026, 12, 2), date(2027, 2, 28), every_weeks=6)
    assert days_of(rhythm) == [date(2026, 12, 7), date(2027, 1, 18)]


def test_both_ends_of_the_period_count() -> None:
    rhythm = Rhythm(WEEKLY, FRIDAY, date(2026, 3, 6), date(2026, 3, 20))
    assert days_of(rhythm) == [date(2026, 3, 6), date(2026, 3, 13), date(2026, 3, 20)]


def test_a_period_without_such_a_day_gives_none() -> None:
    assert days_of(Rhythm(WEEKLY, FRIDAY, date(2026, 3, 2), date(2026, 3, 5))) == []


def test_too_many_days_are_counted_only_to_one_over_the_limit() -> None:
    rhythm = Rhythm(WEEKLY, FRIDAY, date(2026, 1, 1), date(2046, 1, 1))
    assert len(days_of(rhythm)) == MOST_DAYS + 1


@given(
    kind=st.sampled_from(RhythmKind),
    weekday=st.integers(0, 6),
    nth=st.sampled_from([1, 2, 3, 4, LAST]),
    every_weeks=st.integers(1, 26),
    first_day=st.dates(date(2000, 1, 1), date(2090, 1, 1)),
    length=st.integers(0, 800),
)
def test_every_day_fits_the_rhythm_and_keeps_its_hour(
    *, kind: RhythmKind, weekday: int, nth: int, every_weeks: int, first_day: date, length: int
) -> None:
    last_day = first_day + timedelta(days=length)
    rhythm = Rhythm(kind, weekday, first_day, last_day, nth=nth, every_weeks=every_weeks)
    days = days_of(rhythm)
    assert days == sorted(set(days))
    if kind is WEEKLY and length >= 6:
        assert days[0] - first_day < timedelta(weeks=1)
    for day in days:
        assert first_day <= day <= last_day
        assert day.weekday() == weekday
        assert to_utc(day, time(9)).astimezone(BRUSSELS).timetz().replace(tzinfo=None) == time(9)

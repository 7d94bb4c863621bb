"""Dutch dates and hours as Flanders writes them.

Moments are stored in UTC and shown in Europe/Brussels: every function that takes a ``datetime``
wants an aware one and converts it itself.
"""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

BRUSSELS = ZoneInfo("Europe/Brussels")
FIRST_DAY = date(1970, 1, 1)
LAST_DAY = date(2100, 12, 31)
ONE_DAY = timedelta(days=1)

MONTHS = (
    "januari",
    "februari",
    "maart",
    "april",
    "mei",
    "juni",
    "juli",
    "augustus",
    "september",
    "oktober",
    "november",
    "december",
)
WEEKDAYS = ("maandag", "dinsdag", "woensdag", "donderdag", "vrijdag", "zaterdag", "zondag")


def local_date(moment: datetime | date) -> date:
    """The calendar day in Brussels of an aware moment; a plain date passes unchanged."""
    if isinstance(moment, datetime):
        return moment.astimezone(BRUSSELS).date()
    return moment


def is_known_day(day: date) -> bool:
    """Whether somebody can mean this day: a year of two figures, or 9999, is a slip."""
    return FIRST_DAY <= day <= LAST_DAY


def to_utc(day: date, hour: time) -> datetime:
    """The moment, in UTC, at which a clock in Brussels shows this day and hour."""
    return datetime.combine(day, hour, tzinfo=BRUSSELS).astimezone(UTC)


def format_date(moment: datetime | date) -> str:
    """``2 maart 2026``."""
    day = local_date(moment)
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def format_weekday_date(moment: datetime | date) -> str:
    """``maandag 2 maart 2026``."""
    return f"{WEEKDAYS[local_date(moment).weekday()]} {format_date(moment)}"


def format_short_date(moment: datetime | date) -> str:
    """``2/03/2026``."""
    day = local_date(moment)
    return f"{day.day}/{day.month:02}/{day.year}"


def format_time(moment: datetime | time) -> str:
    """``9.30 uur``; a moment is read in Brussels."""
    hour = moment.astimezone(BRUSSELS) if isinstance(moment, datetime) else moment
    return f"{hour.hour}.{hour.minute:02} uur"


def format_clock(moment: datetime) -> str:
    """``9.30``: the hour alone, for columns."""
    return format_time(moment).removesuffix(" uur")


def format_datetime(moment: datetime) -> str:
    """``2 maart 2026 om 9.30 uur``."""
    return f"{format_date(moment)} om {format_time(moment)}"


def format_span(starts_at: datetime, ends_at: datetime) -> str:
    """``9.30 tot 11.00 uur``."""
    return f"{format_clock(starts_at)} tot {format_time(ends_at)}"


def format_days_left(day: date, today: date) -> str:
    """How far a day lies from today: ``vandaag``, ``nog 5 dagen``, ``3 dagen te laat``."""
    days = (day - today) // timedelta(days=1)
    if days == 0:
        return "vandaag"
    if days == 1:
        return "morgen"
    if days > 1:
        return f"nog {days} dagen"
    return "1 dag te laat" if days == -1 else f"{-days} dagen te laat"

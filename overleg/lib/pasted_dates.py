"""A list of dates, pasted from a mail, Word or Excel, on the clock in Brussels. Pure."""

import re
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from overleg.lib.blocks import without_control
from overleg.lib.dates import MONTHS, is_known_day, to_utc

MOST_LINES = 400
USUAL_LENGTH = timedelta(hours=2)
SHORT_MONTHS = {month[:3]: number for number, month in enumerate(MONTHS, start=1)} | {"mrt": 3}
DAY_IN_FIGURES = re.compile(r"\b(\d{1,2})[/.-](\d{1,2})[/.-](\d{4}|\d{2})\b")
DAY_OF_A_STANDARD = re.compile(r"\b(\d{4})-(\d{2})-(\d{2})\b")
DAY_IN_WORDS = re.compile(r"\b(\d{1,2})\s+([a-z]{3,9})\.?\s+(\d{4})\b", re.IGNORECASE)
HOUR = r"(\d{1,2})(?:\s*[.:u]\s*(\d{2})|\s*u(?:ur)?\b)(?:\s*uur)?"
HOURS = re.compile(rf"{HOUR}(?:\s*(?:-|–|tot|t/m)\s*{HOUR})?", re.IGNORECASE)
WEEKDAY = re.compile(
    r"\b(?:ma|di|wo|do|vr|za|zo|maandag|dinsdag|woensdag|donderdag|vrijdag|zaterdag|zondag)\b\.?",
    re.IGNORECASE,
)
CENTURY = 2000
SIGNS_BETWEEN = " \t,;|-–:()"


@dataclass(frozen=True)
class PastedDate:
    """One line that was understood; moments in UTC."""

    starts_at: datetime
    ends_at: datetime
    is_all_day: bool
    place: str


@dataclass(frozen=True)
class Pasted:
    """What a list gave: its dates, and the lines that were not understood, by number."""

    dates: tuple[PastedDate, ...]
    not_understood: tuple[str, ...]


def read_list(text: str, *, usual_length: timedelta = USUAL_LENGTH) -> Pasted:
    """A date a line: ``vr 13/03/2026 9.00-11.00 Roeselare``, ``13 maart 2026, 9u30``.

    Without hours it is the whole day; without an end it lasts ``usual_length``. What is left of a
    line is the place. Empty lines are passed over.
    """
    dates: list[PastedDate] = []
    wrong: list[str] = []
    for number, line in enumerate(text.splitlines(), start=1):
        plain = " ".join(without_control(line).split())
        if not plain:
            continue
        try:
            dates.append(_read_line(plain, usual_length))
        except ValueError:
            wrong.append(f"Regel {number}: “{plain[:80]}”")
    return Pasted(tuple(dates[:MOST_LINES]), tuple(wrong))


def _read_line(line: str, usual_length: timedelta) -> PastedDate:
    """Raises ``ValueError`` when no day is found, or an hour that no clock shows."""
    day, rest = _day(line)
    found = HOURS.search(rest)
    place = WEEKDAY.sub(" ", rest[: found.start()] + " " + rest[found.end() :] if found else rest)
    place = " ".join(place.strip(SIGNS_BETWEEN).split())
    if found is None:
        return PastedDate(to_utc(day, time()), to_utc(day + timedelta(days=1), time()), True, place)
    starts_at = to_utc(day, _hour(found[1], found[2]))
    ends_at = to_utc(day, _hour(found[3], found[4])) if found[3] else starts_at + usual_length
    if ends_at <= starts_at:
        raise ValueError(line)
    return PastedDate(starts_at, ends_at, False, place)


def _day(line: str) -> tuple[date, str]:
    """The day of a line, and the line without it."""
    if found := DAY_OF_A_STANDARD.search(line):
        year, month, day = (int(part) for part in found.groups())
    elif found := DAY_IN_FIGURES.search(line):
        day, month, year = (int(part) for part in found.groups())
        year += CENTURY if year < 100 else 0
    elif found := DAY_IN_WORDS.search(line):
        day, year = int(found[1]), int(found[3])
        month = SHORT_MONTHS.get(found[2][:3].lower(), 0)
    else:
        raise ValueError(line)
    found_day = date(year, month, day)
    if not is_known_day(found_day):
        raise ValueError(line)
    return found_day, line[: found.start()] + " " + line[found.end() :]


def _hour(hours: str, minutes: str | None) -> time:
    return time(int(hours), int(minutes or 0))

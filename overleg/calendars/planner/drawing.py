"""Where the lanes, bands and marks of a year stand in the picture. Pure; units of the viewBox."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from overleg.calendars.planner.year import Band, Gathering, Lane, Year
from overleg.lib.dates import MONTHS

WIDTH = 1240
NAMES = 200
"""The column with the names of the bodies, on the left."""
TOP = 46
ROW = 34
PADDING = 14
MARK_WIDTH, MARK_HEIGHT = 28, 26
NAME_FITS = 24
"""How many characters of a name fit on a line."""
BAND_NAME_FITS = 6.4
"""The width of a character of a band's name."""


@dataclass(frozen=True)
class Mark:
    """One gathering: a box with the day in it."""

    gathering: Gathering
    x: float
    y: float
    middle: float


@dataclass(frozen=True)
class DrawnLane:
    """A body's row, with its name in at most two lines."""

    lane: Lane
    y: float
    height: float
    name_lines: Sequence[str]
    marks: Sequence[Mark]

    @property
    def first_line_y(self) -> float:
        """The base line of the first line of the name."""
        return self.y + self.height / 2 + (5 if len(self.name_lines) == 1 else -3)


@dataclass(frozen=True)
class DrawnBand:
    """A holiday, from the top to the bottom; ``title`` is what fits."""

    band: Band
    x: float
    width: float
    title: str


@dataclass(frozen=True)
class DrawnMonth:
    """A month's column."""

    title: str
    x: float
    middle: float


@dataclass(frozen=True)
class Picture:
    """All that is drawn."""

    width: int
    height: float
    months: Sequence[DrawnMonth]
    bands: Sequence[DrawnBand]
    lanes: Sequence[DrawnLane]
    today_x: float | None
    names: int = NAMES
    top: int = TOP
    mark_width: int = MARK_WIDTH
    mark_height: int = MARK_HEIGHT


def draw(year: Year, today: date) -> Picture:
    """The picture of a year, seen on a day."""
    lanes: list[DrawnLane] = []
    y: float = TOP
    for lane in year.lanes:
        drawn = _lane(lane, y, year.number)
        lanes.append(drawn)
        y += drawn.height
    return Picture(
        width=WIDTH,
        height=y + 1,
        months=[_month(year.number, number) for number in range(1, 13)],
        bands=[_band(band, year.number) for band in year.bands],
        lanes=lanes,
        today_x=_x(today, year.number) + _day_width(year.number) / 2
        if today.year == year.number
        else None,
    )


def _day_width(year: int) -> float:
    return (WIDTH - NAMES) / (date(year + 1, 1, 1) - date(year, 1, 1)).days


def _x(day: date, year: int) -> float:
    """Where a day begins."""
    return round(NAMES + (day - date(year, 1, 1)).days * _day_width(year), 1)


def _month(year: int, number: int) -> DrawnMonth:
    first = date(year, number, 1)
    after = (first + timedelta(days=31)).replace(day=1)
    x = _x(first, year)
    return DrawnMonth(MONTHS[number - 1], x, round((x + _x(after, year)) / 2, 1))


def _band(band: Band, year: int) -> DrawnBand:
    x, after = _x(band.first, year), _x(band.last + timedelta(days=1), year)
    width = round(after - x, 1)
    short = band.name.removesuffix("vakantie").capitalize()
    fits = not band.is_public and len(short) * BAND_NAME_FITS <= width
    return DrawnBand(band, x, width, short if fits else "")


def _lane(lane: Lane, y: float, year: int) -> DrawnLane:
    """Marks that would lie over each other go on rows below each other."""
    ends: list[float] = []
    placed: list[tuple[Gathering, float, int]] = []
    for gathering in lane.gatherings:
        middle = _x(gathering.day, year) + _day_width(year) / 2
        x = min(max(middle - MARK_WIDTH / 2, NAMES + 1), WIDTH - MARK_WIDTH - 1)
        row = next((number for number, end in enumerate(ends) if end <= x), len(ends))
        if row == len(ends):
            ends.append(0)
        ends[row] = x + MARK_WIDTH + 1
        placed.append((gathering, x, row))
    rows = max(len(ends), 1)
    height = rows * ROW + PADDING
    return DrawnLane(
        lane,
        y,
        height,
        _name_lines(lane.body.call_name),
        [
            Mark(
                gathering,
                round(x, 1),
                y + PADDING / 2 + row * ROW + (ROW - MARK_HEIGHT) / 2,
                round(x + MARK_WIDTH / 2, 1),
            )
            for gathering, x, row in placed
        ],
    )


def _name_lines(name: str) -> list[str]:
    """A name in at most two lines, cut where even that is too short."""
    lines = [""]
    for word in name.split():
        longer = f"{lines[-1]} {word}".strip()
        if len(longer) <= NAME_FITS or not lines[-1]:
            lines[-1] = longer
        else:
            lines.append(word)
    if len(lines) > 2:
        lines = [lines[0], f"{lines[1]} …"]
    return [line if len(line) <= NAME_FITS else f"{line[: NAME_FITS - 1]}…" for line in lines]

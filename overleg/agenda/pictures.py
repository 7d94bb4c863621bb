"""Pictures of a year of agendas: where each bar stands, for the SVG and for the table. Pure.

Coordinates are those of the SVG's own box: ``WIDTH`` wide, the bars ``HEIGHT`` high.
"""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from overleg.agenda.queries.figures import Held, Treated
from overleg.agenda.states import ProposalFunction, ProposalKind
from overleg.lib.dates import format_short_date

WIDTH = 640
HEIGHT = 180
LEFT = 40
GAP = 0.3
WIDEST_BAR = 48.0
MOST_ORGANISATIONS = 12
BAR_HEIGHT = 28
OWN = "eigen punt van de ondersteuning"
OWN_LOOK = 4
"""The same colour in every picture, after those of the kinds and of the functions."""
OTHERS = "andere organisaties"


@dataclass(frozen=True)
class Part:
    """One coloured part of a bar; ``look`` is the number of its colour."""

    look: int
    name: str
    value: int
    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True)
class Bar:
    """One bar with its label under or before it; ``total`` is what it adds up to."""

    label: str
    total: int
    middle: float
    parts: Sequence[Part]


@dataclass(frozen=True)
class Picture:
    """A picture with its legend; ``steps`` are the lines of the scale: (value, y)."""

    names: Mapping[int, str]
    """By look, in the order of the legend."""
    bars: Sequence[Bar]
    steps: Sequence[tuple[int, float]]

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to draw."""
        return not any(bar.total for bar in self.bars)

    @property
    def totals(self) -> dict[int, int]:
        """Per look, over all bars."""
        return {
            look: sum(part.value for bar in self.bars for part in bar.parts if part.look == look)
            for look in self.names
        }


def mix_of_kinds(meetings: Sequence[Held], points: Sequence[Treated]) -> Picture:
    """The kinds of the points of each meeting, but the fixed ones; own points apart."""
    looks = {kind: look for look, kind in enumerate(ProposalKind)}
    names = {look: kind.label for kind, look in looks.items()} | {OWN_LOOK: OWN}
    return _stacked(
        meetings, points, names, lambda point: looks[point.kind] if point.kind else OWN_LOOK
    )


def mix_of_functions(meetings: Sequence[Held], points: Sequence[Treated]) -> Picture:
    """The functions of the points of each meeting, but the fixed ones; own points apart."""
    looks = {function: look for look, function in enumerate(ProposalFunction)}
    names = {look: function.label for function, look in looks.items()} | {OWN_LOOK: OWN}
    return _stacked(
        meetings, points, names, lambda point: looks[point.function] if point.function else OWN_LOOK
    )


def _stacked(
    meetings: Sequence[Held],
    points: Sequence[Treated],
    names: Mapping[int, str],
    look_of: Callable[[Treated], int],
) -> Picture:
    counts = {meeting.id: Counter[int]() for meeting in meetings}
    for point in points:
        if point.meeting_id in counts and not point.is_fixed:
            counts[point.meeting_id][look_of(point)] += 1
    top = _scale(max((sum(count.values()) for count in counts.values()), default=0))
    bars = []
    for place, meeting in enumerate(meetings):
        left, width = _slot(place, len(meetings))
        parts, below = [], 0.0
        for look, name in names.items():
            value = counts[meeting.id][look]
            height = value * HEIGHT / top
            below += height
            parts.append(Part(look, name, value, left, round(HEIGHT - below, 2), width, height))
        label = format_short_date(meeting.starts_at_utc)
        bars.append(Bar(label, sum(part.value for part in parts), left + width / 2, parts))
    return Picture(names, bars, _steps(top))


def time_asked_and_had(meetings: Sequence[Held], points: Sequence[Treated]) -> Picture:
    """Per meeting the minutes that its points ask, beside the minutes it has."""
    asked: Counter[str] = Counter()
    for point in points:
        asked[point.meeting_id] += point.minutes
    pairs = [(meeting, asked[meeting.id], meeting.minutes_had) for meeting in meetings]
    top = _scale(max((max(pair[1:]) for pair in pairs), default=0))
    names = {0: "minuten gevraagd", 1: "minuten beschikbaar"}
    bars = []
    for place, (meeting, *values) in enumerate(pairs):
        left, width = _slot(place, len(pairs))
        parts = []
        for look, value in enumerate(values):
            height = value * HEIGHT / top
            x = left + look * width / 2
            parts.append(Part(look, names[look], value, x, HEIGHT - height, width / 2, height))
        label = format_short_date(meeting.starts_at_utc)
        bars.append(Bar(label, sum(values), left + width / 2, parts))
    return Picture(names, bars, _steps(top))


def where_from(points: Sequence[Treated]) -> Picture:
    """Which organisations the treated proposals come from, lying bars, the most first."""
    counts = Counter(point.organisation for point in points if point.organisation)
    rows = sorted(counts.items(), key=lambda row: (-row[1], row[0]))
    if len(rows) > MOST_ORGANISATIONS:
        rest = sum(count for _, count in rows[MOST_ORGANISATIONS - 1 :])
        rows = [*rows[: MOST_ORGANISATIONS - 1], (OTHERS, rest)]
    top = max((count for _, count in rows), default=1)
    bars = []
    for place, (name, count) in enumerate(rows):
        y = place * BAR_HEIGHT * 2
        width = count * (WIDTH - LEFT) / top
        part = Part(0, name, count, 0, y + BAR_HEIGHT * 0.8, width, BAR_HEIGHT * 0.7)
        bars.append(Bar(name, count, y + BAR_HEIGHT * 0.55, (part,)))
    return Picture({0: "voorstellen"}, bars, ())


def _slot(place: int, count: int) -> tuple[float, float]:
    """Where the bar at this place begins, and how wide it is."""
    room = (WIDTH - LEFT) / max(count, 1)
    width = min(room * (1 - GAP), WIDEST_BAR)
    return round(LEFT + place * room + (room - width) / 2, 2), round(width, 2)


def _scale(highest: int) -> int:
    """The round value at the top of a picture."""
    for step in (5, 10, 20, 30, 60, 90, 120, 180, 240, 360, 480, 720):
        if highest <= step:
            return step
    return highest


def _steps(top: int) -> list[tuple[int, float]]:
    return [(0, HEIGHT), (top, 0)] if top % 2 else [(0, HEIGHT), (top // 2, HEIGHT / 2), (top, 0)]

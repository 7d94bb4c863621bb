"""What was measured, as a table for people and as rows in JSON, and which goals that reaches."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

HEADINGS = ("pagina", "schaal", "per s", "p50 ms", "p95 ms", "p50 keer", "t.o.v. bodem", "vragen")
WIDTHS = (30, 7, 9, 9, 9, 9, 13, 7)

# What has to be reached, by the name of the subject.
LEAST_RATIO = {"vergadering, 20 punten": 1 / 8, "kalender, 304": 1 / 3}
MOST_TIMES_BARE = {"zoeken in 50.000 teksten": 3.0}
"""The p95 of a page, at most so many times that of the page when nothing is asked of it."""
MOST_TIMES_SLOWER = 1.5
MOST_MEMORY_MB = 150


@dataclass(frozen=True)
class Row:
    """One page at one scale; ``statements`` is None where none are counted.

    ``p95_times_bare`` is the p95 as so many times that of the page when nothing is asked of it,
    measured in turns; None for what is asked nothing. ``worker_mb`` is what the biggest web worker
    took after all pages of this scale; None for what no web worker does.
    """

    name: str
    scale: int
    rps: float
    p50_ms: float
    p95_ms: float
    ratio_to_floor: float
    statements: int | None
    p95_times_bare: float | None = None
    worker_mb: float | None = None


@dataclass(frozen=True)
class Goal:
    """Something to reach, in a sentence with what was measured, and whether it was."""

    sentence: str
    is_reached: bool

    def __str__(self) -> str:
        return f"{'gehaald     ' if self.is_reached else 'NIET GEHAALD'}  {self.sentence}"


def as_table(rows: Sequence[Row]) -> str:
    """Return the rows as lines of text, with aligned columns.

    ``p50 keer`` is the p50 as so many times that of the same page at the smallest scale.
    """
    smallest = {row.name: row.p50_ms for row in reversed(rows)}
    lines = [_line(HEADINGS)]
    lines += [
        _line(
            (
                row.name,
                f"{row.scale}x",
                f"{row.rps:.1f}",
                f"{row.p50_ms:.1f}",
                f"{row.p95_ms:.1f}",
                f"{row.p50_ms / smallest[row.name]:.2f}",
                f"{row.ratio_to_floor:.3f}",
                "-" if row.statements is None else str(row.statements),
            )
        )
        for row in rows
    ]
    return "\n".join(lines)


def goals(rows: Sequence[Row]) -> list[Goal]:
    """Return every goal that these rows say something about."""
    return [*_ratios(rows), *_times_bare(rows), *_growth(rows), *_memory(rows)]


def _ratios(rows: Sequence[Row]) -> Iterator[Goal]:
    for row in rows:
        least = LEAST_RATIO.get(row.name)
        if least is not None:
            yield Goal(
                f"{row.name} op {row.scale}x: {row.ratio_to_floor:.3f} van de bodem, "
                f"minstens {least:.3f}.",
                row.ratio_to_floor >= least,
            )


def _times_bare(rows: Sequence[Row]) -> Iterator[Goal]:
    for row in rows:
        most = MOST_TIMES_BARE.get(row.name)
        if most is not None and row.p95_times_bare is not None:
            yield Goal(
                f"{row.name} op {row.scale}x: p95 {row.p95_times_bare:.1f} keer de kale pagina, "
                f"hoogstens {most:g}.",
                row.p95_times_bare <= most,
            )


def _growth(rows: Sequence[Row]) -> Iterator[Goal]:
    for name in dict.fromkeys(row.name for row in rows):
        sizes = [row for row in rows if row.name == name]
        smallest, biggest = sizes[0], sizes[-1]
        if smallest is biggest:
            continue
        times = biggest.p50_ms / smallest.p50_ms
        yield Goal(
            f"{name}: p50 op {biggest.scale}x {times:.2f} keer die op {smallest.scale}x, "
            f"hoogstens {MOST_TIMES_SLOWER:g}.",
            times <= MOST_TIMES_SLOWER,
        )
        counts = [row.statements for row in sizes]
        yield Goal(f"{name}: overal evenveel vragen: {counts}.", len(set(counts)) == 1)


def _memory(rows: Sequence[Row]) -> Iterator[Goal]:
    for scale in dict.fromkeys(row.scale for row in rows):
        held = [row.worker_mb for row in rows if row.scale == scale and row.worker_mb is not None]
        if held:
            yield Goal(
                f"webwerker op {scale}x: {max(held):.0f} MB, hoogstens {MOST_MEMORY_MB}.",
                max(held) <= MOST_MEMORY_MB,
            )


def write(rows: Sequence[Row], file: Path) -> None:
    """Write the rows as JSON, numbers rounded to what means something."""
    file.parent.mkdir(parents=True, exist_ok=True)
    rounded = [
        {key: round(value, 4) if isinstance(value, float) else value for key, value in one.items()}
        for one in map(asdict, rows)
    ]
    file.write_text(json.dumps(rounded, indent=2) + "\n")


def read(file: Path) -> list[Row]:
    """Return the rows that were written last. Raises ``FileNotFoundError`` when there are none."""
    return [Row(**one) for one in json.loads(file.read_text())]


def _line(cells: Sequence[str]) -> str:
    first, *others = zip(cells, WIDTHS, strict=True)
    return first[0].ljust(first[1]) + "".join(cell.rjust(width) for cell, width in others)

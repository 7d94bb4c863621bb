"""What was measured, as a table for people and as rows in JSON."""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

HEADINGS = ("pagina", "schaal", "per s", "p50 ms", "p95 ms", "t.o.v. bodem", "vragen")
WIDTHS = (30, 7, 9, 9, 9, 13, 7)

# What has to be reached, by the name of the subject.
LEAST_RATIO = {"vergadering, 20 punten": 1 / 8, "kalender, 304": 1 / 3}
MOST_TIMES_SLOWER = 1.5
MOST_MEMORY_MB = 150


@dataclass(frozen=True)
class Row:
    """One page at one scale; ``statements`` is None where none are counted."""

    name: str
    scale: int
    rps: float
    p50_ms: float
    p95_ms: float
    ratio_to_floor: float
    statements: int | None


def as_table(rows: Sequence[Row]) -> str:
    """Return the rows as lines of text, with aligned columns."""
    lines = [_line(HEADINGS)]
    lines += [
        _line(
            (
                row.name,
                f"{row.scale}x",
                f"{row.rps:.1f}",
                f"{row.p50_ms:.1f}",
                f"{row.p95_ms:.1f}",
                f"{row.ratio_to_floor:.3f}",
                "-" if row.statements is None else str(row.statements),
            )
        )
        for row in rows
    ]
    return "\n".join(lines)


def missed_goals(rows: Sequence[Row]) -> list[str]:
    """Return a sentence for every goal that was not reached; empty is good."""
    missed = [
        f"NIET GEHAALD: {row.name} op {row.scale}x haalt {row.ratio_to_floor:.3f} van de bodem, "
        f"minstens {LEAST_RATIO[row.name]:.3f} gevraagd."
        for row in rows
        if row.ratio_to_floor < LEAST_RATIO.get(row.name, 0)
    ]
    for name in dict.fromkeys(row.name for row in rows):
        sizes = [row for row in rows if row.name == name]
        smallest, biggest = sizes[0], sizes[-1]
        counts = [row.statements for row in sizes]
        if len(set(counts)) > 1:
            missed.append(f"NIET GEHAALD: {name} stelt niet overal evenveel vragen: {counts}.")
        if biggest.p50_ms > MOST_TIMES_SLOWER * smallest.p50_ms:
            times = biggest.p50_ms / smallest.p50_ms
            missed.append(f"NIET GEHAALD: {name} is op {biggest.scale}x {times:.1f} keer trager.")
    return missed


def write(rows: Sequence[Row], file: Path) -> None:
    """Write the rows as JSON, numbers rounded to what means something."""
    file.parent.mkdir(parents=True, exist_ok=True)
    rounded = [
        {key: round(value, 4) if isinstance(value, float) else value for key, value in one.items()}
        for one in map(asdict, rows)
    ]
    file.write_text(json.dumps(rounded, indent=2) + "\n")


def _line(cells: Sequence[str]) -> str:
    first, *others = zip(cells, WIDTHS, strict=True)
    return first[0].ljust(first[1]) + "".join(cell.rjust(width) for cell, width in others)

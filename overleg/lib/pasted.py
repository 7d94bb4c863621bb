"""Tables of names and numbers, pasted from a spreadsheet or typed. Pure."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

MOST_LINES = 1_000
NAMES = ("gemeente", "naam", "stad", "bestuur")
TOTALS = ("totaal", "algemeen totaal", "eindtotaal", "total", "som")
_WIDE_SPACE = re.compile(r" {2,}")
_LAST_NUMBER = re.compile(r"(.*?\S)\s+((?:€\s*)?[\d.,]+(?:\s*€)?)")


@dataclass(frozen=True, slots=True)
class PastedLine:
    """A line with a name and a number; ``line`` counts from 1, as pasted."""

    line: int
    name: str
    number: int


@dataclass(frozen=True, slots=True)
class PastedTable:
    """What was read, the total when the table has one, and what could not be read."""

    lines: Sequence[PastedLine]
    total: int | None
    faults: Sequence[str]


def read_pasted(
    text: str, parse: Callable[[str], int | None], headings: Sequence[str]
) -> PastedTable:
    """Read lines of a name and a number, in columns parted by tabs, semicolons or wide spaces.

    With a header row the number is in the first column whose heading holds one of ``headings``
    (lower case), otherwise in the last. Other columns are passed over, a line that starts with
    "totaal" is the total. ``parse`` reads the number, None when it is not one. A fault is a Dutch
    sentence with the number of its line.
    """
    rows = [(number, _cells(line)) for number, line in enumerate(text.splitlines(), 1)]
    rows = [(number, cells) for number, cells in rows if any(cells)]
    if len(rows) > MOST_LINES:
        return PastedTable((), None, (f"Plak ten hoogste {MOST_LINES} regels.",))
    column = None
    if rows and _is_header(rows[0][1], parse, headings):
        column = _column(rows[0][1], headings)
        rows = rows[1:]
    lines, faults, total = [], [], None
    for number, cells in rows:
        name, typed = _name(cells, parse), _number(cells, column)
        read = parse(typed)
        if name.lower().rstrip(" :") in TOTALS:
            total = read
        elif not name:
            faults.append(f"Regel {number}: er staat geen gemeente.")
        elif read is None:
            said = f"“{typed[:30]}” is geen bedrag of getal" if typed else "er staat geen getal"
            faults.append(f"Regel {number} ({name[:60]}): {said}.")
        else:
            lines.append(PastedLine(number, name, read))
    if not rows:
        faults.append("Er staat geen enkele regel met een gemeente en een getal.")
    return PastedTable(tuple(lines), total, tuple(faults))


def _cells(line: str) -> list[str]:
    if "\t" in line:
        parts = line.split("\t")
    elif ";" in line:
        parts = line.split(";")
    elif _WIDE_SPACE.search(line.strip()):
        parts = _WIDE_SPACE.split(line.strip())
    else:
        found = _LAST_NUMBER.fullmatch(line.strip())
        parts = list(found.groups()) if found else [line]
    return [part.strip().strip('"').strip() for part in parts]


def _is_header(
    cells: Sequence[str], parse: Callable[[str], int | None], headings: Sequence[str]
) -> bool:
    if any(parse(cell) is not None for cell in cells):
        return False
    words = (*headings, *NAMES)
    return len(cells) > 1 and any(word in cell.lower() for cell in cells for word in words)


def _column(header: Sequence[str], headings: Sequence[str]) -> int | None:
    for place, cell in enumerate(header):
        if place and any(word in cell.lower() for word in headings):
            return place
    return None


def _name(cells: Sequence[str], parse: Callable[[str], int | None]) -> str:
    """The first cell that is a word: a NIS code may stand before it."""
    return next((cell for cell in cells if cell and parse(cell) is None), "")


def _number(cells: Sequence[str], column: int | None) -> str:
    if column is not None:
        return cells[column] if column < len(cells) else ""
    filled = [cell for cell in cells if cell]
    return filled[-1] if len(filled) > 1 else ""

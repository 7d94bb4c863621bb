"""Excel files: sheets of texts and days, written row by row by XlsxWriter.

A text is never a formula, a link or a number, whatever it begins with.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from enum import Enum
from io import BytesIO

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from overleg.lib.blocks import without_control

LONGEST_CELL = 32_000
"""Excel holds 32,767 characters in a cell."""
A4 = 9


class Look(Enum):
    """How a cell looks."""

    PLAIN = "plain"
    HEADING = "heading"
    DAY = "day"
    WRAPPED = "wrapped"
    GOOD = "good"
    OPEN = "open"
    LATE = "late"
    BAD = "bad"


_WRAPPED = {"valign": "top", "text_wrap": True}
_FORMATS = {
    Look.PLAIN: {"valign": "top"},
    Look.HEADING: {**_WRAPPED, "bold": True},
    Look.DAY: {"valign": "top", "num_format": "d/mm/yyyy"},
    Look.WRAPPED: _WRAPPED,
    Look.GOOD: {**_WRAPPED, "bg_color": "#E6F3EB"},
    Look.OPEN: {**_WRAPPED, "bg_color": "#FDF1DA"},
    Look.LATE: {**_WRAPPED, "bg_color": "#FCEAEC"},
    Look.BAD: {**_WRAPPED, "bg_color": "#F7C9CE"},
}
Formats = dict[Look, Format]
Value = str | date | tuple[str, Look] | None
"""A text, a day, a text that looks otherwise, or nothing."""


@dataclass(frozen=True)
class Sheet:
    """One sheet; ``columns`` are headings with their width in characters, ``rows`` come below.

    The headings stay in sight, with the first ``frozen_columns``. ``is_filtered`` gives each
    heading Excel's filter.
    """

    name: str
    columns: Sequence[tuple[str, int]]
    rows: Iterable[Sequence[Value]]
    frozen_columns: int = 0
    is_filtered: bool = False


def excel_workbook(title: str, sheets: Sequence[Sheet], *, now: datetime) -> bytes:
    """The .xlsx file of these sheets; ``now`` is aware and becomes the time of creation.

    Names of sheets are ours: short, unlike each other and without Excel's own signs. Texts lose
    what XML cannot hold, and what comes after ``LONGEST_CELL`` characters.
    """
    out = BytesIO()
    with Workbook(out, {"constant_memory": True}) as book:
        created = now.astimezone(UTC).replace(tzinfo=None)
        book.set_properties({"title": title, "author": "Overleg", "created": created})
        formats = {look: book.add_format(says) for look, says in _FORMATS.items()}
        for sheet in sheets:
            _write(book.add_worksheet(sheet.name), sheet, formats)
    return out.getvalue()


def _write(onto: Worksheet, sheet: Sheet, formats: Formats) -> None:
    onto.set_landscape()
    onto.set_paper(A4)
    onto.freeze_panes(1, sheet.frozen_columns)
    for column, (heading, width) in enumerate(sheet.columns):
        onto.set_column(column, column, width)
        onto.write_string(0, column, heading, formats[Look.HEADING])
    last = 0
    for last, values in enumerate(sheet.rows, 1):
        for column, value in enumerate(values):
            _write_cell(onto, last, column, value, formats)
    if sheet.is_filtered:
        onto.autofilter(0, 0, last, len(sheet.columns) - 1)


def _write_cell(onto: Worksheet, row: int, column: int, value: Value, formats: Formats) -> None:
    if value is None:
        return
    if isinstance(value, date):
        onto.write_datetime(row, column, value, formats[Look.DAY])
        return
    text, look = value if isinstance(value, tuple) else (value, Look.PLAIN)
    onto.write_string(row, column, without_control(text)[:LONGEST_CELL], formats[look])

"""The follow-up as an Excel file: the matrix, all rows, and who decided otherwise."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from io import BytesIO

from openpyxl import Workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE, MergedCell
from openpyxl.cell.cell import Cell as SheetCell
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from overleg.decisions.standing import Cell, Deviation, Line, build_matrix
from overleg.decisions.states import FollowUpState
from overleg.lib.dates import local_date

LONGEST_CELL = 32_000
DAY = "D/MM/YYYY"
LATE, OPEN_, GOOD, BAD = "FCEAEC", "FDF1DA", "E6F3EB", "F7C9CE"
FILLS = {
    FollowUpState.APPROVED: GOOD,
    FollowUpState.APPROVED_AMENDED: GOOD,
    FollowUpState.NOTED: GOOD,
    FollowUpState.REJECTED: BAD,
    FollowUpState.TO_SCHEDULE: OPEN_,
    FollowUpState.SCHEDULED: OPEN_,
    FollowUpState.POSTPONED: OPEN_,
}
Value = str | date | None


def follow_up_xlsx(
    name: str,
    lines: Sequence[Line],
    cells: Sequence[Cell],
    deviations: Sequence[Deviation],
    *,
    now: datetime,
) -> bytes:
    """The file; what users typed goes in as text, so that it never counts as a formula."""
    today = local_date(now)
    book = Workbook()
    book.properties.title = f"Opvolging {name}"
    book.properties.creator = "Overleg"
    book.properties.created = book.properties.modified = now.replace(tzinfo=None)
    first = book.active
    assert isinstance(first, Worksheet)  # noqa: S101 - a new workbook has one sheet
    first.title = "Matrix"
    _matrix(first, lines, cells, today)
    titles = {line.id: line for line in lines}
    _table(
        book.create_sheet("Opvolging"),
        (
            "Overleg",
            "Vergadering",
            "Uitkomst",
            "Soort",
            "Gemeente",
            "NIS",
            "Orgaan",
            "Stand",
            "Te laat",
            "Wacht op college",
            "Tegen",
            "Zitting",
            "Nummer",
        ),
        (
            (
                titles[cell.outcome_id].body_name,
                local_date(titles[cell.outcome_id].starts_at_utc),
                titles[cell.outcome_id].title,
                titles[cell.outcome_id].kind.label,
                cell.municipality,
                cell.nis_code,
                cell.organ.label,
                cell.state.label,
                "ja" if cell.is_late(today) else "",
                "ja" if cell.waits_for_college else "",
                cell.due_on,
                cell.day,
                cell.reference_number,
            )
            for cell in cells
        ),
    )
    _table(
        book.create_sheet("Afwijkingen"),
        ("Uitkomst", "Gemeente", "Orgaan", "Stand", "Beslist op", "Reden"),
        (
            (d.title, d.municipality, d.organ.label, d.state.label, d.decided_on, d.reason)
            for d in deviations
        ),
    )
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def _matrix(sheet: Worksheet, lines: Sequence[Line], cells: Sequence[Cell], today: date) -> None:
    matrix = build_matrix(lines, cells, today)
    towns = [name for name, _nis in matrix.municipalities]
    _header(sheet, ("Uitkomst", "Vergadering", "Stand", *towns))
    for row, found in enumerate(matrix.rows, 2):
        _put(sheet.cell(row, 1), found.outcome.title)
        _put(sheet.cell(row, 2), local_date(found.outcome.starts_at_utc))
        _put(sheet.cell(row, 3), found.sentence)
        for column, here in enumerate(found.cells, 4):
            if here:
                _mark(sheet.cell(row, column), here, today)
    sheet.freeze_panes = "D2"
    _widths(sheet, (48, 13, 44, *(18 for _ in towns)))


def _mark(place: SheetCell | MergedCell, cells: Sequence[Cell], today: date) -> None:
    _put(place, "\n".join(cell.in_words(today) for cell in cells))
    place.alignment = Alignment(wrap_text=True, vertical="top")
    late = any(cell.is_late(today) for cell in cells)
    colour = LATE if late else FILLS.get(cells[-1].state)
    if colour:
        place.fill = PatternFill("solid", fgColor=colour)


def _table(sheet: Worksheet, names: Sequence[str], rows: Iterable[Sequence[Value]]) -> None:
    _header(sheet, names)
    last = 1
    for last, values in enumerate(rows, 2):
        for column, value in enumerate(values, 1):
            _put(sheet.cell(last, column), value)
    sheet.freeze_panes = "A2"
    sheet.auto_filter.ref = f"A1:{get_column_letter(len(names))}{last}"
    _widths(sheet, [44 if name in {"Uitkomst", "Reden"} else 18 for name in names])


def _header(sheet: Worksheet, names: Sequence[str]) -> None:
    for column, name in enumerate(names, 1):
        place = sheet.cell(1, column)
        _put(place, name)
        place.font = Font(bold=True)
        place.alignment = Alignment(wrap_text=True, vertical="bottom")


def _widths(sheet: Worksheet, widths: Sequence[int]) -> None:
    for column, width in enumerate(widths, 1):
        sheet.column_dimensions[get_column_letter(column)].width = width


def _put(place: SheetCell | MergedCell, value: Value) -> None:
    """A text stays a text, also when it begins with ``=``; a day is a day."""
    if isinstance(value, str):
        place.value = ILLEGAL_CHARACTERS_RE.sub("", value)[:LONGEST_CELL]
        place.data_type = "s"
    elif value is not None:
        place.value = value
        place.number_format = DAY

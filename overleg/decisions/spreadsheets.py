"""The follow-up as an Excel file: the matrix, all rows, and who decided otherwise."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime

from overleg.decisions.standing import Cell, Deviation, Line, build_matrix
from overleg.decisions.states import FollowUpState
from overleg.lib.dates import local_date
from overleg.lib.excel import Look, Sheet, Value, excel_workbook

LOOKS = {
    FollowUpState.APPROVED: Look.GOOD,
    FollowUpState.APPROVED_AMENDED: Look.GOOD,
    FollowUpState.NOTED: Look.GOOD,
    FollowUpState.REJECTED: Look.BAD,
    FollowUpState.TO_SCHEDULE: Look.OPEN,
    FollowUpState.SCHEDULED: Look.OPEN,
    FollowUpState.POSTPONED: Look.OPEN,
}
WIDE, NARROW, DAY = 44, 18, 13
ROWS = (
    ("Overleg", 22),
    ("Vergadering", DAY),
    ("Uitkomst", WIDE),
    ("Soort", 12),
    ("Gemeente", NARROW),
    ("NIS", 8),
    ("Orgaan", 14),
    ("Stand", 24),
    ("Te laat", 9),
    ("Wacht op college", NARROW),
    ("Tegen", DAY),
    ("Zitting", DAY),
    ("Nummer", NARROW),
)
DEVIATIONS = (
    ("Uitkomst", WIDE),
    ("Gemeente", NARROW),
    ("Orgaan", 14),
    ("Stand", 24),
    ("Beslist op", DAY),
    ("Reden", 60),
)


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
    sheets = (
        _matrix(lines, cells, today),
        Sheet("Opvolging", ROWS, _rows(lines, cells, today), is_filtered=True),
        Sheet("Afwijkingen", DEVIATIONS, map(_deviation, deviations), is_filtered=True),
    )
    return excel_workbook(f"Opvolging {name}", sheets, now=now)


def _matrix(lines: Sequence[Line], cells: Sequence[Cell], today: date) -> Sheet:
    matrix = build_matrix(lines, cells, today)
    towns = [(name, NARROW) for name, _nis in matrix.municipalities]
    return Sheet(
        "Matrix",
        (("Uitkomst", WIDE), ("Vergadering", DAY), ("Stand", WIDE), *towns),
        (
            (
                (row.outcome.title, Look.WRAPPED),
                local_date(row.outcome.starts_at_utc),
                (row.sentence, Look.WRAPPED),
                *(_mark(here, today) for here in row.cells),
            )
            for row in matrix.rows
        ),
        frozen_columns=3,
    )


def _mark(cells: Sequence[Cell], today: date) -> Value:
    if not cells:
        return None
    late = any(cell.is_late(today) for cell in cells)
    look = Look.LATE if late else LOOKS.get(cells[-1].state, Look.WRAPPED)
    return "\n".join(cell.in_words(today) for cell in cells), look


def _rows(lines: Sequence[Line], cells: Sequence[Cell], today: date) -> Iterator[Sequence[Value]]:
    begun = {
        line.id: (line.body_name, local_date(line.starts_at_utc), line.title, line.kind.label)
        for line in lines
    }
    for cell in cells:
        yield (
            *begun[cell.outcome_id],
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


def _deviation(found: Deviation) -> Sequence[Value]:
    return (
        found.title,
        found.municipality,
        found.organ.label,
        found.state.label,
        found.decided_on,
        (found.reason, Look.WRAPPED),
    )

"""Where the municipalities stand, as a Word file: for the standing point, and as an export."""

from collections.abc import Sequence
from datetime import date, datetime

from overleg.decisions.standing import Cell, Deviation, Line, in_a_sentence
from overleg.lib.dates import format_date, local_date
from overleg.lib.text import join_words
from overleg.word.contexts import StandingPaper, StandingPaperOutcome, StandingPaperRow
from overleg.word.papers import render_standing


def standing_docx(
    name: str,
    lines: Sequence[Line],
    cells: Sequence[Cell],
    deviations: Sequence[Deviation],
    *,
    circle: str = "",
    now: datetime,
) -> bytes:
    """The Word file on a moment (UTC); it holds what was loaded for its reader, and no more."""
    today = local_date(now)
    by_outcome: dict[str, list[Cell]] = {}
    for cell in cells:
        by_outcome.setdefault(cell.outcome_id, []).append(cell)
    otherwise: dict[str, list[Deviation]] = {}
    for deviation in deviations:
        otherwise.setdefault(deviation.outcome_id, []).append(deviation)
    paper = StandingPaper(
        title=f"Stand van de opvolging, {name}, {format_date(today)}",
        author=name,
        body_name=name,
        day=format_date(today),
        circle=circle,
        outcomes=tuple(
            _outcome(line, by_outcome.get(line.id, []), otherwise.get(line.id, []), today)
            for line in lines
        ),
    )
    return render_standing(paper, now=now)


def _outcome(
    line: Line, cells: Sequence[Cell], deviations: Sequence[Deviation], today: date
) -> StandingPaperOutcome:
    by_name = sorted(cells, key=lambda cell: (cell.municipality, cell.organ))
    summary = in_a_sentence(cells, today)
    waiting = [c for c in by_name if not c.state.is_final and not c.is_late(today)]
    return StandingPaperOutcome(
        title=line.title,
        kind=line.kind.label,
        meeting=f"{line.body_name} van {format_date(line.starts_at_utc)}",
        summary=summary[:1].upper() + summary[1:],
        late=tuple(_late(cell) for cell in by_name if cell.is_late(today)),
        open=join_words(dict.fromkeys(cell.municipality for cell in waiting)),
        deviations=tuple(
            StandingPaperRow(
                municipality=d.municipality,
                organ=d.organ.label,
                state=d.state.label,
                day=format_date(d.decided_on) if d.decided_on else "",
                reason=d.reason,
            )
            for d in deviations
        ),
    )


def _late(cell: Cell) -> StandingPaperRow:
    return StandingPaperRow(
        municipality=cell.municipality,
        organ=cell.organ.label,
        state=cell.state.label,
        day=format_date(cell.due_on) if cell.due_on else "",
    )

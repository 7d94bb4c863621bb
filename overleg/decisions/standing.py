"""Where the municipalities stand with an outcome, counted and in a sentence."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from overleg.decisions.models import Outcome
from overleg.decisions.states import FollowUpState, Organ, is_late

WORDS = (
    (FollowUpState.APPROVED, "goedgekeurd"),
    (FollowUpState.APPROVED_AMENDED, "gewijzigd"),
    (FollowUpState.REJECTED, "afgekeurd"),
    (FollowUpState.NOTED, "kennisgenomen"),
    (FollowUpState.SCHEDULED, "geagendeerd"),
    (FollowUpState.POSTPONED, "uitgesteld"),
    (FollowUpState.NOT_APPLICABLE, "niet van toepassing"),
)


class Row(Protocol):
    """What is counted: a follow-up, or a cell of the matrix."""

    @property
    def state(self) -> FollowUpState: ...

    def is_late(self, today: date) -> bool: ...


def in_a_sentence(rows: Sequence[Row], today: date) -> str:
    """``11 van 15 goedgekeurd, 2 gewijzigd, 1 afgekeurd, 1 te laat``; empty without rows.

    Who stepped out is not counted among those that were asked, and said at the end.
    """
    if not rows:
        return ""
    counts = Counter(row.state for row in rows)
    late = sum(row.is_late(today) for row in rows)
    stepped_out = counts[FollowUpState.STEPPED_OUT]
    asked = len(rows) - stepped_out
    parts = [f"{counts[state]} {word}" for state, word in WORDS if counts[state]]
    if late:
        parts.append(f"{late} te laat")
    left = f"{stepped_out} {'stapte' if stepped_out == 1 else 'stapten'} uit"
    if not asked:
        return left
    if parts:
        first, _, rest = parts[0].partition(" ")
        parts[0] = f"{first} van {asked} {rest}"
    else:
        parts = [f"nog geen antwoord van {asked}"]
    if stepped_out:
        parts.append(left)
    return ", ".join(parts)


@dataclass(frozen=True, slots=True)
class Cell:
    """Where one municipality and organ stand with one outcome; no more than the matrix shows."""

    outcome_id: str
    nis_code: str
    municipality: str
    organ: Organ
    state: FollowUpState
    due_on: date | None

    def is_late(self, today: date) -> bool:
        """Whether the asked date has passed (a day in Brussels) without an answer."""
        return is_late(self.due_on, self.state, today)


@dataclass(frozen=True)
class MatrixRow:
    """One outcome and, per municipality of the matrix, its cells (college before council)."""

    outcome: Outcome
    sentence: str
    cells: list[list[Cell]]


@dataclass(frozen=True)
class Matrix:
    """Outcomes by municipalities, the latter by name with their NIS code."""

    municipalities: list[tuple[str, str]]
    rows: list[MatrixRow]


def build_matrix(outcomes: Iterable[Outcome], cells: Sequence[Cell], today: date) -> Matrix:
    """Lay out loaded outcomes and cells."""
    municipalities = sorted({(cell.municipality, cell.nis_code) for cell in cells})
    by_place: dict[tuple[str, str], list[Cell]] = {}
    by_outcome: dict[str, list[Cell]] = {}
    for cell in cells:
        by_place.setdefault((cell.outcome_id, cell.nis_code), []).append(cell)
        by_outcome.setdefault(cell.outcome_id, []).append(cell)
    return Matrix(
        municipalities,
        [
            MatrixRow(
                outcome,
                in_a_sentence(by_outcome.get(outcome.id, []), today),
                [by_place.get((outcome.id, nis_code), []) for _name, nis_code in municipalities],
            )
            for outcome in outcomes
        ],
    )

"""Where the municipalities stand with an outcome, counted and in a sentence."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from overleg.decisions.models import FollowUp, Outcome
from overleg.decisions.states import FollowUpState
from overleg.organisations.models import Organisation

WORDS = (
    (FollowUpState.APPROVED, "goedgekeurd"),
    (FollowUpState.APPROVED_AMENDED, "gewijzigd"),
    (FollowUpState.REJECTED, "afgekeurd"),
    (FollowUpState.NOTED, "kennisgenomen"),
    (FollowUpState.SCHEDULED, "geagendeerd"),
    (FollowUpState.POSTPONED, "uitgesteld"),
    (FollowUpState.NOT_APPLICABLE, "niet van toepassing"),
)


def in_a_sentence(rows: Sequence[FollowUp], today: date) -> str:
    """``11 van 15 goedgekeurd, 2 gewijzigd, 1 afgekeurd, 1 te laat``; empty without rows."""
    if not rows:
        return ""
    counts = Counter(row.state for row in rows)
    late = sum(row.is_late(today) for row in rows)
    parts = [f"{counts[state]} {word}" for state, word in WORDS if counts[state]]
    if late:
        parts.append(f"{late} te laat")
    if not parts:
        return f"nog geen antwoord van {len(rows)}"
    first, _, rest = parts[0].partition(" ")
    return ", ".join([f"{first} van {len(rows)} {rest}", *parts[1:]])


@dataclass(frozen=True)
class MatrixRow:
    """One outcome and, per municipality of the matrix, its rows (college before council)."""

    outcome: Outcome
    sentence: str
    cells: list[list[FollowUp]]


@dataclass(frozen=True)
class Matrix:
    """Outcomes by municipalities."""

    municipalities: list[Organisation]
    rows: list[MatrixRow]


def build_matrix(
    outcomes: Iterable[Outcome], follow_ups: Sequence[FollowUp], today: date
) -> Matrix:
    """Lay out loaded outcomes and rows; municipalities by name."""
    by_id = {row.organisation_id: row.organisation for row in follow_ups}
    municipalities = sorted(by_id.values(), key=lambda organisation: organisation.name)
    by_place: dict[tuple[str, str], list[FollowUp]] = {}
    by_outcome: dict[str, list[FollowUp]] = {}
    for row in follow_ups:
        by_place.setdefault((row.outcome_id, row.organisation_id), []).append(row)
        by_outcome.setdefault(row.outcome_id, []).append(row)
    return Matrix(
        municipalities,
        [
            MatrixRow(
                outcome,
                in_a_sentence(by_outcome.get(outcome.id, []), today),
                [by_place.get((outcome.id, town.id), []) for town in municipalities],
            )
            for outcome in outcomes
        ],
    )

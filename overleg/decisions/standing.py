"""Where the municipalities stand with an outcome, counted and in a sentence."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol

from overleg.decisions.states import (
    AskedOfOrgan,
    FollowUpState,
    Organ,
    OutcomeKind,
    is_late,
)
from overleg.documents.states import Circle

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

    @property
    def organ(self) -> Organ: ...

    def is_late(self, today: date) -> bool: ...


def in_a_sentence(rows: Sequence[Row], today: date) -> str:
    """``11 van 15 goedgekeurd, 2 gewijzigd, 1 afgekeurd, 1 te laat``; empty without rows.

    Where two organs are asked each is counted apart: ``college: 15 van 15 goedgekeurd;
    gemeenteraad: nog geen antwoord van 15``. Who stepped out is told, and not counted among those
    who decide.
    """
    by_organ: dict[Organ, list[Row]] = {}
    for row in rows:
        by_organ.setdefault(row.organ, []).append(row)
    if len(by_organ) < 2:
        return _counted(rows, today)
    return "; ".join(
        f"{organ.label}: {_counted(by_organ[organ], today)}" for organ in Organ if organ in by_organ
    )


def _counted(rows: Sequence[Row], today: date) -> str:
    deciding = [row for row in rows if row.state is not FollowUpState.STEPPED_OUT]
    out = len(rows) - len(deciding)
    stepped_out = f"{out} stapte{'n' if out > 1 else ''} uit"
    if not deciding:
        return stepped_out if out else ""
    counts = Counter(row.state for row in deciding)
    late = sum(row.is_late(today) for row in deciding)
    parts = [f"{counts[state]} {word}" for state, word in WORDS if counts[state]]
    if late:
        parts.append(f"{late} te laat")
    if not parts:
        parts.append(f"nog geen antwoord van {len(deciding)}")
    else:
        first, _, rest = parts[0].partition(" ")
        parts[0] = f"{first} van {len(deciding)} {rest}"
    return ", ".join([*parts, stepped_out] if out else parts)


@dataclass(frozen=True, slots=True)
class Line:
    """One outcome as the matrix shows it."""

    id: str
    title: str
    kind: OutcomeKind
    starts_at_utc: datetime
    """When its meeting began."""
    body_name: str
    circle: Circle
    college_asked: AskedOfOrgan | None = None
    council_asked: AskedOfOrgan | None = None

    @property
    def asked(self) -> str:
        """``goedkeuring van het college, kennisname van de gemeenteraad``; may be empty."""
        found = ((self.college_asked, "het college"), (self.council_asked, "de gemeenteraad"))
        return ", ".join(f"{asked.label} van {organ}" for asked, organ in found if asked)


@dataclass(frozen=True, slots=True)
class Cell:
    """Where one municipality and organ stand with one outcome; no more than the matrix shows."""

    outcome_id: str
    nis_code: str
    municipality: str
    organ: Organ
    state: FollowUpState
    due_on: date | None
    decided_on: date | None = None
    scheduled_on: date | None = None
    reference_number: str = ""
    follow_up_id: str = ""
    after_open_college: bool = False
    """A council whose turn comes after the college of the same municipality."""

    def is_late(self, today: date) -> bool:
        """Whether the asked date has passed (a day in Brussels) without an answer."""
        return is_late(self.due_on, self.state, today)

    @property
    def waits_for_college(self) -> bool:
        """Whether the college is to decide first, and has not yet."""
        return self.after_open_college and not self.state.is_final

    def in_words(self, today: date) -> str:
        """``gemeenteraad: te agenderen, wacht op college, te laat``."""
        said = [self.state.label]
        if self.waits_for_college:
            said.append("wacht op college")
        if self.is_late(today):
            said.append("te laat")
        return f"{self.organ.label}: {', '.join(said)}"

    @property
    def day(self) -> date | None:
        """The day of the session, decided or to come."""
        return self.decided_on or (
            self.scheduled_on if self.state is FollowUpState.SCHEDULED else None
        )


@dataclass(frozen=True, slots=True)
class Deviation:
    """A municipality that decided otherwise, and why."""

    outcome_id: str
    title: str
    municipality: str
    organ: Organ
    state: FollowUpState
    decided_on: date | None
    reason: str


@dataclass(frozen=True)
class MatrixRow:
    """One outcome and, per municipality of the matrix, its cells (college before council)."""

    outcome: Line
    sentence: str
    cells: list[list[Cell]]


@dataclass(frozen=True)
class Matrix:
    """Outcomes by municipalities, the latter by name with their NIS code."""

    municipalities: list[tuple[str, str]]
    rows: list[MatrixRow]


def build_matrix(lines: Iterable[Line], cells: Sequence[Cell], today: date) -> Matrix:
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
                line,
                in_a_sentence(by_outcome.get(line.id, []), today),
                [by_place.get((line.id, nis_code), []) for _name, nis_code in municipalities],
            )
            for line in lines
        ],
    )

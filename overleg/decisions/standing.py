"""Where the municipalities stand with an outcome, counted and in a sentence."""

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
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
    (FollowUpState.APPROVED_AMENDED, "goedgekeurd met wijziging"),
    (FollowUpState.REJECTED, "afgekeurd"),
    (FollowUpState.NOTED, "kennisgenomen"),
    (FollowUpState.SCHEDULED, "geagendeerd"),
    (FollowUpState.POSTPONED, "uitgesteld"),
    (FollowUpState.NOT_APPLICABLE, "niet van toepassing"),
    (FollowUpState.TO_SCHEDULE, "te agenderen"),
)

MARKS = {
    "overdue": "te laat",
    FollowUpState.TO_SCHEDULE.value: FollowUpState.TO_SCHEDULE.label,
    "waits_for_college": "wacht op college",
    **{
        state.value: state.label
        for state in (
            FollowUpState.SCHEDULED,
            FollowUpState.POSTPONED,
            FollowUpState.REJECTED,
            FollowUpState.APPROVED_AMENDED,
            FollowUpState.APPROVED,
            FollowUpState.NOTED,
            FollowUpState.NOT_APPLICABLE,
            FollowUpState.STEPPED_OUT,
        )
    },
}
"""What the matrix can say of a municipality, the most pressing first: a mark and its words."""


class Row(Protocol):
    """What is counted: a follow-up, or a cell of the matrix."""

    @property
    def state(self) -> FollowUpState: ...

    @property
    def organ(self) -> Organ: ...

    def is_late(self, today: date) -> bool: ...


def in_a_sentence(rows: Sequence[Row], today: date) -> str:
    """``12 van 15 goedgekeurd, 3 te agenderen; 1 daarvan te laat``; empty without rows.

    Where two organs are asked each is counted apart: ``college: 15 van 15 goedgekeurd;
    gemeenteraad: nog geen van de 15 antwoordde``. Who stepped out is told, and not counted among
    those who decide.
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
    said = _states(counts, len(deciding))
    if late:
        said += f"; {late} daarvan te laat" if len(deciding) > 1 else ", te laat"
    return f"{said}, {stepped_out}" if out else said


def _states(counts: Counter[FollowUpState], number: int) -> str:
    if counts[FollowUpState.TO_SCHEDULE] == number:
        return f"nog geen van de {number} antwoordde" if number > 1 else "nog geen antwoord"
    first, *others = [(counts[state], word) for state, word in WORDS if counts[state]]
    told = [f"{first[0]} van {number} {first[1]}", *(f"{count} {word}" for count, word in others)]
    return ", ".join(told)


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
    organisation_id: str = ""

    def is_late(self, today: date) -> bool:
        """Whether the asked date has passed (a day in Brussels) without an answer."""
        return is_late(self.due_on, self.state, today)

    @property
    def waits_for_college(self) -> bool:
        """Whether the college is to decide first, and has not yet."""
        return self.after_open_college and not self.state.is_final

    def mark(self, today: date) -> str:
        """Which of ``MARKS`` says where it stands."""
        if self.is_late(today):
            return "overdue"
        return "waits_for_college" if self.waits_for_college else self.state.value

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
class Group:
    """The municipalities, by name, that stand at the same point with one outcome."""

    mark: str
    organ: Organ | None
    """Which organ; None where the outcome asks only one."""
    municipalities: list[str]
    is_everyone: bool

    @property
    def words(self) -> str:
        """``gemeenteraad: te laat``."""
        words = MARKS[self.mark]
        return f"{self.organ.label}: {words}" if self.organ else words


@dataclass(frozen=True)
class MatrixRow:
    """One outcome and, per municipality of the matrix, its cells (college before council)."""

    outcome: Line
    sentence: str
    cells: list[list[Cell]]
    own: list[Cell]
    """The cells of the reader's own municipality."""
    groups: list[Group]
    """The same cells by where they stand, the most pressing first."""


@dataclass(frozen=True)
class Matrix:
    """Outcomes by municipalities, the latter with their NIS code: the own first, then by name."""

    municipalities: list[tuple[str, str]]
    rows: list[MatrixRow]


def build_matrix(
    lines: Iterable[Line], cells: Sequence[Cell], today: date, *, own: Collection[str] = ()
) -> Matrix:
    """Lay out loaded outcomes and cells; ``own`` are the ids of the reader's municipalities."""
    own_codes = {cell.nis_code for cell in cells if cell.organisation_id in own}
    municipalities = sorted(
        {(cell.municipality, cell.nis_code) for cell in cells},
        key=lambda named: (named[1] not in own_codes, named),
    )
    by_place: dict[tuple[str, str], list[Cell]] = {}
    by_outcome: dict[str, list[Cell]] = {}
    for cell in cells:
        by_place.setdefault((cell.outcome_id, cell.nis_code), []).append(cell)
        by_outcome.setdefault(cell.outcome_id, []).append(cell)
    rows = []
    for line in lines:
        found = by_outcome.get(line.id, [])
        rows.append(
            MatrixRow(
                line,
                in_a_sentence(found, today),
                [by_place.get((line.id, nis_code), []) for _name, nis_code in municipalities],
                [cell for cell in found if cell.organisation_id in own],
                _grouped(found, today),
            )
        )
    return Matrix(municipalities, rows)


def _grouped(cells: Sequence[Cell], today: date) -> list[Group]:
    asked = Counter(cell.organ for cell in cells)
    found: dict[tuple[str, Organ], list[str]] = {}
    for cell in cells:
        found.setdefault((cell.mark(today), cell.organ), []).append(cell.municipality)
    return [
        Group(
            mark,
            organ if len(asked) > 1 else None,
            sorted(found[mark, organ]),
            is_everyone=len(found[mark, organ]) == asked[organ] > 1,
        )
        for mark in MARKS
        for organ in Organ
        if (mark, organ) in found
    ]

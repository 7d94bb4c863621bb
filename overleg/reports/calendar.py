"""The year of the legal duty: twelve colleges and two councils, per municipality."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from overleg.lib.text import upper_first
from overleg.organisations.models import Organisation
from overleg.reports.models import RegionReport
from overleg.reports.periods import Period, periods_of_year, standing_of
from overleg.reports.states import ReportKind, Standing

DONE = frozenset({Standing.PLACED, Standing.PLACED_LATE})
DEMANDED = DONE | {Standing.TO_PLACE, Standing.MISSED}


@dataclass(frozen=True)
class Cell:
    """One month or half year of one municipality."""

    period: Period
    standing: Standing
    report: RegionReport | None

    @property
    def words(self) -> str:
        """``november 2026: op tijd geplaatst, 9/11/2026``, without the date where there is none."""
        return f"{self.period.label}: {self.standing.label}"


@dataclass(frozen=True)
class Row:
    """A municipality's year."""

    municipality: Organisation
    cells: Sequence[Cell]

    def of_kind(self, kind: ReportKind) -> list[Cell]:
        """The months, or the halves."""
        return [cell for cell in self.cells if cell.period.kind is kind]

    @property
    def behind(self) -> int:
        """How many periods are over without a report that was placed."""
        return sum(cell.standing is Standing.MISSED for cell in self.cells)

    @property
    def sentence(self) -> str:
        """``Collegerapporten: 8 van 10 geplaatst; gemeenteraadsrapporten: 1 van 1 geplaatst``.

        Of what could be placed by now.
        """
        parts = []
        for kind, words in (
            (ReportKind.COLLEGE, "collegerapporten"),
            (ReportKind.COUNCIL, "gemeenteraadsrapporten"),
        ):
            asked = [cell for cell in self.of_kind(kind) if cell.standing in DEMANDED]
            placed = sum(cell.standing in DONE for cell in asked)
            if asked:
                parts.append(f"{words}: {placed} van {len(asked)} geplaatst")
        return upper_first("; ".join(parts) or "nog niets te plaatsen")


def row_of(
    municipality: Organisation,
    year: int,
    reports: Mapping[tuple[str, Period], RegionReport],
    *,
    today: date,
    kinds: Sequence[ReportKind] = tuple(ReportKind),
) -> Row:
    """The year of a municipality from loaded reports; days when it did not exist ask nothing."""
    cells = []
    for period in periods_of_year(year):
        if period.kind not in kinds:
            continue
        report = reports.get((municipality.id, period))
        exists = municipality.valid_from <= period.last_day and (
            municipality.valid_to is None or municipality.valid_to >= period.first_day
        )
        standing = standing_of(period, report, today) if exists else Standing.NOT_ASKED
        cells.append(Cell(period, standing, report))
    return Row(municipality, cells)

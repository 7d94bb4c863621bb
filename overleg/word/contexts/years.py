"""What the Word file of a year is given."""

from dataclasses import dataclass
from typing import ClassVar

from overleg.word.contexts.base import Paper, PaperKind


@dataclass(frozen=True, slots=True, kw_only=True)
class YearPaperDate:
    """A time that a body meets."""

    day: str
    """For example "vrijdag 13 maart"."""
    hours: str
    body: str
    place: str = ""
    remark: str = ""
    """For example "onder voorbehoud", or the rule that it breaks."""


@dataclass(frozen=True, slots=True, kw_only=True)
class YearPaperMonth:
    """A month with what happens in it."""

    title: str
    free_days: str = ""
    """Its holidays, in a sentence."""
    dates: tuple[YearPaperDate, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class YearPaper(Paper):
    """The calendar of a year, for one reader."""

    kind: ClassVar[PaperKind] = PaperKind.YEAR

    name: str
    """Whose year: "Mijn overleggen", "Regio Midwest", "Tielt"."""
    year: str
    day: str
    """The day it was made."""
    bodies: str
    """Which bodies it shows, in a sentence."""
    months: tuple[YearPaperMonth, ...] = ()

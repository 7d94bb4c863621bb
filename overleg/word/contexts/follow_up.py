"""What the Word files of the follow-up are given: how it stands, and the letter of a position."""

from dataclasses import dataclass
from typing import ClassVar

from overleg.word.contexts.base import Paper, PaperKind


@dataclass(frozen=True, slots=True, kw_only=True)
class StandingPaperRow:
    """A municipality that has not answered yet, or decided otherwise."""

    municipality: str
    organ: str
    state: str
    day: str = ""
    """By when, or when it was decided."""
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class StandingPaperOutcome:
    """An outcome and where the municipalities stand with it."""

    title: str
    kind: str
    meeting: str
    """For example "Midwestoverleg van 13 november 2026"."""
    summary: str
    """For example "11 van 15 goedgekeurd, 4 te agenderen; 1 daarvan te laat"."""
    deviations: tuple[StandingPaperRow, ...] = ()
    late: tuple[StandingPaperRow, ...] = ()
    open: str = ""
    """Who has to answer yet and is not late, in a sentence."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StandingPaper(Paper):
    """Where the municipalities stand with what was agreed, for readers of one circle."""

    kind: ClassVar[PaperKind] = PaperKind.STANDING

    body_name: str
    day: str
    """The day it was made."""
    circle: str = ""
    outcomes: tuple[StandingPaperOutcome, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class PositionLetterPaper(Paper):
    """A letter that makes a shared position known."""

    kind: ClassVar[PaperKind] = PaperKind.POSITION_LETTER

    body_name: str
    body: str
    """The same within a sentence: "het Midwestoverleg"."""
    addressee: str
    address_lines: tuple[str, ...] = ()
    place: str = ""
    date: str
    subject: str
    meeting: str
    """For example "vergadering 2026/09 van 13 november 2026"."""
    text_html: str
    municipalities: str
    """In whose name: "Izegem, Roeselare en Tielt"."""
    signatory: str = ""
    """For example "Burgemeester Izegem, voorzitter"."""

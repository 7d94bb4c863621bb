"""Kinds of region reports, where one stands, and how the law's calendar reads."""

from enum import StrEnum

from overleg.decisions.states import Organ
from overleg.documents.states import Circle


class ReportKind(StrEnum):
    """For whom a report is, and thereby how often it comes and who may read what is in it."""

    COLLEGE = "college_report"
    COUNCIL = "council_report"

    @property
    def label(self) -> str:
        return {"college_report": "collegerapport", "council_report": "gemeenteraadsrapport"}[
            self.value
        ]

    @property
    def organ(self) -> Organ:
        """Where the law wants it (regiodecreet, art. 8)."""
        return Organ.COLLEGE if self is ReportKind.COLLEGE else Organ.COUNCIL

    @property
    def months(self) -> int:
        """How many months one report is for: a month, or half a year."""
        return 1 if self is ReportKind.COLLEGE else 6

    @property
    def circle(self) -> Circle:
        """Up to which circle it tells.

        A college meets behind closed doors, and its file passes through the hands of secretariat
        and general director: they read *besturen*, so the report does, and nothing of the circle
        *burgemeesters*. A council meets in public and its file is published: only what is
        *openbaar*, as a councillor reads it here.
        """
        return Circle.ADMINISTRATIONS if self is ReportKind.COLLEGE else Circle.PUBLIC

    @property
    def no_points(self) -> str:
        """What it says of a meeting whose agenda had no point that it may tell."""
        none = {
            "college_report": "punten voor de kring besturen",
            "council_report": "openbare punten",
        }
        return f"Naast de vaste punten stonden er geen {none[self.value]} op de agenda."

    @property
    def no_text(self) -> str:
        """What it says of approved verslagen without a word that it may tell; they follow it."""
        none = {
            "college_report": "tekst voor de kring besturen",
            "council_report": "openbare tekst",
        }
        return f"Goedgekeurd zonder {none[self.value]}"


class ReportState(StrEnum):
    """Its month has begun; it was written; it was on the organ's agenda."""

    OPEN = "open"
    WRITTEN = "written"
    PLACED = "placed"

    @property
    def label(self) -> str:
        return {"open": "nog niet geschreven", "written": "te plaatsen", "placed": "geplaatst"}[
            self.value
        ]


REPORT_MOVES: dict[ReportState, frozenset[ReportState]] = {
    ReportState.OPEN: frozenset({ReportState.WRITTEN}),
    ReportState.WRITTEN: frozenset({ReportState.WRITTEN, ReportState.PLACED}),
    ReportState.PLACED: frozenset({ReportState.WRITTEN}),
}
"""A written report may be written again; placing one can be taken back."""


class Standing(StrEnum):
    """How a month or half year reads in the calendar of the legal duty."""

    NOT_ASKED = "not_asked"
    COMING = "coming"
    OPEN = "open"
    TO_PLACE = "to_place"
    PLACED = "placed"
    PLACED_LATE = "placed_late"
    MISSED = "missed"

    @property
    def label(self) -> str:
        return {
            "not_asked": "niet van toepassing",
            "coming": "komt nog",
            "open": "loopt, nog niet geschreven",
            "to_place": "te plaatsen",
            "placed": "op tijd geplaatst",
            "placed_late": "later geplaatst",
            "missed": "te laat",
        }[self.value]


class ReportForm(StrEnum):
    """How much of the meetings a municipality wants in its report."""

    FULL = "full"
    BRIEF = "brief"

    @property
    def label(self) -> str:
        return {
            "full": "uitgebreid: ook de agendapunten, wat het verslag zegt en de tekst van elke "
            "uitkomst",
            "brief": "beknopt: per vergadering enkel de uitkomsten",
        }[self.value]

"""Exactly what each Word file is given: nothing a template names can come from anywhere else.

Every value is ready to be shown: Dutch text, dates already written out, and rich text in the
fields whose name ends in `_html` (cleaned again on the way into Word). An empty string or an
empty tuple means "not there": the line, the part and its heading fall away. The feature packages
fill these from what the reader may see; a paper holds nothing that its circle may not read.
"""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from enum import StrEnum
from typing import Any, ClassVar


class PaperKind(StrEnum):
    """The kinds of Word files, each with a template of its own; the value is its file name."""

    AGENDA = "agenda"
    MINUTES = "verslag"
    COLLEGE_PROPOSAL = "collegevoorstel"
    COUNCIL_PROPOSAL = "gemeenteraadsvoorstel"
    REGION_REPORT = "regiorapport"
    STANDING = "stand-van-de-opvolging"
    POSITION_LETTER = "standpuntbrief"
    YEAR = "jaarkalender"

    @property
    def label(self) -> str:
        """The kind as people say it, in Dutch."""
        return self.value.capitalize()


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    """What every Word file has: the title and author that its properties tell."""

    title: str
    """Document title, for example "Agenda Burgemeestersoverleg Midwest, 13 november 2026"."""
    author: str
    """Who made it, for example "DVV Midwest"."""

    def context(self) -> Mapping[str, Any]:
        """The fields by name, as a template reads them."""
        return {field.name: getattr(self, field.name) for field in fields(self)}


@dataclass(frozen=True, slots=True, kw_only=True)
class AttendancePaper:
    """A person in a list of those invited, present, excused, absent or replaced."""

    name: str
    """For example "An Peeters" or "Burgemeester Roeselare"."""
    function: str = ""
    """Function and organisation as shown, for example "burgemeester Roeselare"."""
    remark: str = ""
    """For example "vervangen door schepen Jan Maes" or "vanaf punt 3"."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AgendaPaperAnnex:
    """An annex as it is listed; the file itself is not in the Word file."""

    name: str
    detail: str = ""
    """For example "pdf, 1,2 MB"."""
    url: str = ""
    """Absolute http(s) address, when the reader can open it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AgendaPaperItem:
    """One numbered item of an agenda."""

    number: str
    """As given on the agenda ("3"): gaps are right where a closed item was left out."""
    title: str
    section: str = ""
    """The heading above it, where its section begins: "Beleid", "Besloten deel"."""
    submitter: str = ""
    """Indiener, for example "Burgemeester Izegem"."""
    asked: str = ""
    """Gevraagd, for example "ter bespreking"."""
    minutes: str = ""
    """For example "15 minuten"."""
    time: str = ""
    """Clock time, for example "9.45 uur"."""
    explanation_html: str = ""
    annexes: tuple[AgendaPaperAnnex, ...] = ()
    remark: str = ""
    """What sets this item apart: "nieuw", "dringend punt", "besloten"..."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AgendaPaper(Paper):
    """The agenda of one meeting, for readers of one circle."""

    kind: ClassVar[PaperKind] = PaperKind.AGENDA

    body_name: str
    meeting_number: str = ""
    """For example "12" or "2026/9"."""
    date: str
    """For example "vrijdag 13 november 2026"."""
    hours: str
    """For example "9.30 tot 11.30 uur"."""
    place: str = ""
    online_link: str = ""
    """Absolute http(s) address."""
    circle: str
    """Who this version is for, for example "burgemeesters" or "openbaar"."""
    version: str = ""
    """Version letter, "A"; empty for a draft that has not been sent."""
    sent_on: str = ""
    """Date sent; empty for a draft."""
    invited: tuple[AttendancePaper, ...] = ()
    excused: tuple[AttendancePaper, ...] = ()
    items: tuple[AgendaPaperItem, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class MinutesPaperOutcome:
    """One outcome of a treated item."""

    kind: str
    """For example "afspraak" or "standpunt"."""
    title: str
    text_html: str = ""
    concerned: str = ""
    """Who acts on it, for example "colleges van alle gemeenten"."""
    due: str = ""
    """By when, for example "1 maart 2027"."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MinutesPaperItem:
    """One treated item of a verslag."""

    number: str
    title: str
    section: str = ""
    """The heading above it, where its section begins: "Beleid", "Besloten deel"."""
    submitter: str = ""
    asked: str = ""
    discussion_html: str = ""
    outcomes: tuple[MinutesPaperOutcome, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class MinutesPaper(Paper):
    """The verslag of one meeting, for readers of one circle."""

    kind: ClassVar[PaperKind] = PaperKind.MINUTES

    body_name: str
    meeting_number: str = ""
    date: str
    hours: str
    place: str = ""
    chair: str = ""
    writer: str = ""
    """Who wrote the verslag."""
    circle: str
    is_draft: bool
    """True until approved: the file then says so at its head."""
    approved_on: str = ""
    """Date of approval, when approved."""
    present: tuple[AttendancePaper, ...] = ()
    replaced: tuple[AttendancePaper, ...] = ()
    excused: tuple[AttendancePaper, ...] = ()
    absent: tuple[AttendancePaper, ...] = ()
    guests: tuple[AttendancePaper, ...] = ()
    items: tuple[MinutesPaperItem, ...] = ()
    next_meeting: str = ""
    """For example "vrijdag 11 december 2026, 9.30 uur, Roeselare"."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MunicipalProposalPaper(Paper):
    """A proposal to one municipality's college or council: here "besluit" is the right word."""

    kind: PaperKind
    """`PaperKind.COLLEGE_PROPOSAL` or `PaperKind.COUNCIL_PROPOSAL`."""
    government: str
    """Bestuur, for example "Stad Tielt"."""
    organ: str
    """For example "College van burgemeester en schepenen"."""
    session: str = ""
    """Zitting: its date, when known."""
    dossier_number: str = ""
    submitter: str = ""
    portfolio_holder: str = ""
    """Portefeuillehouder: the alderman whom it concerns."""
    openness: str = ""
    """For example "Openbare zitting"."""
    subject: str
    """Onderwerp; the opschrift is "onderwerp - goedkeuring"."""
    asked: str = "goedkeuring"
    """What is asked of the organ: "goedkeuring", "kennisname"..."""
    summary_html: str = ""
    background_html: str = ""
    """Aanleiding en context."""
    competence_html: str = ""
    """Juridische grond: bevoegdheid."""
    regulation_html: str = ""
    """Juridische grond: regelgeving."""
    facts_html: str = ""
    """Feiten en argumentatie."""
    advice_html: str = ""
    """Adviezen."""
    finance_html: str = ""
    """Financiele gevolgen."""
    visa: str = ""
    """Visum of the financial director, when there is one."""
    articles: tuple[str, ...]
    """The articles as rich text, without "Artikel 1.": the paper numbers them itself."""
    annexes: tuple[AgendaPaperAnnex, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportPaperPoint:
    """A point of an agenda, named in a regiorapport."""

    number: str
    title: str
    detail: str = ""
    """For example "Stad Izegem · ter bespreking"."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportPaperMeeting:
    """A meeting in a regiorapport: held or coming."""

    title: str
    """For example "Midwestoverleg van 13 november 2026"."""
    detail: str = ""
    """For example "9.30 tot 11.30 uur · Stadhuis Roeselare"."""
    verslag: str = ""
    """Where the verslag stands: "in opmaak", "goedgekeurd"."""
    points: tuple[ReportPaperPoint, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportPaperOutcome:
    """An outcome in a regiorapport."""

    kind: str
    title: str
    meeting: str
    text_html: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportPaperFollowUp:
    """What the municipality still has to answer."""

    title: str
    meeting: str
    organ: str
    state: str
    due: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class RegionReportPaper(Paper):
    """What a college or council is told about the region (regiodecreet, article 8)."""

    kind: ClassVar[PaperKind] = PaperKind.REGION_REPORT

    government: str
    """Bestuur, for example "Gemeente Tielt"."""
    report: str
    """For example "Collegerapport"."""
    organ: str
    """For example "College van burgemeester en schepenen"."""
    period: str
    """For example "november 2026"."""
    covers: str
    """For example "2 oktober tot 2 november 2026"."""
    session: str = ""
    """Zitting: its date, when it was placed."""
    number: str = ""
    """The number it got there."""
    circle: str
    """Who may read it: "besturen" or "openbaar"."""
    introduction_html: str = ""
    is_empty: bool
    """True when nothing happened: the report then says so in one line."""
    held: tuple[ReportPaperMeeting, ...] = ()
    outcomes: tuple[ReportPaperOutcome, ...] = ()
    approved: tuple[str, ...] = ()
    """Meetings of which the verslag was approved."""
    follow_ups: tuple[ReportPaperFollowUp, ...] = ()
    coming: tuple[ReportPaperMeeting, ...] = ()
    proposals: tuple[str, ...] = ()
    """What the municipality proposed itself, each with where it stands."""
    points: tuple[str, ...] = ()
    """Points that the college wants to raise."""


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
    """For example "11 van 15 goedgekeurd, 1 te laat"."""
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

"""What a municipality's own Word files are given: proposals to its organs, and the regiorapport."""

from dataclasses import dataclass
from typing import ClassVar

from overleg.word.contexts.base import Paper, PaperKind
from overleg.word.contexts.meetings import AgendaPaperAnnex


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
    said: str = ""
    """What the approved verslag says on it, in a few words."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportPaperMeeting:
    """A meeting in a regiorapport: held, coming, or one of which the verslag was approved."""

    title: str
    """For example "Midwestoverleg van 13 november 2026"."""
    detail: str = ""
    """For example "9.30 tot 11.30 uur · Stadhuis Roeselare"."""
    verslag: str = ""
    """Where the verslag stands: "in opmaak", "goedgekeurd"."""
    points: tuple[ReportPaperPoint, ...] = ()
    no_points: str = ""
    """Of one that was held: says that none of its points may be told here."""


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
    """Meetings of which the verslag was approved, in a line each."""
    minutes: tuple[ReportPaperMeeting, ...] = ()
    """The same meetings, with what their verslag says per point."""
    other_minutes: str = ""
    """Names those of which nothing more is told: why, and which they are, in a sentence."""
    follow_ups: tuple[ReportPaperFollowUp, ...] = ()
    coming: tuple[ReportPaperMeeting, ...] = ()
    proposals: tuple[str, ...] = ()
    """What the municipality proposed itself, each with where it stands."""
    points: tuple[str, ...] = ()
    """Points that the college wants to raise."""

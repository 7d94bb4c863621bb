"""Sample data, with which a template is tried before it is used: a full paper and a bare one."""

from collections.abc import Mapping
from dataclasses import replace

from overleg.word.contexts import (
    AgendaPaperAnnex,
    MunicipalProposalPaper,
    Paper,
    PaperKind,
    RegionReportPaper,
    ReportPaperFollowUp,
    ReportPaperMeeting,
    ReportPaperOutcome,
    ReportPaperPoint,
)
from overleg.word.papers import MunicipalPaper

_LONG = "Een lange titel die over meer dan één regel loopt, zoals ze in werkelijkheid voorkomen: "
_FULL = MunicipalProposalPaper(
    kind=PaperKind.COLLEGE_PROPOSAL,
    title="Regionale energiestrategie – voorbeeld",
    author="Voorbeeldgemeente",
    government="Gemeente Voorbeeld",
    organ="College van burgemeester en schepenen",
    session="7 december 2026",
    dossier_number="2026/CBS/0123",
    submitter="Midwestoverleg, vergadering 2026/9 van 13 november 2026",
    portfolio_holder="Schepen An Peeters",
    openness="Besloten zitting",
    subject="Regionale energiestrategie",
    asked="goedkeuring",
    summary_html="<p>De burgemeesters van de regio spraken één <strong>energiestrategie</strong> "
    "af. Het college wordt gevraagd ze goed te keuren.</p>",
    background_html="<p>Het overleg behandelde het punt in drie vergaderingen.</p>",
    competence_html="<p>Decreet over het lokaal bestuur van 22 december 2017, artikel 56.</p>",
    regulation_html="<ul><li>Wet van 29 juli 1991 over de uitdrukkelijke motivering van "
    "bestuurshandelingen</li><li>Regiodecreet van 3 februari 2023</li></ul>",
    facts_html="<p>De strategie steunt op drie pijlers:</p><ol><li>minder energie verbruiken</li>"
    "<li>samen opwekken</li><li>warmte delen</li></ol><blockquote><p>Samen goedkoper dan elk "
    "apart.</p></blockquote>",
    advice_html="<p>Gunstig advies van de milieuraad.</p>",
    finance_html="<p>Het aandeel van de gemeente is 12.345 euro in 2027.</p>",
    visa="2026-118, verleend op 30 november 2026",
    articles=(
        "<p>Het college keurt de regionale energiestrategie goed.</p>",
        "<p>Het college vraagt de regio:</p><ul><li>jaarlijks te rapporteren</li></ul>",
        "<p>Een afschrift gaat naar de regio.</p>",
    ),
    annexes=(
        AgendaPaperAnnex(name="Energiestrategie.pdf", detail="pdf, 1,2 MB"),
        AgendaPaperAnnex(name="Kaart", url="https://voorbeeld.example/kaart"),
    ),
)
_BARE = MunicipalProposalPaper(
    kind=PaperKind.COLLEGE_PROPOSAL,
    title="Kennisname",
    author="Voorbeeldgemeente",
    government="Gemeente Voorbeeld",
    organ="College van burgemeester en schepenen",
    subject=_LONG * 2,
    asked="kennisname",
    articles=("<p>Het college neemt kennis.</p>",),
)


def _for_council(paper: MunicipalProposalPaper) -> MunicipalProposalPaper:
    return replace(
        paper,
        kind=PaperKind.COUNCIL_PROPOSAL,
        organ="Gemeenteraad",
        openness=paper.openness and "Openbare zitting",
        articles=tuple(words.replace("Het college", "De gemeenteraad") for words in paper.articles),
    )


_REPORT = RegionReportPaper(
    title="Collegerapport november 2026 – Voorbeeld",
    author="Voorbeeldgemeente",
    government="Gemeente Voorbeeld",
    report="Collegerapport",
    organ="College van burgemeester en schepenen",
    period="november 2026",
    covers="1 oktober 2026 tot en met 1 november 2026",
    session="9 november 2026",
    number="2026/CBS/0456",
    circle="besturen",
    introduction_html="<p>Regiodecreet van 3 februari 2023, artikel 8.</p>",
    is_empty=False,
    held=(
        ReportPaperMeeting(
            title="Midwestoverleg van 9 oktober 2026",
            detail="9.30 tot 11.30 uur · Stadhuis Roeselare",
            verslag="in opmaak",
            points=(
                ReportPaperPoint(number="2", title="Skeelerparcours", detail="ter beslissing"),
                ReportPaperPoint(number="4", title=_LONG),
            ),
        ),
    ),
    outcomes=(
        ReportPaperOutcome(
            kind="afspraak",
            title="Regionale energiestrategie",
            meeting="Midwestoverleg van 9 oktober 2026",
            text_html="<p>Elke gemeente:</p><ol><li>keurt goed</li><li>voert uit</li></ol>",
        ),
    ),
    approved=("Midwestoverleg van 11 september 2026",),
    minutes=(
        ReportPaperMeeting(
            title="Midwestoverleg van 11 september 2026",
            points=(
                ReportPaperPoint(
                    number="3", title="Fietssnelweg", said="De dienst mobiliteit lichtte het toe."
                ),
            ),
        ),
    ),
    follow_ups=(
        ReportPaperFollowUp(
            title="Regionale energiestrategie",
            meeting="Midwestoverleg van 9 oktober 2026",
            organ="college",
            state="te agenderen",
            due="1/12/2026",
        ),
    ),
    coming=(ReportPaperMeeting(title="Midwestoverleg van 13 november 2026"),),
    proposals=("Fietssnelweg (Midwestoverleg): gevalideerd",),
    points=("Wateroverlast (Midwestoverleg)",),
)
_EMPTY_REPORT = RegionReportPaper(
    title="Gemeenteraadsrapport tweede helft van 2026 – Voorbeeld",
    author="Voorbeeldgemeente",
    government="Gemeente Voorbeeld",
    report="Gemeenteraadsrapport",
    organ="Gemeenteraad",
    period="tweede helft van 2026",
    covers="1 mei 2026 tot en met 1 november 2026",
    circle="openbaar",
    is_empty=True,
)

MUNICIPAL_SAMPLES: Mapping[PaperKind, tuple[MunicipalPaper, ...]] = {
    PaperKind.COLLEGE_PROPOSAL: (_FULL, _BARE),
    PaperKind.COUNCIL_PROPOSAL: (_for_council(_FULL), _for_council(_BARE)),
    PaperKind.REGION_REPORT: (_REPORT, _EMPTY_REPORT),
}
"""Of what a municipality can have a template of its own: first a full one."""
SAMPLES: Mapping[PaperKind, tuple[Paper, ...]] = dict(MUNICIPAL_SAMPLES)
"""Per kind that can be checked."""

"""Sample data, with which a template is tried before it is used: a full paper and a bare one."""

from collections.abc import Mapping
from dataclasses import replace

from overleg.word.contexts import AgendaPaperAnnex, MunicipalProposalPaper, Paper, PaperKind

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


MUNICIPAL_SAMPLES: Mapping[PaperKind, tuple[MunicipalProposalPaper, ...]] = {
    PaperKind.COLLEGE_PROPOSAL: (_FULL, _BARE),
    PaperKind.COUNCIL_PROPOSAL: (_for_council(_FULL), _for_council(_BARE)),
}
"""The proposals, of which a municipality can have templates of its own: first the full one."""
SAMPLES: Mapping[PaperKind, tuple[Paper, ...]] = dict(MUNICIPAL_SAMPLES)
"""Per kind that can be checked."""

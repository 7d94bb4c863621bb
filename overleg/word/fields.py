"""The fields that a template can name, with what they mean; read from what each paper is given."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields, is_dataclass
from typing import ClassVar, get_args, get_origin, get_type_hints

from overleg.word.contexts import (
    AgendaPaper,
    MinutesPaper,
    MunicipalProposalPaper,
    Paper,
    PaperKind,
    PositionLetterPaper,
    RegionReportPaper,
    StandingPaper,
    YearPaper,
)

PAPERS: Mapping[PaperKind, type[Paper]] = {
    PaperKind.AGENDA: AgendaPaper,
    PaperKind.MINUTES: MinutesPaper,
    PaperKind.COLLEGE_PROPOSAL: MunicipalProposalPaper,
    PaperKind.COUNCIL_PROPOSAL: MunicipalProposalPaper,
    PaperKind.REGION_REPORT: RegionReportPaper,
    PaperKind.STANDING: StandingPaper,
    PaperKind.POSITION_LETTER: PositionLetterPaper,
    PaperKind.YEAR: YearPaper,
}
RICH_LISTS = frozenset({"articles"})
"""Lists of rich text; elsewhere rich text is a field whose name ends in ``_html``."""


@dataclass(frozen=True, slots=True)
class Value:
    """One value: a text, or rich text that needs ``richtext(...)``."""

    is_rich: bool = False


@dataclass(frozen=True, slots=True)
class Many:
    """A list."""

    of: "Shape"


@dataclass(frozen=True, slots=True)
class Record:
    """A thing with fields."""

    fields: Mapping[str, "Shape"]


Shape = Value | Many | Record


def shape_of(kind: PaperKind) -> Record:
    """What the templates of this kind can read."""
    return _record(PAPERS[kind])


def _record(paper: type[object]) -> Record:
    hints = get_type_hints(paper)
    names = [field.name for field in fields(paper)] if is_dataclass(paper) else []
    return Record(
        {
            name: _shape(name, hints[name])
            for name in names
            if get_origin(hints[name]) is not ClassVar and hints[name] is not PaperKind
        }
    )


def _shape(name: str, hint: object) -> Shape:
    if get_origin(hint) is tuple:
        member = get_args(hint)[0]
        is_record = isinstance(member, type) and is_dataclass(member)
        return Many(_record(member) if is_record else Value(is_rich=name in RICH_LISTS))
    return Value(is_rich=name.endswith("_html"))


def all_fields(shape: Record, within: str = "") -> Iterator[tuple[str, Shape]]:
    """Every field by its path: ``subject``, ``annexes``, ``annexes.name``."""
    for name, found in shape.fields.items():
        path = f"{within}{name}"
        yield path, found
        if isinstance(found, Many) and isinstance(found.of, Record):
            yield from all_fields(found.of, f"{path}.")


IN_DUTCH: Mapping[str, str] = {
    "title": "titel van het document",
    "author": "auteur van het document",
    "government": "naam van het bestuur",
    "organ": "orgaan, met zijn volledige naam",
    "session": "datum van de zitting, als ze bekend is",
    "dossier_number": "dossiernummer",
    "submitter": "indiener: het overleg en zijn vergadering",
    "portfolio_holder": "portefeuillehouder",
    "openness": "openbare of besloten zitting",
    "subject": "onderwerp",
    "asked": "wat gevraagd wordt: goedkeuring, kennisname of standpunt",
    "summary_html": "korte samenvatting",
    "background_html": "aanleiding en context",
    "competence_html": "juridische grond: bevoegdheid",
    "regulation_html": "juridische grond: regelgeving",
    "facts_html": "feiten en argumentatie",
    "advice_html": "adviezen",
    "finance_html": "financiële gevolgen",
    "visa": "visum van de financieel directeur",
    "articles": "de artikels van het besluit, zonder hun nummer",
    "annexes": "de bijlagen",
    "annexes.name": "naam van de bijlage",
    "annexes.detail": "soort en grootte van de bijlage",
    "annexes.url": "webadres van de bijlage",
}
"""What the fields of a municipal proposal mean, as the page shows them."""
_MEETING = {
    "title": "het overleg en de datum",
    "detail": "uur en plaats",
    "verslag": "waar het verslag staat",
    "points": "de punten",
    "points.number": "nummer van het punt",
    "points.title": "titel van het punt",
    "points.detail": "indiener en wat gevraagd werd",
    "points.said": "wat het goedgekeurde verslag zegt, in het kort",
    "no_points": "zin die zegt dat er geen punten zijn die hier mogen staan",
}
REPORT_IN_DUTCH: Mapping[str, str] = {
    "title": "titel van het document",
    "author": "auteur van het document",
    "government": "naam van het bestuur",
    "report": "collegerapport of gemeenteraadsrapport",
    "organ": "orgaan, met zijn volledige naam",
    "period": "maand of halfjaar",
    "covers": "van wanneer tot wanneer het gaat",
    "session": "datum van de zitting, als het geplaatst is",
    "number": "nummer op die zitting",
    "circle": "wie het mag lezen",
    "introduction_html": "inleiding van de gemeente",
    "is_empty": "waar als er niets te melden is",
    "held": "de vergaderingen die plaatsvonden",
    **{f"held.{name}": words for name, words in _MEETING.items()},
    "outcomes": "de uitkomsten",
    "outcomes.kind": "soort: afspraak, standpunt, kennisname",
    "outcomes.title": "titel van de uitkomst",
    "outcomes.meeting": "het overleg en de datum",
    "outcomes.text_html": "tekst van de uitkomst",
    "approved": "de vergaderingen met een goedgekeurd verslag, elk in één regel",
    "minutes": "dezelfde vergaderingen, met wat hun verslag per punt zegt",
    **{f"minutes.{name}": words for name, words in _MEETING.items()},
    "other_minutes": "zin die de goedgekeurde verslagen noemt waarover hier niets meer staat",
    "follow_ups": "wat de gemeente nog moet beslissen",
    "follow_ups.title": "titel van de uitkomst",
    "follow_ups.meeting": "het overleg en de datum",
    "follow_ups.organ": "college of gemeenteraad",
    "follow_ups.state": "stand",
    "follow_ups.due": "tegen wanneer",
    "coming": "de vergaderingen die komen",
    **{f"coming.{name}": words for name, words in _MEETING.items()},
    "proposals": "de voorstellen van de gemeente, elk in één regel",
    "points": "de punten die het college aanbrengt, elk in één regel",
}
"""What the fields of a regiorapport mean; what follows a dot is a field of each in a list."""

"""The canonical text as it is read: its parts, and what a version changed."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from overleg.decisions.articles import notice_article
from overleg.decisions.costs import costs_of
from overleg.decisions.forms import LABELS
from overleg.decisions.models import CanonicalText, Outcome, TextSections
from overleg.decisions.states import AskedOfOrgan, Organ
from overleg.lib.differences import Paragraph, Piece, is_changed, marked_html, marked_line
from overleg.lib.money import format_euro
from overleg.lib.richtext import html_to_plain, plain_to_html

FINANCES = "finances_html"
ARTICLES = "articles_html"


@dataclass(frozen=True)
class Part:
    """One part of the text, as HTML and as plain text; ``name`` is that of its column."""

    name: str
    label: str
    html: str
    plain: str


@dataclass(frozen=True)
class ChangedPart:
    """What came and went in one part."""

    label: str
    paragraphs: Sequence[Paragraph]


def parts_of(text: TextSections) -> list[Part]:
    """The parts in the order of a proposal; empty ones are left out, the finances stay."""
    found = []
    for name, label in LABELS.items():
        written: str = getattr(text, name)
        if name == "subject":
            found.append(Part(name, label, plain_to_html(written), written))
        elif written or name == FINANCES:
            found.append(Part(name, label, written, html_to_plain(written)))
    return found


def parts_per_organ(text: CanonicalText) -> list[Part]:
    """The parts; where one organ only takes note, the articles say which other they are for."""
    parts, notices = parts_of(text), notices_of(text)
    request = text.outcome.request
    if request and notices:
        for organ in request.organs.organs:
            asked = request.asked_of(organ)
            if asked and asked is not AskedOfOrgan.NOTICE:
                label = _decision(organ, asked)
                parts = [replace(p, label=label) if p.name == ARTICLES else p for p in parts]
    return parts + notices


def notices_of(text: CanonicalText) -> list[Part]:
    """What an organ decides that is only asked to take note, once the outcome was released."""
    request = text.outcome.request
    found = []
    for organ in request.organs.organs if request else ():
        if request and request.asked_of(organ) is AskedOfOrgan.NOTICE:
            html = notice_article(text, organ)
            label = _decision(organ, AskedOfOrgan.NOTICE)
            if html:
                found.append(Part(f"notice_{organ.value}", label, html, html_to_plain(html)))
    return found


def _decision(organ: Organ, asked: AskedOfOrgan) -> str:
    return f"{LABELS[ARTICLES]} ({organ.label}: {asked.label})"


def changed_parts(before: TextSections, after: TextSections) -> list[ChangedPart]:
    """The parts that differ between two versions, with the words that came and went."""
    found = []
    for name, label in LABELS.items():
        old, new = getattr(before, name), getattr(after, name)
        paragraphs = (marked_line(old, new),) if name == "subject" else marked_html(old, new)
        if is_changed(paragraphs):
            found.append(ChangedPart(label, paragraphs))
        elif old != new:
            found.append(ChangedPart(label, [(Piece("Enkel de opmaak wijzigde."),)]))
    return found


def changed_costs(outcome: Outcome, number: int) -> list[str]:
    """What changed in the costs with this version, per municipality, as sentences."""
    before = {cost.organisation: cost.amount_cents for cost in costs_of(outcome, number - 1)}
    after = {cost.organisation: cost.amount_cents for cost in costs_of(outcome, number)}
    towns = sorted({*before, *after}, key=lambda town: town.name)
    return [
        f"{town.name}: {_euro(before.get(town))} wordt {_euro(after.get(town))}"
        for town in towns
        if before.get(town) != after.get(town)
    ]


def _euro(cents: int | None) -> str:
    return "geen bedrag" if cents is None else format_euro(cents)

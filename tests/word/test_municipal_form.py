"""A municipality's own form of the same proposal."""

import io
from dataclasses import replace
from pathlib import Path

import pytest

from overleg.word.contexts import PaperKind
from overleg.word.errors import TemplateFault
from overleg.word.municipal_papers import MunicipalForm
from overleg.word.papers import render_municipal_proposal
from overleg.word.states import ArticleStyle, ProposalPart
from overleg.word.templates import form_bytes
from tests.word.reading import headings, opened, words
from tests.word.samples import NOW, PROPOSAL

LOGO = (Path(__file__).parent / "logo.png").read_bytes()
FORM = MunicipalForm(
    letterhead="Stad {{ Tielt }}",
    address=("Markt 13", "8700 Tielt"),
    logo=LOGO,
    parts=(
        (ProposalPart.GROUNDS, "Gelet op"),
        (ProposalPart.ARGUMENTS, "Overwegende {% if %}"),
        (ProposalPart.DECISION, "Beslissing"),
        (ProposalPart.SUMMARY, "In het kort"),
    ),
    article_style=ArticleStyle.SHORT,
)


def test_parts_stand_in_the_chosen_order_under_the_chosen_headings() -> None:
    template = form_bytes(PaperKind.COLLEGE_PROPOSAL, FORM)
    blob = render_municipal_proposal(PROPOSAL, now=NOW, template=template)
    assert [text for style, text in headings(blob) if style == "Heading 1"] == [
        "Gelet op",
        "Overwegende (% if %)",
        "Beslissing",
        "In het kort",
    ]
    assert "Art. 2 Het college keurt zijn aandeel goed" in words(blob)
    header = opened(blob).sections[0].first_page_header
    assert [p.text for p in header.paragraphs] == ["", "Stad (( Tielt ))", "Markt 13 · 8700 Tielt"]
    assert header._element.xpath(".//wp:docPr/@descr") == ["Logo van Stad (( Tielt ))"]


@pytest.mark.parametrize(
    ("style", "first", "single"),
    [
        (ArticleStyle.FULL, "Artikel 1. Het", "Enig artikel. Het"),
        (ArticleStyle.SHORT, "Art. 1 Het", "Enig art. Het"),
        (ArticleStyle.COLON, "Artikel 1: Het", "Enig artikel: Het"),
        (ArticleStyle.NUMBER, "1. Het", "1. Het"),
    ],
)
def test_articles_are_numbered_as_chosen(style: ArticleStyle, first: str, single: str) -> None:
    template = form_bytes(PaperKind.COLLEGE_PROPOSAL, MunicipalForm(article_style=style))
    for articles, start in ((PROPOSAL.articles, first), (PROPOSAL.articles[:1], single)):
        paper = replace(PROPOSAL, articles=articles)
        text = words(render_municipal_proposal(paper, now=NOW, template=template))
        assert f"\n{start} college keurt de afspraak" in text


def test_a_logo_that_is_no_image_is_refused() -> None:
    with pytest.raises(TemplateFault, match="geen leesbare png- of jpg"):
        form_bytes(PaperKind.COLLEGE_PROPOSAL, MunicipalForm(logo=LOGO[:20]))
    assert io.BytesIO(LOGO).read(4) == b"\x89PNG"

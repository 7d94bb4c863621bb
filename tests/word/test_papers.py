"""The Word files hold what they should, in the form that Word and a screen reader understand."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from itertools import pairwise

import pytest

from overleg.word.contexts import PaperKind
from overleg.word.papers import (
    render_agenda,
    render_minutes,
    render_municipal_proposal,
    render_region_report,
)
from overleg.word.templates import HOUSE, make_house_bytes
from tests.word.reading import headings, number_id, opened, parts, style_name, with_words, words
from tests.word.samples import (
    AGENDA,
    BARE_PROPOSAL,
    MINUTES,
    NOW,
    PROPOSAL,
    QUIET_REPORT,
    REPORT,
)

PAPERS = [
    pytest.param(partial(render_agenda, AGENDA, now=NOW), id="agenda"),
    pytest.param(partial(render_minutes, MINUTES, now=NOW), id="verslag"),
    pytest.param(partial(render_municipal_proposal, PROPOSAL, now=NOW), id="collegevoorstel"),
    pytest.param(
        partial(render_municipal_proposal, BARE_PROPOSAL, now=NOW), id="gemeenteraadsvoorstel"
    ),
    *(
        pytest.param(partial(render_region_report, each, now=NOW), id=each.report)
        for each in (REPORT, QUIET_REPORT)
    ),
]


@pytest.mark.parametrize("kind", list(PaperKind))
def test_the_templates_are_what_the_code_makes(kind: PaperKind) -> None:
    assert parts((HOUSE / f"{kind}.docx").read_bytes()) == parts(make_house_bytes(kind))


@pytest.mark.parametrize("render", PAPERS)
def test_each_paper_is_described_and_accessible(render: Callable[[], bytes]) -> None:
    blob = render()
    document = opened(blob)
    properties = document.core_properties
    assert properties.title
    assert properties.author == properties.last_modified_by == "DVV Midwest"
    assert properties.language == "nl-BE"
    assert properties.created == properties.modified == NOW
    files = parts(blob)
    assert files["word/styles.xml"].count(b'<w:lang w:val="nl-BE"') == 2
    assert (
        b'compatibilityMode" w:uri="http://schemas.microsoft.com/office/word" w:val="15"'
        in (files["word/settings.xml"])
    )
    footer = files["word/footer1.xml"].decode()
    assert properties.title.replace("&", "&amp;") in footer
    assert 'w:instr=" PAGE "' in footer
    assert 'w:instr=" NUMPAGES "' in footer
    body = files["word/document.xml"].decode()
    assert "txbx" not in body
    assert "{{" not in body
    assert "{%" not in body
    for table in document.tables:
        assert table._tbl.tblPr.xpath("./w:tblCaption/@w:val")
        assert table._tbl.tblPr.xpath("./w:tblDescription/@w:val")
        assert table.rows[0]._tr.xpath("./w:trPr/w:tblHeader")
        assert not table.rows[1]._tr.xpath("./w:trPr/w:tblHeader")
    section = document.sections[0]
    assert [round(x.cm, 1) for x in (section.page_width, section.page_height) if x] == [21, 29.7]
    levels = [int(style[-1]) for style, _ in headings(blob) if style != "Title"]
    assert all(after <= before + 1 for before, after in pairwise(levels))
    assert not [p for p in document.paragraphs if not p.text.strip()]


def test_the_agenda_has_an_overview_and_its_items() -> None:
    blob = render_agenda(AGENDA, now=NOW)
    assert headings(blob) == [
        ("Title", "Agenda vergadering 12"),
        ("Heading 1", "Overzicht"),
        ("Heading 1", "Agendapunten"),
        ("Heading 2", "1. Goedkeuring verslag van 9 oktober 2026"),
        ("Heading 2", "2. Skeelerparcours: keuze van het terrein en verdeling van de kosten"),
        ("Heading 3", "Wat we vragen"),
        ("Heading 2", "4. Regionale energiestrategie"),
        ("Heading 2", "5. Varia"),
    ]
    rows = [[cell.text for cell in row.cells] for row in opened(blob).tables[0].rows]
    assert rows[0] == ["Nr.", "Punt", "Indiener", "Gevraagd", "Uur"]
    assert rows[3] == [
        "4",
        "Regionale energiestrategie",
        "DVV Midwest",
        "ter bespreking",
        "10.05 uur",
    ]
    assert len(rows) == 5
    text = words(blob)
    assert "Datumvrijdag 13 november 2026" in text
    assert "VersieA, verzonden op 5 november 2026" in text
    assert "Bestemd voorburgemeesters" in text
    assert "An Peeters (burgemeester Ardooie); Bert Claes (burgemeester Hooglede); " in text
    assert "vervangen door de eerste schepen" in text
    assert "dringend punt · Burgemeester Roeselare · ter beslissing · 9.35 uur · 30 minuten" in text
    assert "Locatieonderzoek.pdf (pdf, 1,2 MB)" in text
    links = [link.address for p in opened(blob).paragraphs for link in p.hyperlinks]
    assert links == [
        "https://vergadering.example/midwest-12",
        "https://www.dvvmidwest.be/?a=1&b=2",
        "https://overleg.example/bijlagen/a1",
    ]
    assert "ONTWERP" not in text


def test_an_agenda_not_yet_sent_says_so_and_empty_lines_fall_away() -> None:
    blob = render_agenda(
        replace(AGENDA, version="", sent_on="", place="", online_link="", items=(), excused=()),
        now=NOW,
    )
    text = words(blob)
    assert "ONTWERP – nog niet verzonden" in text
    for label in ("Plaats", "Online", "Versie", "Verontschuldigd", "Overzicht", "Agendapunten"):
        assert label not in text


def test_each_numbered_list_starts_at_one() -> None:
    blob = render_agenda(AGENDA, now=NOW)
    first, third, other = (
        with_words(blob, start) for start in ("Akkoord over", "Verdeling van", "Ontwerp")
    )
    assert {style_name(p) for p in (first, third, other)} == {"List Number"}
    assert number_id(first) == number_id(third) != number_id(other)
    numbering = opened(blob).part.numbering_part.element
    for number in (number_id(first), number_id(other)):
        restart = f"./w:num[@w:numId='{number}']/w:lvlOverride[@w:ilvl='0']/w:startOverride/@w:val"
        assert numbering.xpath(restart) == ["1"]
    nested = with_words(blob, "minstens 2 hectare")
    assert nested._p.xpath("./w:pPr/w:numPr/w:ilvl/@w:val") == ["1"]
    order = [child.tag.rsplit("}")[-1] for child in numbering]
    assert order == sorted(order)  # abstractNum before num, or Word calls it damaged


def test_rich_text_keeps_its_looks() -> None:
    blob = render_agenda(AGENDA, now=NOW)
    runs = {run.text: run for run in with_words(blob, "Het bovenlokaal").runs}
    assert runs["bovenlokaal sportinfrastructuurplan"].bold
    assert runs["quick win"].italic
    assert style_name(with_words(blob, "Een parcours")) == "Quote"


def test_the_verslag_tells_who_was_there_and_what_came_out() -> None:
    blob = render_minutes(MINUTES, now=NOW)
    text = words(blob)
    assert "ONTWERP – nog niet goedgekeurd" in text
    assert "AfwezigHilde Aerts (burgemeester Wingene)" in text
    assert "Verontschuldigd" not in text
    assert "Afspraak: Skeelerparcours op het terrein in Izegem" in text
    assert "Voor: colleges van alle gemeenten · Tegen: 1 maart 2027" in text
    assert "vrijdag 11 december 2026, 9.30 uur, Roeselare" in text
    rows = [[cell.text for cell in row.cells] for row in opened(blob).tables[0].rows]
    assert rows[0] == ["Punt", "Uitkomst", "Soort", "Voor wie", "Tegen"]
    assert [row[0] for row in rows[1:]] == ["2", "4", "4"]
    assert [row[2] for row in rows[1:]] == ["afspraak", "standpunt", "uitgesteld"]


def test_an_approved_verslag_tells_when() -> None:
    paper = replace(MINUTES, is_draft=False, approved_on="11 december 2026")
    text = words(render_minutes(paper, now=NOW))
    assert "Goedgekeurd op11 december 2026" in text
    assert "ONTWERP" not in text


def test_a_verslag_without_outcomes_has_no_list_of_them() -> None:
    paper = replace(MINUTES, items=MINUTES.items[:1], next_meeting="")
    blob = render_minutes(paper, now=NOW)
    assert not opened(blob).tables
    assert "Lijst van uitkomsten" not in words(blob)
    assert "Volgende vergadering" not in words(blob)


def test_the_college_proposal_has_its_parts_in_order() -> None:
    blob = render_municipal_proposal(PROPOSAL, now=NOW)
    assert headings(blob) == [
        ("Title", "Bovenlokaal skeelerparcours Midwest – goedkeuring"),
        ("Heading 1", "Korte samenvatting"),
        ("Heading 1", "Aanleiding en context"),
        ("Heading 1", "Juridische grond"),
        ("Heading 2", "Bevoegdheid"),
        ("Heading 2", "Regelgeving"),
        ("Heading 1", "Feiten en argumentatie"),
        ("Heading 1", "Adviezen"),
        ("Heading 1", "Financiële gevolgen"),
        ("Heading 1", "Besluit"),
        ("Heading 1", "Bijlagen"),
    ]
    text = words(blob)
    assert "Het college van burgemeester en schepenen besluit:" in text
    assert "Artikel 2. Het college keurt zijn aandeel goed, op voorwaarde dat:" in text
    assert "Artikel 3. Een afschrift gaat naar DVV Midwest." in text
    assert "Visum2026-118, verleend op 16 november 2026" in text
    condition = with_words(blob, "alle gemeenten deelnemen")
    assert style_name(condition) == "List Number"
    assert number_id(condition) != number_id(with_words(blob, "Izegem, Kachtemsestraat"))


def test_empty_parts_fall_away_with_their_headings() -> None:
    blob = render_municipal_proposal(BARE_PROPOSAL, now=NOW)
    assert headings(blob) == [
        ("Title", "Regionale energiestrategie – kennisname"),
        ("Heading 1", "Besluit"),
    ]
    assert words(blob).splitlines() == [
        "Gemeenteraadsvoorstel",
        "Regionale energiestrategie – kennisname",
        "BestuurGemeente Ardooie",
        "OrgaanGemeenteraad",
        "Besluit",
        "De gemeenteraad besluit:",
        "Enig artikel. De gemeenteraad neemt kennis van de regionale energiestrategie.",
    ]

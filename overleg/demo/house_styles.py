"""Three municipalities of the demo with a form of their own; one of them made a Word template."""

import io
import struct
import zlib
from datetime import datetime

import docx
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Cm, Pt, RGBColor
from docx.text.paragraph import Paragraph

from overleg.accounts.models import Person
from overleg.decisions.models import HouseStyle
from overleg.decisions.papers import COMPETENCE
from overleg.decisions.states import Organ
from overleg.decisions.workflow.house_styles import (
    PartChoice,
    Styling,
    change_house_style,
    change_logo,
)
from overleg.decisions.workflow.own_templates import add_own_template, use_own_template
from overleg.demo.people import Region
from overleg.documents.models import StoredFile
from overleg.documents.views import file_store
from overleg.documents.workflow import add_stored_file, receive
from overleg.organisations.models import Organisation
from overleg.word.contexts import PaperKind
from overleg.word.municipal_papers import MunicipalForm
from overleg.word.states import ArticleStyle, ProposalPart
from overleg.word.templates import form_bytes

LAWS = (
    "<ul><li>Wet van 29 juli 1991 betreffende de uitdrukkelijke motivering van de "
    "bestuurshandelingen</li><li>Decreet van 3 februari 2023 betreffende de regiovorming</li></ul>"
)
GREEN = (31, 107, 74)
MAROON = RGBColor(0x7A, 0x1F, 0x2B)

ROESELARE = Styling(
    government_name="Stad Roeselare",
    address="Botermarkt 2\n8800 Roeselare\nwww.roeselare.be",
    portfolio_holder="de burgemeester, bevoegd voor regiowerking",
    dossier_pattern="{jaar}_{orgaan}_{vergadering}_{punt}",
    college_competence_html=COMPETENCE[Organ.COLLEGE],
    council_competence_html=COMPETENCE[Organ.COUNCIL],
    regulation_html=LAWS,
)
IZEGEM = Styling(
    government_name="Stad Izegem",
    address="Korenmarkt 10\n8870 Izegem",
    article_style=ArticleStyle.SHORT,
    college_competence_html=COMPETENCE[Organ.COLLEGE],
    council_competence_html=COMPETENCE[Organ.COUNCIL],
    regulation_html=LAWS,
    parts=[
        PartChoice(ProposalPart.BACKGROUND, "Voorgeschiedenis"),
        PartChoice(ProposalPart.ARGUMENTS, "Motivering"),
        PartChoice(ProposalPart.GROUNDS, "Wettelijk kader"),
        PartChoice(ProposalPart.FINANCES, "Financiële weerslag"),
        PartChoice(ProposalPart.ADVICE),
        PartChoice(ProposalPart.DECISION, "Beslissing"),
        PartChoice(ProposalPart.ANNEXES),
        PartChoice(ProposalPart.SUMMARY, left_out=True),
    ],
)
TIELT = Styling(
    government_name="Stad Tielt",
    address="Markt 13\n8700 Tielt",
    portfolio_holder="schepen voor regionale samenwerking",
    college_competence_html=COMPETENCE[Organ.COLLEGE],
    council_competence_html=COMPETENCE[Organ.COUNCIL],
    regulation_html=LAWS,
)
TIELT_ORDER = (
    (ProposalPart.GROUNDS, "Gelet op"),
    (ProposalPart.BACKGROUND, "Voorgeschiedenis"),
    (ProposalPart.ARGUMENTS, "Overwegende dat"),
    (ProposalPart.ADVICE, "Gezien de adviezen"),
    (ProposalPart.FINANCES, "Financieel"),
    (ProposalPart.DECISION, "Besluit"),
    (ProposalPart.ANNEXES, "Bijlagen"),
)


def play_house_styles(region: Region, now: datetime) -> None:
    """Give Roeselare, Izegem and Tielt their own form."""
    towns = {town.slug: town for town in region.towns}
    for slug, styling in (("roeselare", ROESELARE), ("izegem", IZEGEM), ("tielt", TIELT)):
        town = towns[slug]
        by = region.people.get(f"secretariaat.{slug}", region.support)
        style = change_house_style(town, None, styling, revision=0, by=by, now=now)
        if slug == "roeselare":
            _hang_logo(style, by, now)
        if slug == "tielt":
            _send_template(town, by, now)


def _hang_logo(style: HouseStyle, by: Person, now: datetime) -> None:
    change_logo(style, _kept("logo.png", banner(GREEN), by, now), by=by, now=now)


def _send_template(town: Organisation, by: Person, now: datetime) -> None:
    for kind in (PaperKind.COLLEGE_PROPOSAL, PaperKind.COUNCIL_PROPOSAL):
        file = _kept(f"sjabloon-{kind.value}-tielt.docx", tielt_template(kind), by, now)
        template = add_own_template(town, kind, file, by=by, now=now)
        use_own_template(template, by=by, now=now)


def _kept(name: str, content: bytes, by: Person, now: datetime) -> StoredFile:
    return add_stored_file(receive(file_store(), name, io.BytesIO(content)), by=by, now=now)


def tielt_template(kind: PaperKind) -> bytes:
    """Our template as a secretariat would change it in Word: another letterhead, order and type."""
    form = MunicipalForm(
        letterhead="STAD TIELT",
        address=("Markt 13", "8700 Tielt", "Dienst secretariaat"),
        parts=TIELT_ORDER,
        article_style=ArticleStyle.COLON,
    )
    document = docx.Document(io.BytesIO(form_bytes(kind, form)))
    for style in document.styles:
        if style.name in {"Normal", "Title", "Subtitle", "Heading 1", "Heading 2", "Header"}:
            style.font.name = "Georgia"
        if style.name in {"Title", "Heading 1", "Heading 2"}:
            style.font.color.rgb = MAROON
    for place, paragraph in enumerate(document.sections[0].first_page_header.paragraphs):
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
        for run in paragraph.runs if place == 0 else ():
            run.font.size, run.font.color.rgb = Pt(18), MAROON
    document.styles["Title"].font.size = Pt(15)
    lines = document.styles["Overleg Gegevens"].paragraph_format
    lines.left_indent, lines.first_line_indent = Cm(4.5), Cm(-4.5)
    lines.tab_stops.clear_all()
    lines.tab_stops.add_tab_stop(Cm(4.5))
    _sign(document.add_paragraph(), kind)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def _sign(paragraph: Paragraph, kind: PaperKind) -> None:
    """Who signs: the director on the left, the mayor or the chair of the council on the right."""
    paragraph.paragraph_format.space_before = Cm(1.5)
    paragraph.paragraph_format.tab_stops.add_tab_stop(Cm(10))
    is_council = kind is PaperKind.COUNCIL_PROPOSAL
    other = "De voorzitter van de gemeenteraad" if is_council else "De burgemeester"
    paragraph.add_run(f"De algemeen directeur\t{other}")


def banner(colour: tuple[int, int, int]) -> bytes:
    """A small logo: three slanting bars in one colour, as a PNG image (ISO/IEC 15948)."""
    width, height = 150, 60
    rows = b"".join(
        b"\x00"
        + b"".join(
            bytes(colour if (x + height - y) % 50 < 34 and x < 140 else (255, 255, 255))
            for x in range(width)
        )
        for y in range(height)
    )
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    chunks = ((b"IHDR", head), (b"IDAT", zlib.compress(rows, 9)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        for kind, data in chunks
    )

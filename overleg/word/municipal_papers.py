"""Our own template of a college- or gemeenteraadsvoorstel, in the form that a municipality chose.

One function makes it for every form: the order and headings of the parts, the letterhead and the
numbering of the articles stand in the template itself, so that a secretariat that goes on with it
in Word finds its own form there.
"""

import io
from collections.abc import Callable
from dataclasses import dataclass

from docx.document import Document
from docx.image.exceptions import (
    InvalidImageStreamError,
    UnexpectedEndOfFileError,
    UnrecognizedImageError,
)
from docx.oxml.ns import qn
from docx.shared import Cm, Length
from docx.text.paragraph import Paragraph

from overleg.word.contexts import PaperKind
from overleg.word.errors import TemplateFault
from overleg.word.house_style import house_document, write_footer
from overleg.word.states import ArticleStyle, ProposalPart
from overleg.word.template_writer import ANNEX, TemplateWriter

LOGO_HEIGHT, LOGO_WIDTH = Cm(1.7), Cm(7)


@dataclass(frozen=True, slots=True, kw_only=True)
class MunicipalForm:
    """The form of one municipality's proposals; the default is our own form."""

    letterhead: str = ""
    """The name above everything, for example "Stad Tielt"."""
    address: tuple[str, ...] = ()
    logo: bytes = b""
    """A PNG or JPEG image; empty for none."""
    parts: tuple[tuple[ProposalPart, str], ...] = tuple((part, part.label) for part in ProposalPart)
    """The parts in order, each with its heading; what is not named is left out."""
    article_style: ArticleStyle = ArticleStyle.FULL


OUR_FORM = MunicipalForm()


def municipal_template(kind: PaperKind, form: MunicipalForm = OUR_FORM) -> Document:
    """The template of a proposal to a college or to a council.

    Raises ``TemplateFault`` when the logo cannot be read.
    """
    document = house_document(kind.label)
    paper = TemplateWriter(document)
    write_letterhead(document, form)
    paper.text(kind.label, "Subtitle")
    paper.text("{{ subject }} – {{ asked }}", "Title")
    _write_head(paper)
    for part, heading in form.parts:
        _WRITERS[part](paper, _literal(heading), kind, form)
    return document


def _literal(words: str) -> str:
    """Typed words that never become a tag of the template."""
    return words.replace("{", "(").replace("}", ")")


def write_letterhead(document: Document, form: MunicipalForm) -> None:
    """Logo, name and address, in the header of the first page only; nothing where there is none.

    Raises ``TemplateFault`` when the logo cannot be read.
    """
    if not (form.letterhead or form.address or form.logo):
        return
    section = document.sections[0]
    section.different_first_page_header_footer = True
    write_footer(section.first_page_footer.paragraphs[0])
    header = section.first_page_header
    line = header.paragraphs[0]
    if form.logo:
        _add_logo(line, form)
        line.paragraph_format.space_after = Cm(0.15)
        line = header.add_paragraph()
    line.style = document.styles["Header"]
    line.add_run(_literal(form.letterhead), "Strong")
    line.paragraph_format.space_after = Cm(0)
    if form.address:
        header.add_paragraph(_literal(" · ".join(form.address)), "Header")
    last = header.paragraphs[-1]
    last.paragraph_format.space_after = Cm(0.8)
    section.header_distance = Cm(1)


def _add_logo(line: Paragraph, form: MunicipalForm) -> None:
    try:
        picture = line.add_run().add_picture(io.BytesIO(form.logo), height=LOGO_HEIGHT)
    except (
        *(InvalidImageStreamError, UnexpectedEndOfFileError, UnrecognizedImageError),
        *(ValueError, LookupError, ArithmeticError, AttributeError),
    ) as fault:
        raise TemplateFault("Het logo is geen leesbare png- of jpg-afbeelding.") from fault
    if picture.width > LOGO_WIDTH:
        picture.height = Length(int(picture.height * LOGO_WIDTH / picture.width))
        picture.width = LOGO_WIDTH
    described = picture._inline.find(qn("wp:docPr"))
    if described is not None:
        described.set("descr", _literal(f"Logo van {form.letterhead or 'het bestuur'}"))


def _write_head(paper: TemplateWriter) -> None:
    paper.detail("Bestuur", "{{ government }}")
    paper.detail("Orgaan", "{{ organ }}")
    paper.detail("Zitting", "{{ session }}", "session")
    paper.detail("Dossiernummer", "{{ dossier_number }}", "dossier_number")
    paper.detail("Indiener", "{{ submitter }}", "submitter")
    paper.detail("Portefeuillehouder", "{{ portfolio_holder }}", "portfolio_holder")
    paper.detail("Openbaarheid", "{{ openness }}", "openness")


_Write = Callable[[TemplateWriter, str, PaperKind, MunicipalForm], None]


def _part(field: str) -> _Write:
    """A part that is one rich text under a heading."""

    def write(paper: TemplateWriter, heading: str, _kind: PaperKind, _form: MunicipalForm) -> None:
        paper.part(heading, field)

    return write


def _grounds(paper: TemplateWriter, heading: str, _kind: PaperKind, _form: MunicipalForm) -> None:
    paper.when(
        "competence_html or regulation_html",
        lambda: paper.text(heading, "Heading 1"),
        lambda: paper.part("Bevoegdheid", "competence_html", 2),
        lambda: paper.part("Regelgeving", "regulation_html", 2),
    )


def _finances(paper: TemplateWriter, heading: str, _kind: PaperKind, _form: MunicipalForm) -> None:
    paper.when(
        "finance_html or visa",
        lambda: paper.text(heading, "Heading 1"),
        lambda: paper.text("{{ richtext(finance_html, 2) }}"),
        lambda: paper.detail("Visum", "{{ visa }}", "visa"),
    )


def _decision(paper: TemplateWriter, heading: str, kind: PaperKind, form: MunicipalForm) -> None:
    paper.text(heading, "Heading 1")
    who = (
        "De gemeenteraad"
        if kind is PaperKind.COUNCIL_PROPOSAL
        else "Het college van burgemeester en schepenen"
    )
    paper.text(f"{who} besluit:").paragraph_format.keep_with_next = True
    paper.each("article in articles", lambda: _article(paper, form.article_style))


def _article(paper: TemplateWriter, style: ArticleStyle) -> None:
    numbered = style.numbered("{{ loop.index }}")
    if style.single:
        numbered = (
            f"{{% if articles|length == 1 %}}{style.single}{{% else %}}{numbered}{{% endif %}}"
        )
    paragraph = paper.text("")
    paper.strong(paragraph, numbered)
    paragraph.add_run(" {{ richtext(article, 2) }}")


def _annexes(paper: TemplateWriter, heading: str, _kind: PaperKind, _form: MunicipalForm) -> None:
    paper.when(
        "annexes",
        lambda: paper.text(heading, "Heading 1"),
        lambda: paper.each("annex in annexes", lambda: paper.text(ANNEX, "List Bullet")),
    )


_WRITERS: dict[ProposalPart, _Write] = {
    ProposalPart.SUMMARY: _part("summary_html"),
    ProposalPart.BACKGROUND: _part("background_html"),
    ProposalPart.GROUNDS: _grounds,
    ProposalPart.ARGUMENTS: _part("facts_html"),
    ProposalPart.ADVICE: _part("advice_html"),
    ProposalPart.FINANCES: _finances,
    ProposalPart.DECISION: _decision,
    ProposalPart.ANNEXES: _annexes,
}

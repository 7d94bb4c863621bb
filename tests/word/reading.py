"""Reading Word files back, with python-docx and as bare XML."""

import io
import re
import zipfile

import docx
from docx.document import Document
from docx.oxml.ns import qn
from docx.text.paragraph import Paragraph


def opened(blob: bytes) -> Document:
    """The file as python-docx reads it."""
    return docx.Document(io.BytesIO(blob))


def parts(blob: bytes) -> dict[str, bytes]:
    """The files inside, by name."""
    with zipfile.ZipFile(io.BytesIO(blob)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def words(blob: bytes) -> str:
    """All text of body paragraphs and tables, a line each."""
    body = opened(blob).element.body
    return "\n".join(
        "".join(str(text) for text in paragraph.xpath(".//w:t/text()"))
        for paragraph in body.iter(qn("w:p"))
    )


def headings(blob: bytes) -> list[tuple[str, str]]:
    """Style and text of the title and the headings, in order."""
    return [
        (style_name(paragraph), paragraph.text)
        for paragraph in opened(blob).paragraphs
        if re.match(r"Title|Heading", style_name(paragraph))
    ]


def style_name(paragraph: Paragraph) -> str:
    """The name of the style of a paragraph."""
    return (paragraph.style.name if paragraph.style else None) or ""


def with_words(blob: bytes, start: str) -> Paragraph:
    """The first paragraph that begins so."""
    return next(p for p in opened(blob).paragraphs if p.text.startswith(start))


def number_id(paragraph: Paragraph) -> str:
    """The numbering instance that a paragraph names itself."""
    return "".join(paragraph._p.xpath("./w:pPr/w:numPr/w:numId/@w:val"))

"""Files as people attach them: Word, PDF, and such as can't be read."""

from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

from docx import Document
from pypdf import PdfReader, PdfWriter

from overleg.demo.annex import one_page_pdf

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
PDF = "application/pdf"


def word_file(*paragraphs: str) -> bytes:
    """A real Word file with these paragraphs, the last one in a table."""
    document = Document()
    for paragraph in paragraphs[:-1]:
        document.add_paragraph(paragraph)
    document.add_table(1, 1).cell(0, 0).text = paragraphs[-1]
    made = BytesIO()
    document.save(made)
    return made.getvalue()


def locked_pdf(line: str) -> bytes:
    """A PDF that asks a password."""
    writer = PdfWriter()
    writer.append(PdfReader(BytesIO(one_page_pdf([line]))))
    writer.encrypt("geheim")
    made = BytesIO()
    writer.write(made)
    return made.getvalue()


def scanned_pdf() -> bytes:
    """A PDF with a page and no text."""
    writer = PdfWriter()
    writer.add_blank_page(595, 842)
    made = BytesIO()
    writer.write(made)
    return made.getvalue()


def word_of(xml: bytes) -> bytes:
    """A package with this as the text of a Word file."""
    made = BytesIO()
    with ZipFile(made, "w", ZIP_DEFLATED) as package:
        package.writestr("[Content_Types].xml", "<Types/>")
        package.writestr("word/document.xml", xml)
    return made.getvalue()


def zip_bomb(megabytes: int) -> bytes:
    """A small Word file whose text unpacks to so many megabytes, all in one word."""
    made = BytesIO()
    space = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    with (
        ZipFile(made, "w", ZIP_DEFLATED, compresslevel=1) as package,
        package.open("word/document.xml", "w", force_zip64=True) as text,
    ):
        text.write(f'<w:document xmlns:w="{space}"><w:p><w:t>'.encode())
        for _ in range(megabytes):
            text.write(b"0" * 1024 * 1024)
        text.write(b"</w:t></w:p></w:document>")
    return made.getvalue()

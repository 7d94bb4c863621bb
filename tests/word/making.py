"""Templates as somebody makes them in Word, and files made to hurt."""

import io
import zipfile
from collections.abc import Callable, Mapping

import docx
from docx.document import Document
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from overleg.word.contexts import PaperKind
from overleg.word.templates import house_bytes

HOUSE = house_bytes(PaperKind.COLLEGE_PROPOSAL)


def saved(document: Document) -> bytes:
    """The document as a file."""
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def edited(change: Callable[[Document], object]) -> bytes:
    """Our own template after somebody changed it in Word."""
    document = docx.Document(io.BytesIO(HOUSE))
    change(document)
    return saved(document)


def saying(*paragraphs: str) -> bytes:
    """Our own template with these paragraphs at its end."""

    def add(document: Document) -> None:
        for words in paragraphs:
            document.add_paragraph(words)

    return edited(add)


def with_parts(change: Mapping[str, bytes], blob: bytes = HOUSE) -> bytes:
    """A file with some of its parts replaced or added."""
    with zipfile.ZipFile(io.BytesIO(blob)) as package:
        parts = {name: package.read(name) for name in package.namelist()} | dict(change)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as package:
        for name, content in parts.items():
            package.writestr(name, content)
    return out.getvalue()


def with_relation(kind: str, target: str, *, external: bool = True) -> bytes:
    """Our own template with one relation more in its document."""
    with zipfile.ZipFile(io.BytesIO(HOUSE)) as package:
        relations = package.read("word/_rels/document.xml.rels")
    mode = ' TargetMode="External"' if external else ""
    one = (
        '<Relationship Id="rId99" Type="http://schemas.openxmlformats.org/officeDocument/2006/'
        f'relationships/{kind}" Target="{target}"{mode}/></Relationships>'
    )
    changed = relations.replace(b"</Relationships>", one.encode())
    return with_parts({"word/_rels/document.xml.rels": changed})


def with_field(*pieces: str) -> bytes:
    """Our own template with a field of Word, its code cut into pieces."""

    def add(document: Document) -> None:
        codes = "".join(f"<w:r><w:instrText>{piece}</w:instrText></w:r>" for piece in pieces)
        document.add_paragraph()._p.append(
            parse_xml(
                f'<w:ins {nsdecls("w")}><w:r><w:fldChar w:fldCharType="begin"/></w:r>{codes}'
                '<w:r><w:fldChar w:fldCharType="end"/></w:r></w:ins>'
            )
        )

    return edited(add)

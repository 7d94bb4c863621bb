"""Whether a Word file from outside can be let in: no macros, no links to elsewhere, no bombs.

A .docx file is a zip of XML parts (ECMA-376); what makes one dangerous is not in its words but in
its parts, its relations and its fields.
"""

import io
import re
import zipfile
import zlib
from collections.abc import Iterator

from lxml import etree

from overleg.word.errors import TemplateFault

MOST_BYTES = 5 * 1024 * 1024
MOST_MEMBERS = 500
MOST_UNPACKED_BYTES = 40 * 1024 * 1024
MOST_RATIO = 200
SMALL_UNPACKED_BYTES = 4 * 1024 * 1024
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
"""What a Word file with a password begins with, and one from before 2007."""
NEEDED = frozenset({"word/document.xml", "[Content_Types].xml"})
FIELDS = frozenset(
    {"PAGE", "NUMPAGES", "SECTIONPAGES", "SECTION", "DATE", "TIME", "CREATEDATE", "SAVEDATE"}
    | {"TITLE", "AUTHOR", "SUBJECT", "FILENAME", "HYPERLINK", "TOC", "REF", "PAGEREF", "STYLEREF"}
    | {"SEQ", "DOCPROPERTY", "=", "IF"}
)
"""The fields of Word that only count, number or repeat what stands in the document itself."""
_EMBEDDED = ("/oleObject", "/package", "/control", "/activeXControlBinary", "/aFChunk")
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_WEB = re.compile(r"(?:https?|mailto):", re.IGNORECASE)


def open_package(blob: bytes) -> dict[str, bytes]:
    """The parts of a Word file by name, when it can be let in.

    Raises ``TemplateFault`` with a Dutch sentence that says what is wrong and what to do.
    """
    if len(blob) > MOST_BYTES:
        raise TemplateFault(
            f"Het bestand is te groot: een sjabloon mag hoogstens {MOST_BYTES // 1024**2} MB zijn. "
            "Verklein de afbeeldingen."
        )
    if blob.startswith(OLE):
        raise TemplateFault(
            "Het bestand is met een wachtwoord beveiligd, of van een oude soort (.doc). Bewaar het "
            "in Word zonder wachtwoord als .docx."
        )
    try:
        with zipfile.ZipFile(io.BytesIO(blob)) as package:
            _checked_sizes(package, len(blob))
            parts = {member.filename: package.read(member) for member in package.infolist()}
    except (
        *(zipfile.BadZipFile, OSError, NotImplementedError, RuntimeError),
        *(ValueError, EOFError, zlib.error),
    ) as fault:
        raise TemplateFault("Dit is geen leesbaar Word-bestand (.docx).") from fault
    if not set(parts) >= NEEDED:
        raise TemplateFault("Dit is geen leesbaar Word-bestand (.docx).")
    _without_macros(parts)
    for name, content in sorted(parts.items()):
        if name.endswith((".xml", ".rels")):
            _check_part(name, content)
    return parts


def _checked_sizes(package: zipfile.ZipFile, size: int) -> None:
    members = package.infolist()
    unpacked = sum(member.file_size for member in members)
    bomb = unpacked > SMALL_UNPACKED_BYTES and unpacked > MOST_RATIO * size
    if len(members) > MOST_MEMBERS or unpacked > MOST_UNPACKED_BYTES or bomb:
        raise TemplateFault(
            "Het bestand is ingepakt klein, maar uitgepakt veel te groot. Begin opnieuw van het "
            "sjabloon dat u hier kunt downloaden."
        )


def _without_macros(parts: dict[str, bytes]) -> None:
    has_macro = any(re.search(r"vba(?:Project|Data)", name, re.IGNORECASE) for name in parts)
    if has_macro or b"macroEnabled" in parts["[Content_Types].xml"]:
        raise TemplateFault(
            "Het bestand bevat macro's (kleine programma's). Bewaar het in Word als “Word-document "
            "(.docx)”, zonder macro's."
        )
    if any(re.match(r"word/(?:embeddings|activeX)/", name, re.IGNORECASE) for name in parts):
        raise _embedded()


def _embedded() -> TemplateFault:
    return TemplateFault(
        "Het bestand bevat een ingesloten object (bijvoorbeeld een Excel-blad). Vervang het door "
        "een gewone tabel of afbeelding."
    )


def read_xml(name: str, content: bytes) -> etree._Element:
    """A part as a tree; entities and addresses are never followed. Raises ``TemplateFault``."""
    if b"<!DOCTYPE" in content or b"<!ENTITY" in content:
        raise TemplateFault(f"Het bestand is geen gewoon Word-bestand: {name} bevat een DOCTYPE.")
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False)
    try:
        return etree.fromstring(content, parser)
    except etree.XMLSyntaxError as fault:
        raise TemplateFault(
            f"Het bestand is beschadigd: {name} kan niet gelezen worden."
        ) from fault


def _check_part(name: str, content: bytes) -> None:
    root = read_xml(name, content)
    if name.endswith(".rels"):
        _check_relations(root)
    elif name.startswith("word/"):
        for code in _field_codes(root):
            _check_field(code)
        if next(root.iter(f"{_W}altChunk", f"{_W}object", f"{_W}control"), None) is not None:
            raise _embedded()


def _check_relations(root: etree._Element) -> None:
    for relation in root:
        kind, target = str(relation.get("Type", "")), str(relation.get("Target", ""))
        if kind.endswith(_EMBEDDED):
            raise _embedded()
        if relation.get("TargetMode") != "External":
            continue
        if not (kind.endswith("/hyperlink") and _WEB.match(target)):
            raise TemplateFault(
                f"Het bestand haalt iets van elders op ({target[:100]}). Zet afbeeldingen in het "
                "bestand zelf en maak koppelingen met andere bestanden of sjablonen los."
            )


def _field_codes(root: etree._Element) -> Iterator[str]:
    """The instruction of each field, also when Word cut it into pieces."""
    open_fields: list[list[str]] = []
    for element in root.iter(f"{_W}fldSimple", f"{_W}fldChar", f"{_W}instrText"):
        if element.tag == f"{_W}fldSimple":
            yield str(element.get(f"{_W}instr", ""))
        elif element.tag == f"{_W}instrText":
            if not open_fields:
                yield element.text or ""
            else:
                open_fields[-1].append(element.text or "")
        elif element.get(f"{_W}fldCharType") == "begin":
            open_fields.append([])
        elif element.get(f"{_W}fldCharType") == "end" and open_fields:
            yield "".join(open_fields.pop())
    yield from ("".join(pieces) for pieces in open_fields)


def _check_field(code: str) -> None:
    words = code.split()
    word = words[0].upper() if words else ""
    if word == "HYPERLINK" and not _leads_to_the_web(words[1:]):
        raise TemplateFault("Het bestand bevat een link naar iets anders dan een webpagina.")
    if word and word not in FIELDS and not word.startswith("="):
        raise TemplateFault(
            f"Het bestand bevat een veld van Word dat we niet toelaten ({word[:40]}): het kan iets "
            "van elders ophalen of starten. Verwijder het veld."
        )


def _leads_to_the_web(words: list[str]) -> bool:
    """Whether what a link names is a web page, a mail address or a place in the file itself."""
    target = words[0].strip('"“”') if words else ""
    return target.startswith("\\") or bool(_WEB.match(target))

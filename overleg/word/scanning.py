"""Finds the tags of a template, each with its place as somebody finds it back in Word."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from lxml import etree

from overleg.word.packages import read_xml

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_R_ID = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_TAG = re.compile(r"\{\{(?P<value>.*?)\}\}|\{%(?P<step>.*?)%\}|\{#.*?#\}", re.DOTALL)
_LEVEL = re.compile(r"(p|tr|tc|r)\s")
_LOOSE = re.compile(r"\{\{|\{%|\}\}|%\}|\{#|#\}")
_QUOTES = str.maketrans("“”‘’", "\"\"''")
LONGEST_EXCERPT = 90


@dataclass(frozen=True, slots=True)
class Place:
    """Where something stands: in words, with the words that stand there."""

    label: str
    words: str
    holder: object
    """The element that holds the paragraph; the same for those beside each other."""
    table: object
    """The table that holds it; None outside tables."""
    in_body: bool


@dataclass(frozen=True, slots=True)
class Tag:
    """One tag: a value to write, a step (loop, condition), or braces that open or close nothing."""

    kind: str
    """``value``, ``step`` or ``loose``."""
    level: str
    """What it takes along: ``p`` its paragraph, ``tr`` its row, ``tc`` its cell; mostly empty."""
    code: str
    place: Place
    alone: bool
    """Whether nothing else stands in its paragraph."""


def parts_to_read(parts: Mapping[str, bytes]) -> list[tuple[str, str]]:
    """The parts that are filled in, each with how people call it."""
    labels = _header_labels(parts)
    found = [("word/document.xml", "")]
    for name in sorted(parts):
        if re.fullmatch(r"word/(?:header|footer)\d*\.xml", name):
            found.append((name, labels.get(name, "Koptekst" if "header" in name else "Voettekst")))
        elif name == "word/footnotes.xml":
            found.append((name, "Voetnoten"))
    return found


def _header_labels(parts: Mapping[str, bytes]) -> dict[str, str]:
    relations = parts.get("word/_rels/document.xml.rels")
    if relations is None:
        return {}
    targets = {
        str(relation.get("Id")): f"word/{relation.get('Target')}"
        for relation in read_xml("document.xml.rels", relations)
    }
    which = {"first": " van de eerste pagina", "even": " van de even pagina's"}
    labels: dict[str, str] = {}
    document = read_xml("word/document.xml", parts["word/document.xml"])
    for reference in document.iter(f"{_W}headerReference", f"{_W}footerReference"):
        name = "Koptekst" if reference.tag == f"{_W}headerReference" else "Voettekst"
        target = targets.get(str(reference.get(_R_ID)), "")
        labels.setdefault(target, name + which.get(str(reference.get(f"{_W}type")), ""))
    return labels


def tags_of(name: str, content: bytes, label: str) -> Iterator[Tag]:
    """The tags of one part, in their order. Raises ``TemplateFault`` when it cannot be read."""
    root = read_xml(name, content)
    numbers = _Numbers(label)
    for paragraph in root.iter(f"{_W}p"):
        words = "".join(_texts(paragraph))
        place = numbers.place_of(paragraph, words)
        if "{" in words or "}" in words:
            yield from _tags_in(words, place)


def _texts(paragraph: etree._Element) -> Iterator[str]:
    """The words of a paragraph itself, without those of text boxes in it."""
    for element in paragraph.iter(f"{_W}t", f"{_W}tab", f"{_W}br"):
        if next(element.iterancestors(f"{_W}p")) is paragraph:
            yield (element.text or "") if element.tag == f"{_W}t" else " "


def _tags_in(words: str, place: Place) -> Iterator[Tag]:
    rest, end = "", 0
    found: list[tuple[str, str, str]] = []
    for match in _TAG.finditer(words):
        rest += words[end : match.start()]
        end = match.end()
        kind = match.lastgroup
        if kind is None:
            continue
        code = (match[kind] or "").translate(_QUOTES)
        level = _LEVEL.match(code) if "{" in match[0] else None
        if level is not None:
            code = code[level.end() :]
        found.append((kind, level[1] if level else "", code.strip().strip("-").strip()))
    rest += words[end:]
    alone = not rest.strip() and len(found) == 1
    for kind, level_name, code in found:
        yield Tag(kind, level_name, code, place, alone)
    for loose in _LOOSE.findall(rest):
        yield Tag("loose", "", loose, place, alone=False)


class _Numbers:
    """Counts paragraphs and tables while going through a part."""

    def __init__(self, label: str) -> None:
        self._label = label
        self._count = 0
        self._tables: dict[etree._Element, int] = {}
        self._heading = ""

    def place_of(self, paragraph: etree._Element, words: str) -> Place:
        """The place of the next paragraph of the part."""
        cell = next(paragraph.iterancestors(f"{_W}tc"), None)
        boxed = next(paragraph.iterancestors(f"{_W}txbxContent"), None) is not None
        row = cell.getparent() if cell is not None else None
        table = row.getparent() if row is not None else None
        if cell is None and not boxed:
            self._count += 1
        where = self._in_words(cell, row, table, boxed=boxed)
        if not self._label and self._heading:
            where += f", onder “{self._heading}”"
        if cell is None and not boxed and _is_heading(paragraph) and words.strip():
            self._heading = _short(words, 40)
        return Place(
            label=where,
            words=_short(words, LONGEST_EXCERPT),
            holder=paragraph.getparent(),
            table=table,
            in_body=not self._label,
        )

    def _in_words(
        self,
        cell: etree._Element | None,
        row: etree._Element | None,
        table: etree._Element | None,
        *,
        boxed: bool,
    ) -> str:
        if cell is not None and row is not None and table is not None:
            number = self._tables.setdefault(table, len(self._tables) + 1)
            rows = [child for child in table if child.tag == f"{_W}tr"]
            cells = [child for child in row if child.tag == f"{_W}tc"]
            where = f"tabel {number}, rij {rows.index(row) + 1}, cel {cells.index(cell) + 1}"
        elif boxed:
            where = f"tekstvak bij alinea {max(self._count, 1)}"
        else:
            where = f"alinea {self._count}"
        return f"{self._label}, {where}" if self._label else where.capitalize()


def _is_heading(paragraph: etree._Element) -> bool:
    style = paragraph.find(f"{_W}pPr/{_W}pStyle")
    return style is not None and str(style.get(f"{_W}val", "")).lower().startswith(
        ("heading", "kop")
    )


def _short(words: str, longest: int) -> str:
    plain = " ".join(words.split())
    return plain if len(plain) <= longest else f"{plain[: longest - 1].rstrip()}…"

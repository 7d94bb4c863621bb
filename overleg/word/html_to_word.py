"""Rich text, as blocks, in real Word paragraphs: built-in styles, real lists, real links.

Each ordered list gets a numbering instance of its own, so that it starts at 1 wherever it is
pasted. Works in any template: for a style that the template lacks the plain one is used, list
definitions that it lacks are added.
"""

import re
from collections.abc import Iterator, Sequence
from html import escape
from urllib.parse import quote, urlsplit

from docx.document import Document
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from docx.oxml.xmlchemy import BaseOxmlElement

from overleg.lib.blocks import Block, BlockKind, Line, Run
from overleg.word.lists import Numbering

_LONGEST_ADDRESS = 2000
"""Word calls a file damaged when an address in it is longer than some 2,080 characters."""
_LOOSE_PERCENT = re.compile(r"%(?![0-9A-Fa-f]{2})")
_ADDRESS_CHARACTERS = "%/:?#@!$&'()*+,;=~-._"


def word_address(href: str) -> str:
    """The address as Word accepts it, or empty when it would make Word call the file damaged."""
    try:
        urlsplit(href)
    except ValueError:
        return ""
    address = quote(_LOOSE_PERCENT.sub("%25", href), safe=_ADDRESS_CHARACTERS)
    return address if len(address) <= _LONGEST_ADDRESS and address.count("#") <= 1 else ""


class RichTextWriter:
    """Writes rich text for one document."""

    def __init__(self, document: Document) -> None:
        self._part = document.part
        self._numbering = Numbering(document)
        self._bullets = ""
        self._style_ids = {style.name: style.style_id for style in document.styles}

    def paragraphs(
        self, blocks: Sequence[Block], *, style_id: str, heading_level: int
    ) -> list[tuple[BlockKind, BaseOxmlElement]]:
        """The blocks as Word paragraphs, each with its kind, ready to be put in the body.

        Plain paragraphs get `style_id` (empty for the default); headings become
        "Heading `heading_level`".
        """
        if not blocks:
            return []
        numbers: dict[int, str] = {}
        body = "".join(
            f"<w:p>{self._properties(block, self._style_ids.get(name, style_id), numbers)}"
            f"{'<w:r><w:br/></w:r>'.join(''.join(self._runs(line)) for line in block.lines)}</w:p>"
            for block, name in zip(blocks, _style_names(blocks, heading_level), strict=True)
        )
        parent = parse_xml(f"<w:body {nsdecls('w', 'r')}>{body}</w:body>")
        return [(block.kind, element) for block, element in zip(blocks, parent, strict=True)]

    def _properties(self, block: Block, style_id: str, numbers: dict[int, str]) -> str:
        properties = f'<w:pStyle w:val="{escape(style_id)}"/>' if style_id else ""
        if block.kind is BlockKind.ITEM:
            if block.list_id not in numbers:
                numbers[block.list_id] = self._number_id(block)
            properties += (
                f'<w:numPr><w:ilvl w:val="{block.depth}"/>'
                f'<w:numId w:val="{numbers[block.list_id]}"/></w:numPr>'
            )
        return f"<w:pPr>{properties}</w:pPr>" if properties else ""

    def _number_id(self, block: Block) -> str:
        """Bullets all share one numbering instance; an ordered list has its own."""
        if block.ordered:
            return self._numbering.new_list(ordered=True, restart_level=block.depth)
        self._bullets = self._bullets or self._numbering.new_list(ordered=False)
        return self._bullets

    def _runs(self, line: Line) -> Iterator[str]:
        for run in line:
            if address := word_address(run.href):
                link_id = self._part.relate_to(
                    address, RELATIONSHIP_TYPE.HYPERLINK, is_external=True
                )
                style_id = self._style_ids.get("Hyperlink", "")
                yield f'<w:hyperlink r:id="{link_id}">{_run_xml(run, style_id)}</w:hyperlink>'
            else:
                yield _run_xml(run)


def _style_names(blocks: Sequence[Block], heading_level: int) -> Iterator[str]:
    """The style of each block; a nested list keeps the style of the list it is in, as Word does."""
    list_style = ""
    for block in blocks:
        if block.kind is BlockKind.ITEM:
            if block.depth == 0:
                list_style = "List Number" if block.ordered else "List Bullet"
            yield list_style
        elif block.kind is BlockKind.HEADING:
            yield f"Heading {heading_level}"
        else:
            yield "Quote" if block.kind is BlockKind.QUOTE else ""


def _run_xml(run: Run, style_id: str = "") -> str:
    properties = f'<w:rStyle w:val="{escape(style_id)}"/>' if style_id else ""
    properties += "<w:b/>" if run.bold else ""
    properties += "<w:i/>" if run.italic else ""
    properties += "<w:strike/>" if run.struck else ""
    look = f"<w:rPr>{properties}</w:rPr>" if properties else ""
    return f'<w:r>{look}<w:t xml:space="preserve">{escape(run.text, quote=False)}</w:t></w:r>'

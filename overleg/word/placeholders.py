"""Rich text in a template: a mark while Jinja renders, Word paragraphs afterwards.

Jinja writes a short unguessable mark where a template says `{{ richtext(...) }}`; when the
document is rendered each mark is replaced. A mark alone in its paragraph gives way to all
paragraphs of the text; a mark after other words ("Artikel 1. ...") takes the first paragraph on
the same line and the others below it.
"""

import re
import secrets
from copy import deepcopy
from dataclasses import dataclass

from docx.document import Document
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement

from overleg.lib.blocks import (
    Block,
    BlockKind,
    Run,
    read_html,
    safe_href,
    tidy_line,
    without_control,
)
from overleg.word.html_to_word import RichTextWriter

DEFAULT_HEADING_LEVEL = 3


@dataclass(frozen=True, slots=True)
class _Text:
    blocks: tuple[Block, ...]
    heading_level: int


class Placeholders:
    """The marks of one rendering."""

    def __init__(self) -> None:
        self._nonce = secrets.token_hex(8)
        self._texts: list[_Text] = []

    def richtext(self, html: object, heading: int = DEFAULT_HEADING_LEVEL) -> str:
        """For templates: rich text; headings in it become "Heading `heading`"."""
        return self._mark(_Text(read_html(str(html)), heading))

    def link(self, address: object, words: object = "") -> str:
        """For templates: a link; without words the address is shown."""
        run = Run(without_control(str(words) or str(address)), href=safe_href(str(address)))
        block = Block(BlockKind.PARAGRAPH, (tidy_line([run]),))
        return self._mark(_Text((block,), DEFAULT_HEADING_LEVEL))

    def _mark(self, text: _Text) -> str:
        self._texts.append(text)
        return f"[[{self._nonce}:{len(self._texts) - 1}]]"

    def fill(self, document: Document) -> None:
        """Replaces all marks in the body by what they stand for."""
        if not self._texts:
            return
        writer = RichTextWriter(document)
        mark = re.compile(rf"\[\[{self._nonce}:([0-9]+)\]\]")
        for text in document.element.body.xpath(f".//w:t[contains(., '{self._nonce}')]"):
            while match := mark.search(text.text or ""):
                text = _replace(text, match, writer, self._texts[int(match[1])])  # noqa: PLW2901


def _replace(
    text: BaseOxmlElement, match: re.Match[str], writer: RichTextWriter, rich: _Text
) -> BaseOxmlElement:
    """Replaces one mark; returns the text element with what stood after it."""
    run = text.getparent()
    host = run.getparent()
    written = writer.paragraphs(
        rich.blocks, style_id=_style_id(host), heading_level=rich.heading_level
    )
    rest = _split_run(run, text, match)
    if _says_nothing(host):
        for _, paragraph in written:
            host.addprevious(paragraph)
        _remove(host)
        return rest
    if written and written[0][0] is BlockKind.PARAGRAPH:
        for element in written.pop(0)[1]:
            if element.tag != qn("w:pPr"):
                rest.getparent().addprevious(element)
    for _, paragraph in reversed(written):
        host.addnext(paragraph)
    return rest


def _split_run(
    run: BaseOxmlElement, text: BaseOxmlElement, match: re.Match[str]
) -> BaseOxmlElement:
    """Splits a run around a mark; returns the text element after it, in a run of its own."""
    after = OxmlElement("w:r")
    properties = run.find(qn("w:rPr"))
    if properties is not None:
        after.append(deepcopy(properties))
    rest = OxmlElement("w:t")
    rest.set(qn("xml:space"), "preserve")
    rest.text = match.string[match.end() :]
    followers = list(text.itersiblings())
    after.append(rest)
    for follower in followers:
        after.append(follower)
    text.text = match.string[: match.start()]
    text.set(qn("xml:space"), "preserve")
    run.addnext(after)
    return rest


def _style_id(paragraph: BaseOxmlElement) -> str:
    return "".join(paragraph.xpath("./w:pPr/w:pStyle/@w:val"))


def _says_nothing(paragraph: BaseOxmlElement) -> bool:
    if paragraph.tag != qn("w:p"):
        return False
    words = "".join(str(text) for text in paragraph.xpath(".//w:t/text()"))
    return not words.strip() and not paragraph.xpath(".//w:tab[parent::w:r] | .//w:drawing")


def _remove(paragraph: BaseOxmlElement) -> None:
    """Takes the paragraph out, unless Word needs it: a section's or a table cell's last."""
    parent = paragraph.getparent()
    following = paragraph.getnext()
    needed = paragraph.xpath("./w:pPr/w:sectPr") or (
        parent.tag == qn("w:tc")
        and following is None
        and (paragraph.getprevious() is None or paragraph.getprevious().tag != qn("w:p"))
    )
    if not needed:
        parent.remove(paragraph)

"""Writes the parts of a template one after another, with the tags that docxtpl reads."""

from collections.abc import Callable, Sequence

from docx.document import Document
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Length
from docx.table import Table, _Row
from docx.text.paragraph import Paragraph

from overleg.word.styles import CELL, DETAILS, TABLE

ANNEX = (
    "{% if annex.url %}{{ link(annex.url, annex.name) }}{% else %}{{ annex.name }}{% endif %}"
    "{% if annex.detail %} ({{ annex.detail }}){% endif %}"
)
"""An annex in a list: a link where there is an address, and its size."""


class TemplateWriter:
    """Adds the parts of a template one after another."""

    def __init__(self, document: Document) -> None:
        self.document = document
        # Looking a style up by its name takes python-docx longer than writing the paragraph.
        self._style_ids = {style.name: style.style_id for style in document.styles}

    def text(self, text: str, style: str = "Normal") -> Paragraph:
        """A paragraph."""
        paragraph = self.document.add_paragraph(text)
        paragraph._p.style = None if style == "Normal" else self._style_ids[style]
        return paragraph

    def strong(self, paragraph: Paragraph, words: str) -> None:
        """Adds words that matter to a paragraph."""
        paragraph.add_run(words)._r.style = self._style_ids["Strong"]

    def when(self, condition: str, *write: Callable[[], object]) -> None:
        """What is written only when the condition holds."""
        self.text(f"{{%p if {condition} %}}")
        for part in write:
            part()
        self.text("{%p endif %}")

    def each(self, loop: str, *write: Callable[[], object]) -> None:
        """What is written for each of a list: "item in items"."""
        self.text(f"{{%p for {loop} %}}")
        for part in write:
            part()
        self.text("{%p endfor %}")

    def detail(self, label: str, value: str, condition: str = "") -> None:
        """A line "label - value", left out when there is nothing to say."""

        def write() -> None:
            paragraph = self.text("", DETAILS)
            self.strong(paragraph, label)
            paragraph.add_run(f"\t{value}")

        if condition:
            self.when(condition, write)
        else:
            write()

    def part(self, heading: str, field: str, level: int = 1) -> None:
        """A heading with rich text; both fall away when there is no text."""
        self.when(
            field,
            lambda: self.text(heading, f"Heading {level}"),
            lambda: self.text(f"{{{{ richtext({field}, {level + 1}) }}}}"),
        )

    def table(
        self,
        loops: Sequence[str],
        columns: Sequence[tuple[str, str, Length]],
        *,
        title: str,
        description: str,
    ) -> None:
        """A table with one row for each of a list; its header row repeats on every page.

        Each column is its heading, the value in a row and its width.
        """
        before = [f"{{%tr for {loop} %}}" for loop in loops]
        after = ["{%tr endfor %}" for _ in loops]
        rows = 2 + len(before) + len(after)
        table = self.document.add_table(rows=rows, cols=len(columns), style=TABLE)
        table.autofit = False
        _describe_table(table, title, description)
        blank = [""] * (len(columns) - 1)
        lines = [
            [heading for heading, _, _ in columns],
            *([tag, *blank] for tag in before),
            [value for _, value, _ in columns],
            *([tag, *blank] for tag in after),
        ]
        for row, words in zip(table.rows, lines, strict=True):
            for cell, text, (_, _, width) in zip(row.cells, words, columns, strict=True):
                cell.width = width
                cell.paragraphs[0].style = CELL
                cell.paragraphs[0].add_run(text)
            _set_row(row, "<w:cantSplit {0}/>")
        for cell in table.rows[0].cells:
            cell.paragraphs[0].runs[0].style = "Strong"
            cell.paragraphs[0].paragraph_format.keep_with_next = True
        _set_row(table.rows[0], "<w:tblHeader {0}/>")
        for column, (_, _, width) in zip(table.columns, columns, strict=True):
            column.width = width


def _set_row(row: _Row, *properties: str) -> None:
    holder = row._tr.get_or_add_trPr()
    for xml in properties:
        holder.append(parse_xml(xml.format(nsdecls("w"))))


def _describe_table(table: Table, title: str, description: str) -> None:
    properties = table._tbl.tblPr
    for look in properties.findall(qn("w:tblLook")):
        properties.remove(look)
    properties.append(
        parse_xml(
            f'<w:tblLook {nsdecls("w")} w:val="0020" w:firstRow="1" w:lastRow="0"'
            ' w:firstColumn="0" w:lastColumn="0" w:noHBand="1" w:noVBand="1"/>'
        )
    )
    for tag, words in (("tblCaption", title), ("tblDescription", description)):
        properties.append(parse_xml(f'<w:{tag} {nsdecls("w")} w:val="{words}"/>'))

"""Excel files (Office Open XML, ECMA-376): sheets of texts and days, written row by row.

A text is never a formula, whatever it begins with. This writes what we need of the format and no
more: a part of its own would cost each web process its memory and a big table many seconds.
"""

import re
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from enum import IntEnum
from io import BytesIO
from xml.sax.saxutils import escape

from overleg.lib.blocks import without_control

LONGEST_CELL = 32_000
"""Excel holds 32,767 characters in a cell."""
_FIRST_DAY = date(1899, 12, 30)
"""Day 0 of Excel's calendar, for every day since 1 March 1900."""
_READ_AS_CODE = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_SHEET_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml"


class Look(IntEnum):
    """How a cell looks; the value is its place among the styles of the file."""

    PLAIN = 0
    HEADING = 1
    DAY = 2
    WRAPPED = 3
    GOOD = 4
    OPEN = 5
    LATE = 6
    BAD = 7


_FILLS = {Look.GOOD: "E6F3EB", Look.OPEN: "FDF1DA", Look.LATE: "FCEAEC", Look.BAD: "F7C9CE"}

Value = str | date | tuple[str, Look] | None
"""A text, a day, a text that looks otherwise, or nothing."""


@dataclass(frozen=True)
class Sheet:
    """One sheet; ``columns`` are headings with their width in characters, ``rows`` come below.

    The headings stay in sight, with the first ``frozen_columns``. ``is_filtered`` gives each
    heading Excel's filter.
    """

    name: str
    columns: Sequence[tuple[str, int]]
    rows: Iterable[Sequence[Value]]
    frozen_columns: int = 0
    is_filtered: bool = False


def excel_workbook(title: str, sheets: Sequence[Sheet], *, now: datetime) -> bytes:
    """The .xlsx file of these sheets; ``now`` is aware and becomes the time of creation.

    Names of sheets are ours: short, unlike each other and without Excel's own signs. Texts lose
    what XML cannot hold, and what comes after ``LONGEST_CELL`` characters.
    """
    texts = _Texts()
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as package:
        filters: list[tuple[int, str, str]] = []
        for place, sheet in enumerate(sheets):
            rows = list(_rows(sheet, texts))
            area = f"A1:{_letters(len(sheet.columns) - 1)}{len(rows)}" if sheet.is_filtered else ""
            if area:
                filters.append((place, sheet.name, area))
            package.writestr(
                f"xl/worksheets/sheet{place + 1}.xml",
                f"{_sheet_begin(sheet)}{''.join(rows)}{_sheet_end(area)}",
            )
        for name, content in (
            ("xl/sharedStrings.xml", texts.as_xml()),
            ("xl/styles.xml", _styles()),
            ("xl/workbook.xml", _workbook(sheets, filters)),
            ("xl/_rels/workbook.xml.rels", _workbook_parts(len(sheets))),
            ("docProps/core.xml", _described(title, now)),
            ("_rels/.rels", _package_parts()),
            ("[Content_Types].xml", _types(len(sheets))),
        ):
            package.writestr(name, f'<?xml version="1.0" encoding="UTF-8"?>\n{content}')
    return out.getvalue()


class _Texts:
    """Each text of the file once, with the number by which cells name it."""

    def __init__(self) -> None:
        self._numbers: dict[str, int] = {}

    def number(self, text: str) -> int:
        return self._numbers.setdefault(text, len(self._numbers))

    def as_xml(self) -> str:
        lines = (f'<si><t xml:space="preserve">{_safe(text)}</t></si>' for text in self._numbers)
        count = len(self._numbers)
        return f'<sst xmlns="{_MAIN}" uniqueCount="{count}">{"".join(lines)}</sst>'


def _safe(text: str) -> str:
    """As XML; ``_x0041_`` would be read as the letter it is the code of."""
    return escape(_READ_AS_CODE.sub("_x005F_", without_control(text)[:LONGEST_CELL]))


def _rows(sheet: Sheet, texts: _Texts) -> Iterator[str]:
    letters = [_letters(column) for column in range(len(sheet.columns))]
    yield _row(1, [(name, Look.HEADING) for name, _width in sheet.columns], letters, texts)
    for number, values in enumerate(sheet.rows, 2):
        yield _row(number, values, letters, texts)


def _row(number: int, values: Sequence[Value], letters: Sequence[str], texts: _Texts) -> str:
    cells = []
    for column, value in zip(letters, values, strict=True):
        if isinstance(value, str):
            if value:
                cells.append(f'<c r="{column}{number}" t="s"><v>{texts.number(value)}</v></c>')
        elif isinstance(value, date):
            day = (value - _FIRST_DAY).days
            cells.append(f'<c r="{column}{number}" s="{Look.DAY.value}"><v>{day}</v></c>')
        elif value is not None:
            text, look = value
            cells.append(
                f'<c r="{column}{number}" s="{look.value}" t="s"><v>{texts.number(text)}</v></c>'
            )
    return f'<row r="{number}">{"".join(cells)}</row>'


def _letters(column: int) -> str:
    """``A`` for 0, ``Z`` for 25, ``AA`` for 26."""
    found = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        found = chr(ord("A") + rest) + found
    return found


def _sheet_begin(sheet: Sheet) -> str:
    corner = f"{_letters(sheet.frozen_columns)}2"
    across = f'xSplit="{sheet.frozen_columns}" ' if sheet.frozen_columns else ""
    pane = "bottomRight" if sheet.frozen_columns else "bottomLeft"
    widths = "".join(
        f'<col min="{place}" max="{place}" width="{width}" customWidth="1"/>'
        for place, (_name, width) in enumerate(sheet.columns, 1)
    )
    return (
        f'<?xml version="1.0" encoding="UTF-8"?>\n<worksheet xmlns="{_MAIN}">'
        f'<sheetViews><sheetView workbookViewId="0"><pane {across}ySplit="1" '
        f'topLeftCell="{corner}" activePane="{pane}" state="frozen"/></sheetView></sheetViews>'
        f"<cols>{widths}</cols><sheetData>"
    )


def _sheet_end(filtered: str) -> str:
    found = f'<autoFilter ref="{filtered}"/>' if filtered else ""
    page = '<pageSetup paperSize="9" orientation="landscape"/>'
    return f"</sheetData>{found}{page}</worksheet>"


def _styles() -> str:
    fills = "".join(
        f'<fill><patternFill patternType="solid"><fgColor rgb="FF{colour}"/></patternFill></fill>'
        for colour in _FILLS.values()
    )
    wrapped = '<alignment vertical="top" wrapText="1"/>'
    top = '<alignment vertical="top"/>'
    looks = {
        Look.PLAIN: f'fontId="0" fillId="0" applyAlignment="1">{top}',
        Look.HEADING: f'fontId="1" fillId="0" applyFont="1" applyAlignment="1">{wrapped}',
        Look.DAY: f'fontId="0" fillId="0" applyAlignment="1" applyNumberFormat="1">{top}',
        Look.WRAPPED: f'fontId="0" fillId="0" applyAlignment="1">{wrapped}',
        **{
            look: f'fontId="0" fillId="{place}" applyFill="1" applyAlignment="1">{wrapped}'
            for place, look in enumerate(_FILLS, 2)
        },
    }
    cells = "".join(
        f'<xf numFmtId="{164 if look is Look.DAY else 0}" borderId="0" xfId="0" {looks[look]}</xf>'
        for look in Look
    )
    font = '<sz val="11"/><name val="Calibri"/><family val="2"/>'
    return (
        f'<styleSheet xmlns="{_MAIN}">'
        '<numFmts count="1"><numFmt numFmtId="164" formatCode="d/mm/yyyy"/></numFmts>'
        f'<fonts count="2"><font>{font}</font><font><b/>{font}</font></fonts>'
        f'<fills count="{2 + len(_FILLS)}"><fill><patternFill patternType="none"/></fill>'
        f'<fill><patternFill patternType="gray125"/></fill>{fills}</fills>'
        '<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>'
        '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/>'
        f'</cellStyleXfs><cellXfs count="{len(looks)}">{cells}</cellXfs>'
        '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles>'
        "</styleSheet>"
    )


def _workbook(sheets: Sequence[Sheet], filters: Sequence[tuple[int, str, str]]) -> str:
    named = "".join(
        f'<sheet name="{escape(sheet.name)}" sheetId="{number}" r:id="rId{number}"/>'
        for number, sheet in enumerate(sheets, 1)
    )
    areas = "".join(
        f'<definedName name="_xlnm._FilterDatabase" localSheetId="{place}" hidden="1">'
        f"'{escape(name)}'!{_fixed(area)}</definedName>"
        for place, name, area in filters
    )
    return (
        f'<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}"><bookViews><workbookView/></bookViews>'
        f"<sheets>{named}</sheets>"
        + (f"<definedNames>{areas}</definedNames>" if areas else "")
        + "</workbook>"
    )


def _fixed(area: str) -> str:
    """``A1:M20`` as ``$A$1:$M$20``."""
    return re.sub(r"([A-Z]+)(\d+)", r"$\1$\2", area)


def _workbook_parts(count: int) -> str:
    parts = [(f"rId{n}", "worksheet", f"worksheets/sheet{n}.xml") for n in range(1, count + 1)]
    parts += [("rStyles", "styles", "styles.xml"), ("rTexts", "sharedStrings", "sharedStrings.xml")]
    return _relations((each, f"{_OFFICE}/{kind}", target) for each, kind, target in parts)


def _package_parts() -> str:
    core = f"{_PACKAGE}/relationships/metadata/core-properties"
    return _relations(
        [
            ("rId1", f"{_OFFICE}/officeDocument", "xl/workbook.xml"),
            ("rId2", core, "docProps/core.xml"),
        ]
    )


def _relations(parts: Iterable[tuple[str, str, str]]) -> str:
    lines = (f'<Relationship Id="{i}" Type="{kind}" Target="{to}"/>' for i, kind, to in parts)
    return f'<Relationships xmlns="{_PACKAGE}/relationships">{"".join(lines)}</Relationships>'


def _described(title: str, now: datetime) -> str:
    moment = now.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    return (
        f'<cp:coreProperties xmlns:cp="{_PACKAGE}/metadata/core-properties"'
        ' xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/"'
        ' xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
        f"<dc:title>{_safe(title)}</dc:title><dc:creator>Overleg</dc:creator>"
        f'<dcterms:created xsi:type="dcterms:W3CDTF">{moment}</dcterms:created>'
        f'<dcterms:modified xsi:type="dcterms:W3CDTF">{moment}</dcterms:modified>'
        "</cp:coreProperties>"
    )


def _types(count: int) -> str:
    parts = [("/xl/workbook.xml", f"{_SHEET_TYPE}.sheet.main+xml")]
    parts += [
        (f"/xl/worksheets/sheet{n}.xml", f"{_SHEET_TYPE}.worksheet+xml")
        for n in range(1, count + 1)
    ]
    parts += [
        ("/xl/styles.xml", f"{_SHEET_TYPE}.styles+xml"),
        ("/xl/sharedStrings.xml", f"{_SHEET_TYPE}.sharedStrings+xml"),
        (
            "/docProps/core.xml",
            "application/vnd.openxmlformats-package.core-properties+xml",
        ),
    ]
    lines = (f'<Override PartName="{name}" ContentType="{kind}"/>' for name, kind in parts)
    return (
        f'<Types xmlns="{_PACKAGE}/content-types">'
        '<Default Extension="rels" '
        'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>{"".join(lines)}</Types>'
    )

"""The styles of our own Word templates: calm, accessible, built-in ones where they exist.

Arial, because every office has it and Liberation Sans, which LibreOffice on a server uses for it,
has the same widths: pages break in the same places. Text has a contrast of at least 7 to 1.
"""

FONT = "Arial"
LANGUAGE = "nl-BE"
INK = "1F2933"
ACCENT = "17405E"
SOFT = "4A5560"
LINE = "B8C4CE"
SHADE = "EDF2F6"
WARNING = "7A2E0E"
WARNING_SHADE = "FDF3E7"
TEXT_WIDTH_TWIPS = 9072  # 16 cm

DETAILS = "Overleg Gegevens"
META = "Overleg Toelichting"
CLOSING = "Overleg Slotregel"
NOTICE = "Overleg Melding"
OUTCOME = "Overleg Uitkomst"
CELL = "Overleg Cel"
TABLE = "Overleg Tabel"

BULLET_ID, NUMBER_ID = 1, 2
_DETAILS_INDENT = 1985  # 3.5 cm


def _style(
    name: str,
    *,
    style_id: str = "",
    based_on: str = "Normal",
    following: str = "",
    paragraph: str = "",
    run: str = "",
    attributes: str = "",
) -> str:
    own = style_id or name.replace(" ", "")
    base = f'<w:basedOn w:val="{based_on}"/>' if based_on else ""
    after = f'<w:next w:val="{following}"/>' if following else ""
    return (
        f'<w:style w:type="paragraph" w:styleId="{own}"{attributes}><w:name w:val="{name}"/>'
        f"{base}{after}<w:qFormat/><w:pPr>{paragraph}</w:pPr><w:rPr>{run}</w:rPr></w:style>"
    )


def _look(size: float, colour: str = INK, *, bold: bool = False) -> str:
    points = int(size * 2)
    return (
        f"{'<w:b/><w:bCs/>' if bold else ''}"
        f'<w:color w:val="{colour}"/><w:sz w:val="{points}"/><w:szCs w:val="{points}"/>'
    )


def _spacing(before: int = 0, after: int = 0, line: int = 276) -> str:
    """Points before and after; line height in 240ths of a line."""
    return (
        f'<w:spacing w:before="{before * 20}" w:after="{after * 20}" w:line="{line}"'
        ' w:lineRule="auto"/>'
    )


def _heading(level: int, size: float, before: int, after: int, extra: str = "") -> str:
    return _style(
        f"heading {level}",
        style_id=f"Heading{level}",
        following="Normal",
        paragraph=f"<w:keepNext/><w:keepLines/>{extra}{_spacing(before, after, 252)}"
        f'<w:outlineLvl w:val="{level - 1}"/>',
        run=_look(size, ACCENT, bold=True),
    )


def _panel(colour: str, shade: str) -> str:
    """A bar on the left and a soft ground; panels after one another stay apart."""
    edge = f'w:val="single" w:sz="4" w:space="3" w:color="{shade}"'
    return (
        f'<w:pBdr><w:top {edge}/><w:left w:val="single" w:sz="24" w:space="8" w:color="{colour}"/>'
        f'<w:bottom {edge}/><w:between w:val="single" w:sz="24" w:space="3" w:color="FFFFFF"/>'
        f'</w:pBdr><w:shd w:val="clear" w:color="auto" w:fill="{shade}"/>'
    )


def styles_xml() -> list[str]:
    """The defaults and styles of styles.xml, each an element without its namespace."""
    details = f'<w:tabs><w:tab w:val="left" w:pos="{_DETAILS_INDENT}"/></w:tabs>'
    bar = f'<w:left w:val="single" w:sz="24" w:space="8" w:color="{LINE}"/>'
    rule = f'<w:pBdr><w:bottom w:val="single" w:sz="6" w:space="3" w:color="{LINE}"/></w:pBdr>'
    numbered = (
        '<w:numPr><w:numId w:val="{}"/></w:numPr>' + _spacing(0, 6) + "<w:contextualSpacing/>"
    )
    return [
        (
            "<w:docDefaults><w:rPrDefault><w:rPr>"
            f'<w:rFonts w:ascii="{FONT}" w:hAnsi="{FONT}" w:eastAsia="{FONT}" w:cs="{FONT}"/>'
            f'<w:lang w:val="{LANGUAGE}" w:eastAsia="{LANGUAGE}" w:bidi="ar-SA"/>'
            "</w:rPr></w:rPrDefault><w:pPrDefault/></w:docDefaults>"
        ),
        _style(
            "Normal",
            based_on="",
            attributes=' w:default="1"',
            paragraph=f"<w:widowControl/>{_spacing(0, 6)}",
            run=f'{_look(10)}<w:lang w:val="{LANGUAGE}" w:eastAsia="{LANGUAGE}" w:bidi="ar-SA"/>',
        ),
        _style(
            "Title",
            following="Normal",
            paragraph=f"<w:keepNext/><w:keepLines/>{_spacing(0, 12, 252)}",
            run=_look(20, ACCENT, bold=True),
        ),
        _style(
            "Subtitle",
            following="Normal",
            paragraph=f"<w:keepNext/>{_spacing(0, 3)}",
            run=_look(11, SOFT, bold=True),
        ),
        _heading(1, 14, 18, 8, rule),
        _heading(2, 11.5, 14, 3),
        _heading(3, 10.5, 10, 3),
        _heading(4, 10, 8, 2),
        _style("List Bullet", paragraph=numbered.format(BULLET_ID)),
        _style("List Number", paragraph=numbered.format(NUMBER_ID)),
        _style(
            "Quote",
            paragraph=f'<w:pBdr>{bar}</w:pBdr>{_spacing(4, 8)}<w:ind w:left="397"/>',
            run=f"<w:i/>{_look(10, SOFT)}",
        ),
        _style("header", style_id="Header", run=_look(8.5, SOFT)),
        _style(
            "footer",
            style_id="Footer",
            paragraph=f'<w:tabs><w:tab w:val="right" w:pos="{TEXT_WIDTH_TWIPS}"/></w:tabs>'
            f"{_spacing(0, 0)}",
            run=_look(8.5, SOFT),
        ),
        _style(
            DETAILS,
            paragraph=f"{details}{_spacing(0, 3)}"
            f'<w:ind w:left="{_DETAILS_INDENT}" w:hanging="{_DETAILS_INDENT}"/>',
        ),
        _style(META, paragraph=f"<w:keepNext/>{_spacing(0, 6)}", run=_look(9, SOFT)),
        _style(CLOSING, paragraph=_spacing(0, 8), run=_look(9, SOFT)),
        _style(
            NOTICE,
            paragraph=f'{_panel(WARNING, WARNING_SHADE)}{_spacing(0, 12)}<w:ind w:left="198"/>',
            run=_look(10.5, WARNING, bold=True),
        ),
        _style(
            OUTCOME,
            paragraph=f'<w:keepNext/>{_panel(ACCENT, SHADE)}{_spacing(6, 4)}<w:ind w:left="198"/>',
            run=_look(10, ACCENT, bold=True),
        ),
        _style(CELL, paragraph=_spacing(2, 2, 252), run=_look(9)),
        (
            '<w:style w:type="character" w:default="1" w:styleId="DefaultParagraphFont">'
            '<w:name w:val="Default Paragraph Font"/><w:uiPriority w:val="1"/>'
            "<w:semiHidden/></w:style>"
        ),
        (
            '<w:style w:type="character" w:styleId="Strong"><w:name w:val="Strong"/><w:qFormat/>'
            "<w:rPr><w:b/><w:bCs/></w:rPr></w:style>"
        ),
        (
            '<w:style w:type="character" w:styleId="Hyperlink"><w:name w:val="Hyperlink"/>'
            '<w:rPr><w:color w:val="0B4F9E"/><w:u w:val="single"/></w:rPr></w:style>'
        ),
        (
            '<w:style w:type="table" w:default="1" w:styleId="TableNormal">'
            '<w:name w:val="Normal Table"/><w:uiPriority w:val="99"/><w:semiHidden/>'
            '<w:tblPr><w:tblInd w:w="0" w:type="dxa"/><w:tblCellMar>'
            '<w:top w:w="0" w:type="dxa"/><w:left w:w="108" w:type="dxa"/>'
            '<w:bottom w:w="0" w:type="dxa"/><w:right w:w="108" w:type="dxa"/>'
            "</w:tblCellMar></w:tblPr></w:style>"
        ),
        (
            f'<w:style w:type="table" w:styleId="{TABLE.replace(" ", "")}">'
            f'<w:name w:val="{TABLE}"/>'
            '<w:basedOn w:val="TableNormal"/><w:tblPr><w:tblBorders>'
            f'<w:top w:val="single" w:sz="8" w:space="0" w:color="{ACCENT}"/>'
            f'<w:bottom w:val="single" w:sz="8" w:space="0" w:color="{ACCENT}"/>'
            f'<w:insideH w:val="single" w:sz="4" w:space="0" w:color="{LINE}"/>'
            "</w:tblBorders></w:tblPr>"
            '<w:tblStylePr w:type="firstRow"><w:rPr><w:b/><w:bCs/></w:rPr><w:tcPr>'
            f'<w:shd w:val="clear" w:color="auto" w:fill="{SHADE}"/></w:tcPr>'
            "</w:tblStylePr></w:style>"
        ),
        (
            '<w:style w:type="numbering" w:default="1" w:styleId="NoList"><w:name w:val="No List"/>'
            "<w:semiHidden/></w:style>"
        ),
    ]

"""An empty document in the house style: A4, margins, styles, lists, language, page numbers."""

from datetime import datetime

import docx
from docx.document import Document
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from docx.shared import Cm
from docx.text.paragraph import Paragraph

from overleg.word.lists import list_definition
from overleg.word.styles import BULLET_ID, LANGUAGE, NUMBER_ID, styles_xml

_CREATED = datetime(2026, 11, 1)  # noqa: DTZ001 python-docx wants naive UTC

# Without the compatibility mode Word says that the file was made for an older version.
_SETTINGS = (
    '<w:zoom w:percent="100"/><w:defaultTabStop w:val="709"/>'
    '<w:characterSpacingControl w:val="doNotCompress"/>'
    "<w:compat>"
    '<w:compatSetting w:name="compatibilityMode"'
    ' w:uri="http://schemas.microsoft.com/office/word" w:val="15"/>'
    '<w:compatSetting w:name="overrideTableStyleFontSizeAndJustification"'
    ' w:uri="http://schemas.microsoft.com/office/word" w:val="1"/>'
    "</w:compat>"
    f'<w:themeFontLang w:val="{LANGUAGE}"/>'
    '<w:decimalSymbol w:val=","/><w:listSeparator w:val=";"/>'
)
_LEFT_OUT = ("stylesWithEffects", "customXml", "thumbnail")


def house_document(title: str) -> Document:
    """An empty A4 document in the house style, with the footer "title - Pagina X van Y"."""
    document = docx.Document()
    _replace_styles(document)
    _replace_numbering(document)
    _replace_settings(document)
    _leave_out_spare_parts(document)
    _describe(document, title)
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = Cm(2.5)
    section.top_margin = section.bottom_margin = Cm(2.5)
    section.header_distance = section.footer_distance = Cm(1.25)
    write_footer(section.footer.paragraphs[0])
    return document


def _replace_styles(document: Document) -> None:
    root = document.styles.element
    for child in root.xpath("./w:docDefaults | ./w:style | ./w:latentStyles"):
        root.remove(child)
    for xml in styles_xml():
        root.append(parse_xml(xml.replace(">", f" {nsdecls('w')}>", 1)))


def _replace_numbering(document: Document) -> None:
    root = document.part.numbering_part.element
    for child in list(root):
        root.remove(child)
    for abstract_id, ordered in ((BULLET_ID, False), (NUMBER_ID, True)):
        root.append(list_definition(abstract_id, ordered=ordered))
    for number_id in (BULLET_ID, NUMBER_ID):
        root.append(
            parse_xml(
                f'<w:num {nsdecls("w")} w:numId="{number_id}">'
                f'<w:abstractNumId w:val="{number_id}"/></w:num>'
            )
        )


def _describe(document: Document, title: str) -> None:
    properties = document.core_properties
    properties.title = title
    properties.author = properties.last_modified_by = "Overleg"
    properties.comments = ""
    properties.language = LANGUAGE
    properties.created = properties.modified = _CREATED


def _replace_settings(document: Document) -> None:
    root = document.settings.element
    for child in list(root):
        root.remove(child)
    for child in parse_xml(f"<w:settings {nsdecls('w')}>{_SETTINGS}</w:settings>"):
        root.append(child)


def _leave_out_spare_parts(document: Document) -> None:
    """Takes out what python-docx's own empty document brings and ours does not use."""
    for rels in (document.part.rels, document.part.package.rels):
        for key in [key for key, rel in rels.items() if rel.reltype.endswith(_LEFT_OUT)]:
            del rels[key]


def write_footer(paragraph: Paragraph) -> None:
    """The title on the left, the page number and the number of pages on the right."""
    paragraph.add_run("{{ title }}\tPagina ")
    _add_field(paragraph, "PAGE")
    paragraph.add_run(" van ")
    _add_field(paragraph, "NUMPAGES")


def _add_field(paragraph: Paragraph, code: str) -> None:
    """A field that Word and LibreOffice fill in themselves."""
    paragraph._p.append(
        parse_xml(
            f'<w:fldSimple {nsdecls("w")} w:instr=" {code} "><w:r><w:t>1</w:t></w:r></w:fldSimple>'
        )
    )

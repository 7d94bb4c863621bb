"""Word's numbering part: list definitions and the numbering instances that lists use."""

from docx.document import Document
from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.parts.numbering import NumberingPart

LEVELS = 9
_STEP_TWIPS = 397  # 0.7 cm
_BULLETS = ("•", "–", "▪")
_NUMBERS = (("decimal", "%{0}."), ("lowerLetter", "%{0})"), ("lowerRoman", "%{0})"))


def list_definition(abstract_id: int, *, ordered: bool) -> BaseOxmlElement:
    """A list definition of nine levels: bullets, or 1. a) i) and again."""
    levels = "".join(_level(level, ordered=ordered) for level in range(LEVELS))
    return parse_xml(
        f'<w:abstractNum {nsdecls("w")} w:abstractNumId="{abstract_id}">'
        f'<w:multiLevelType w:val="multilevel"/>{levels}</w:abstractNum>'
    )


def _level(level: int, *, ordered: bool) -> str:
    if ordered:
        form, text = _NUMBERS[level % len(_NUMBERS)]
        text = text.format(level + 1)
    else:
        form, text = "bullet", _BULLETS[level % len(_BULLETS)]
    return (
        f'<w:lvl w:ilvl="{level}"><w:start w:val="1"/><w:numFmt w:val="{form}"/>'
        f'<w:lvlText w:val="{text}"/><w:lvlJc w:val="left"/>'
        f'<w:pPr><w:ind w:left="{_STEP_TWIPS * (level + 1)}" w:hanging="{_STEP_TWIPS}"/></w:pPr>'
        "</w:lvl>"
    )


class Numbering:
    """The numbering part of one document; made when the document has none."""

    def __init__(self, document: Document) -> None:
        self._document = document
        self._definition_ids: dict[bool, str] = {}
        self._last_id = 0

    def new_list(self, *, ordered: bool, restart_level: int | None = None) -> str:
        """The id of a new numbering instance; with a level, that level starts at 1."""
        root = self._root()
        if not self._last_id:
            self._last_id = max(map(int, root.xpath("./w:num/@w:numId")), default=0)
        self._last_id += 1
        restart = ""
        if restart_level is not None:
            restart = (
                f'<w:lvlOverride w:ilvl="{restart_level}"><w:startOverride w:val="1"/>'
                "</w:lvlOverride>"
            )
        number = parse_xml(
            f'<w:num {nsdecls("w")} w:numId="{self._last_id}">'
            f'<w:abstractNumId w:val="{self._definition_id(ordered=ordered)}"/>{restart}</w:num>'
        )
        followers = root.xpath("./w:numIdMacAtCleanup")
        if followers:
            followers[0].addprevious(number)
        else:
            root.append(number)
        return str(self._last_id)

    def define(self, *, ordered: bool) -> str:
        """Adds a list definition of our own and returns its id."""
        root = self._root()
        taken = [int(value) for value in root.xpath("./w:abstractNum/@w:abstractNumId")]
        abstract_id = max(taken, default=-1) + 1
        definition = list_definition(abstract_id, ordered=ordered)
        numbers = root.xpath("./w:num")
        if numbers:  # the standard wants all definitions before the instances
            numbers[0].addprevious(definition)
        else:
            root.append(definition)
        return str(abstract_id)

    def _definition_id(self, *, ordered: bool) -> str:
        """The definition behind the template's own list style, or else ours."""
        if ordered not in self._definition_ids:
            self._definition_ids[ordered] = self._style_definition(
                "List Number" if ordered else "List Bullet"
            ) or self.define(ordered=ordered)
        return self._definition_ids[ordered]

    def _style_definition(self, style_name: str) -> str:
        number_ids = self._document.styles.element.xpath(
            f"./w:style[w:name/@w:val='{style_name}']/w:pPr/w:numPr/w:numId/@w:val"
        )
        for number_id in number_ids:
            path = f"./w:num[@w:numId='{number_id}']/w:abstractNumId/@w:val"
            for abstract_id in self._root().xpath(path):
                levels = f"./w:abstractNum[@w:abstractNumId='{abstract_id}']/w:lvl"
                if len(self._root().xpath(levels)) == LEVELS:
                    return str(abstract_id)
        return ""

    def _root(self) -> BaseOxmlElement:
        part = self._document.part
        if not any(rel.reltype == RELATIONSHIP_TYPE.NUMBERING for rel in part.rels.values()):
            empty = f"<w:numbering {nsdecls('w')}/>".encode()
            made = NumberingPart.load(
                PackURI("/word/numbering.xml"), CONTENT_TYPE.WML_NUMBERING, empty, part.package
            )
            part.relate_to(made, RELATIONSHIP_TYPE.NUMBERING)
        root: BaseOxmlElement = part.numbering_part.element
        return root

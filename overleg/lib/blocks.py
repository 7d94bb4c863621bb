"""Rich text as a flat row of blocks, the one form that HTML, plain text and Word are made from.

A block is a paragraph, a heading, a quotation or an item of a list; lists know their depth and a
number of their own, so that two lists after one another stay two lists.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from html.parser import HTMLParser

import nh3

MAX_DEPTH = 8
"""Deepest list level, counted from 0: as deep as Word numbers."""

MAX_NESTING = 200
"""Deepest nesting of tags that is read as such; nobody writes half of it."""

_ILLEGAL = re.compile(
    r"[^\t\n\r\x20-\x7e\xa0-\ud7ff\ue000-\ufdcf\ufdf0-\ufffd\U00010000-\U0010ffff]"
)
_SPACES = re.compile(r"[ \t\r\n\f]+")
_TAG = re.compile(r"<(/?)([a-zA-Z][^\s/>]*)[^>]*>?")
"""Up to the end where it does not close: then each letter is read once, whatever is typed."""
_SAFE_HREF = re.compile(r"(?:https?://|mailto:)\S+", re.IGNORECASE)
_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_LISTS = frozenset({"ul", "ol"})
_LOOKS = {
    "strong": "bold",
    "b": "bold",
    "em": "italic",
    "i": "italic",
    "del": "struck",
    "s": "struck",
}
_BREAKING = frozenset({"p", "div", "li", "blockquote", *_HEADINGS})
_NEVER_NESTING = frozenset({"p", "li", "br", "hr", "img"})
_TAGS = {"br", "a", *_BREAKING, *_LISTS, *_LOOKS}


class BlockKind(StrEnum):
    """What a block is; the value is its HTML tag."""

    PARAGRAPH = "p"
    HEADING = "h3"
    QUOTE = "blockquote"
    ITEM = "li"


@dataclass(frozen=True, slots=True)
class Run:
    """A piece of text, without line breaks, with one look."""

    text: str
    bold: bool = False
    italic: bool = False
    struck: bool = False
    href: str = ""

    def saying(self, text: str) -> "Run":
        """Another text with the same look."""
        return Run(text, self.bold, self.italic, self.struck, self.href)


Line = tuple[Run, ...]


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph, heading, quotation or list item, as lines of runs."""

    kind: BlockKind
    lines: tuple[Line, ...]
    depth: int = 0
    """List level of an item, 0 for the outermost list."""
    ordered: bool = False
    list_id: int = 0
    """Items of one list share this number."""


def without_control(text: str) -> str:
    """The text without characters that XML refuses: control characters, lone surrogates."""
    return _ILLEGAL.sub("", text)


def safe_href(address: str) -> str:
    """The address when it is an absolute http, https or mailto one, else an empty string."""
    bare = without_control(address).strip()
    return bare if _SAFE_HREF.fullmatch(bare) else ""


def tidy_line(runs: Iterable[Run]) -> Line:
    """Spaces collapsed as a browser does, equal neighbours joined; empty when nothing is said."""
    tidy: list[Run] = []
    after_space = True
    for run in runs:
        text = _SPACES.sub(" ", run.text)
        if after_space:
            text = text.lstrip(" ")
        if not text:
            continue
        after_space = text.endswith(" ")
        if tidy and tidy[-1].saying("") == run.saying(""):
            text = tidy.pop().text + text
        tidy.append(run.saying(text))
    if tidy and after_space:
        last = tidy.pop()
        if text := last.text.rstrip(" "):
            tidy.append(last.saying(text))
    return tuple(tidy) if any(run.text.strip() for run in tidy) else ()


def split_lines(lines: Sequence[Line]) -> list[tuple[Line, ...]]:
    """Groups of lines between empty lines: an empty line parts two paragraphs."""
    groups: list[list[Line]] = [[]]
    for line in lines:
        if line:
            groups[-1].append(line)
        elif groups[-1]:
            groups.append([])
    return [tuple(group) for group in groups if group]


def _no_deeper(html: str) -> str:
    """The same, with a line break for each tag that opens below MAX_NESTING.

    The time that parsing takes grows with the square of the depth: seconds for 20,000 tags.
    """
    opened: list[str] = []

    def keep(tag: re.Match[str]) -> str:
        name = tag[2].lower()
        if tag[1]:
            if name in opened:
                opened.remove(name)
        elif name not in _NEVER_NESTING:
            if len(opened) == MAX_NESTING:
                return "<br>"
            opened.append(name)
        return tag[0]

    return _TAG.sub(keep, html)


def read_html(html: str) -> tuple[Block, ...]:
    """Any HTML, hostile or broken, as blocks; what is not allowed is dropped, its words kept.

    Scripts and styles go with their content. Links keep only http, https and mailto. Never raises.
    """
    safe = nh3.clean(
        _no_deeper(without_control(html)),
        tags=_TAGS,
        attributes={"a": {"href"}},
        url_schemes={"http", "https", "mailto"},
        link_rel=None,
    )
    reader = _Reader()
    reader.feed(safe)
    reader.close()
    reader.end_block()
    return tuple(reader.blocks)


@dataclass(slots=True)
class _OpenList:
    ordered: bool
    list_id: int
    has_items: bool = False


class _Reader(HTMLParser):
    """Makes blocks from HTML that nh3 has made safe and well-formed."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.blocks: list[Block] = []
        self._lines: list[list[Run]] = [[]]
        self._lists: list[_OpenList] = []
        self._list_count = 0
        self._looks = {"bold": 0, "italic": 0, "struck": 0}
        self._hrefs: list[str] = []
        self._quotes = 0
        self._headings = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "br":
            self._lines.append([])
        elif tag == "a":
            self._hrefs.append(safe_href(dict(attrs).get("href") or ""))
        elif tag in _LOOKS:
            self._looks[_LOOKS[tag]] += 1
        else:
            self._start_block(tag)

    def _start_block(self, tag: str) -> None:
        if tag in {"p", "div"} and self._lists:
            self._lines.append([])
            return
        self.end_block()
        if tag in _LISTS:
            self._list_count += 1
            self._lists.append(_OpenList(tag == "ol", self._list_count))
        self._quotes += tag == "blockquote"
        self._headings += tag in _HEADINGS

    def handle_endtag(self, tag: str) -> None:
        if tag == "a":
            del self._hrefs[-1:]
        elif tag in _LOOKS:
            self._looks[_LOOKS[tag]] -= 1
        elif tag in {"p", "div"} and self._lists:
            self._lines.append([])
        elif tag in _BREAKING or tag in _LISTS:
            self.end_block()
            if tag in _LISTS:
                del self._lists[-1:]
            self._quotes -= tag == "blockquote"
            self._headings -= tag in _HEADINGS

    def handle_data(self, data: str) -> None:
        looks = self._looks
        self._lines[-1].append(
            Run(
                without_control(data),
                looks["bold"] > 0,
                looks["italic"] > 0,
                looks["struck"] > 0,
                self._hrefs[-1] if self._hrefs else "",
            )
        )

    def end_block(self) -> None:
        """Closes the block under way, when it says something."""
        lines = [tidy_line(line) for line in self._lines]
        self._lines = [[]]
        if not any(lines):
            return
        if self._lists:
            self._end_item(tuple(line for line in lines if line))
        elif self._headings:
            words = tidy_line(run for line in lines for run in (*line, Run(" ")))
            self.blocks.append(Block(BlockKind.HEADING, (words,)))
        else:
            kind = BlockKind.QUOTE if self._quotes else BlockKind.PARAGRAPH
            self.blocks.extend(Block(kind, group) for group in split_lines(lines))

    def _end_item(self, lines: tuple[Line, ...]) -> None:
        current = self._lists[-1]
        depth = sum(parent.has_items for parent in self._lists[:-1])
        current.has_items = True
        self.blocks.append(
            Block(BlockKind.ITEM, lines, min(depth, MAX_DEPTH), current.ordered, current.list_id)
        )

"""Parse a page strictly, as html5lib does, and many times faster for pages of a known shape.

html5lib takes longer than the application that made the page. Whether it has something to repair
depends, in a page whose tags are all opened and closed in turn, on what stands in what. So such a
page is read here; html5lib reads each one in which something stands where it did not stand in a
page before (and every page written in any other way), and it has the last word on what is wrong.
"""

import re
from functools import lru_cache
from html import unescape
from xml.etree.ElementTree import Element, TreeBuilder

import html5lib

Place = tuple[str, ...]
"""The tags from the root down to an element, or to a text in it."""

TEXT = "#text"
VOID = {"area", "base", "br", "col", "hr", "img", "input", "link", "meta", "source", "wbr"}
ONLY_TEXT_IN = {"textarea", "title", "style"}
FIRST_BREAK_IS_DROPPED = {"textarea", "pre"}
PART = re.compile(
    r"""(?P<text>[^<]+)
    |</(?P<end>[a-z][a-z0-9-]*)>
    |<(?P<start>[a-z][a-z0-9-]*)
        (?P<attributes>(?:\s+[a-zA-Z][\w:.-]*(?:="[^"]*")?)*)\s*(?P<closed>/?)>
    |<!--(?!>|->)(?:(?!--).)*-->""",
    re.VERBOSE | re.DOTALL,
)
ATTRIBUTE = re.compile(r'([a-zA-Z][\w:.-]*)(?:="([^"]*)")?')
SCRIPT_END = re.compile(r"</script>")
DOCTYPE = re.compile(r"<!doctype html>\s*", re.IGNORECASE)
# Whether these are right takes the standard's tables.
DOUBTFUL = re.compile(
    r"&(?!(?:amp|lt|gt|quot|nbsp|#39|#34);)|[\x00-\x08\x0b-\x1f\x7f-\x9f\ufdd0-\ufdef\ufffe\uffff]"
)


class UnusualError(Exception):
    """The page is not written in the plain way that is read here."""


KNOWN: set[Place] = set()
"""Where something stood in a page that html5lib found right."""


@lru_cache(maxsize=4)
def parse(html: str) -> Element:
    """Parse a page strictly; raises on HTML that a browser would have to repair.

    The last pages are kept: only look at what is returned.
    """
    html = html.replace("\r\n", "\n")
    try:
        page, places = _read_plainly(html)
    except UnusualError:
        return _read_strictly(html)
    if not places <= KNOWN:
        _read_strictly(html)
        KNOWN.update(places)
    return page


def _read_strictly(html: str) -> Element:
    parser = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False)
    page: Element = parser.parse(html)
    return page


def _read_plainly(html: str) -> tuple[Element, set[Place]]:
    """Read a page in which every tag is opened and closed in turn, and what stands where."""
    doctype = DOCTYPE.match(html)
    if doctype is None or DOUBTFUL.search(html):
        raise UnusualError
    reader = _Reader()
    at = doctype.end()
    while at < len(html):
        part = PART.match(html, at)
        if part is None:
            raise UnusualError
        at = part.end()
        if start := part["start"]:
            reader.start(start, part["attributes"], closed=bool(part["closed"]))
            if start == "script":
                end = SCRIPT_END.search(html, at)
                if end is None:
                    raise UnusualError
                reader.builder.data(html[at : end.start()])
                at = end.start()
        elif end_tag := part["end"]:
            reader.end(end_tag)
        elif text := part["text"]:
            reader.text(text)
    return reader.finish()


class _Reader:
    """Builds the tree, and notes in what place each thing stands."""

    def __init__(self) -> None:
        self.builder = TreeBuilder()
        self._here: Place = ()
        self._places: set[Place] = set()
        self._just_opened = False
        self._svg = 0

    def start(self, tag: str, attributes: str, *, closed: bool) -> None:
        """An element opens; it closes at once when it can hold nothing."""
        found = ATTRIBUTE.findall(attributes) if attributes else ()
        values = {name.lower(): unescape(value) for name, value in found}
        place = (*self._here, tag)
        once_more = len(place) <= 2 and place in self._places
        self._svg += tag == "svg"
        ends = tag in VOID or (closed and self._svg > 0)
        inside_text = bool(self._here) and self._here[-1] in ONLY_TEXT_IN
        if len(values) < len(found) or once_more or inside_text or (closed and not ends):
            raise UnusualError
        self._places.add(place)
        self.builder.start(tag, values)
        self._just_opened = tag in FIRST_BREAK_IS_DROPPED
        if ends:
            self._svg -= tag == "svg"
            self.builder.end(tag)
        else:
            self._here = place

    def end(self, tag: str) -> None:
        """The element that was opened last must be the one that closes."""
        if not self._here or self._here[-1] != tag:
            raise UnusualError
        self._svg -= tag == "svg"
        self.builder.end(tag)
        self._here = self._here[:-1]
        self._just_opened = False

    def text(self, text: str) -> None:
        """Text, with its entities; where it is more than space it stands in a place too."""
        if self._just_opened:
            text = text.removeprefix("\n")
        if text.strip():
            self._places.add((*self._here, TEXT))
        if self._here:
            self.builder.data(unescape(text))
        self._just_opened = False

    def finish(self) -> tuple[Element, set[Place]]:
        """The page and its places, when it is whole."""
        if self._here or not self._places >= {("html", "head"), ("html", "body")}:
            raise UnusualError
        return self.builder.close(), self._places

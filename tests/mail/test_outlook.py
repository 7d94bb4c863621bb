"""Outlook on Windows lays out mails with Word: every mail uses only what Word reads.

What Word reads of which element is as www.caniemail.com has it (Outlook, Windows, 2007 to 2019).
"""

import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

import pytest

from overleg import resources

MAILS = sorted((resources.folder("templates") / "mail").glob("*.html"))
JINJA = re.compile(r"\{#.*?#\}|\{%.*?%\}|\{\{.*?\}\}", re.DOTALL)
FOR_WORD = re.compile(r"<!--\[if mso\]>(.*?)<!\[endif\]-->", re.DOTALL)

ELEMENTS = frozenset(
    [
        "html",
        "head",
        "meta",
        "title",
        "body",
        "table",
        "tr",
        "td",
        "p",
        "a",
        "strong",
        "span",
        "br",
        "ul",
        "li",
    ]
)
TEXT = frozenset(
    [
        "color",
        "background-color",
        "font-family",
        "font-size",
        "font-weight",
        "line-height",
        "text-align",
        "text-decoration",
        "white-space",
    ]
)
BOX = {
    "td": {"padding", "border", "border-top", "border-left", "mso-padding-alt"},
    "table": {"margin", "width"},
    "p": {"margin"},
    "ul": {"margin"},
    "li": {"margin"},
}
FALLS_BACK = {
    ("body", "margin:0"),
    ("body", "padding:0"),
    ("ul", "padding:0"),
    ("table", "max-width:600px"),
    ("a", "display:inline-block"),
    ("a", "padding"),
}
"""What Word leaves out, where that is seen to (below) or makes no difference."""


BARE = {"role": "presentation", "cellpadding": "0", "cellspacing": "0", "border": "0"}


class Reader(HTMLParser):
    """Every element with its attributes and its style, and the style of what it stands in."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str], dict[str, str], dict[str, str]]] = []
        self._open: list[tuple[str, dict[str, str]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {key: value or "" for key, value in attrs}
        parts = [part.partition(":") for part in given.get("style", "").split(";") if part]
        style = {name: value for name, _, value in parts}
        self.found.append((tag, given, style, self._open[-1][1] if self._open else {}))
        if tag not in {"br", "meta"}:
            self._open.append((tag, style))

    def handle_endtag(self, tag: str) -> None:
        assert self._open.pop()[0] == tag, f"</{tag}> closes something else"


def wrong_in(source: str) -> list[str]:
    """What Word would not show as it was meant."""
    reader = Reader()
    reader.feed(JINJA.sub("", source))
    return [
        wrong
        for tag, given, style, around in reader.found
        for wrong in (*wrong_style(tag, style), *wrong_element(tag, given, style, around))
    ]


def wrong_style(tag: str, style: dict[str, str]) -> Iterator[str]:
    """What of a style Word does not read on this element."""
    for name, value in style.items():
        known = name in TEXT | BOX.get(tag, set())
        if not known and not {(tag, name), (tag, f"{name}:{value}")} & FALLS_BACK:
            yield f"Word knows no {name} of <{tag}>"
        if name == "margin" and ("auto" in value or "-" in value):
            yield f"Word knows no margin of {value}"


def wrong_element(
    tag: str, given: dict[str, str], style: dict[str, str], around: dict[str, str]
) -> Iterator[str]:
    """What an element misses for Word, as what it falls back on."""
    if tag not in ELEMENTS:
        yield f"<{tag}> is not for a mail"
    if tag == "a" and "padding" in style and "mso-padding-alt" not in around:
        yield "a button without room for Word around it"
    if tag == "table" and not BARE.items() <= given.items():
        yield "a table that Word gives lines or room of its own"
    if "max-width" in style and given.get("width") != "100%":
        yield "a width that Word does not know"
    if tag == "td" and "background-color" in style and "bgcolor" not in given:
        yield "a colour that old ones do not know"


@pytest.mark.parametrize("path", MAILS, ids=lambda path: path.stem)
def test_a_mail_uses_only_what_word_reads(path: Path) -> None:
    source = path.read_text()
    assert wrong_in(source) == []
    assert re.search(r"<(img|style|link|script|div)\b|background-image|url\(", source) is None
    assert path.with_suffix(".txt").exists(), "each mail is there as plain text too"
    if "max-width" in source:
        assert 'width="600"' in " ".join(FOR_WORD.findall(source)), "Word has a width of its own"


def test_what_word_does_not_read_is_found() -> None:
    for wrong in (
        '<div style="display:flex;">',
        '<p style="padding:0 0 0 12px;">',
        '<p style="border-left:3px solid #d9e0e3;">',
        '<span style="margin:4px;">',
        '<ul style="padding:0 0 0 20px;">',
        '<td style="border-radius:4px;">',
        "<table><tr><td>Zonder role</td></tr></table>",
        '<td><a style="display:inline-block;padding:12px;">Knop</a></td>',
    ):
        assert wrong_in(wrong), wrong

"""Rich text: clean HTML, and plain text that becomes it and comes back from it.

The HTML is what the editor in the page can make: paragraphs, one level of heading, quotations,
bold, italic, struck, links and lists. Plain text is for people without JavaScript, for mails and
for calendars: an empty line parts paragraphs, "- " begins a bullet and "1. " a numbered list, two
spaces before it make it a level deeper.
"""

import re
from collections.abc import Sequence
from dataclasses import replace
from html import escape
from itertools import groupby

from overleg.lib.blocks import (
    MAX_DEPTH,
    Block,
    BlockKind,
    Line,
    Run,
    read_html,
    tidy_line,
    without_control,
)

_ITEM = re.compile(r"(?:(-)|([0-9]{1,4})\.) (.*\S.*)")
_INDENT = 2


def clean_html(html: str) -> str:
    """Any HTML, made safe and regular: the same words in the few tags we know.

    Cleaning what is clean changes nothing. Never raises.
    """
    return _to_html(read_html(html))


def plain_to_html(text: str) -> str:
    """Plain text as clean HTML; markup in it stays text. Never raises."""
    return _to_html(_read_plain(text))


def html_to_plain(html: str) -> str:
    """The words of any HTML as plain text, links as "words (address)". Never raises.

    What it returns for HTML made by `plain_to_html` becomes that same HTML again.
    """
    return _to_plain(read_html(html))


def excerpt(html: str, length: int) -> str:
    """The beginning of the words on one line, at most `length` characters, cut between words."""
    words = " ".join(run.text for block in read_html(html) for run in _flat(block))
    words = re.sub(r"\s+", " ", words).strip()
    if len(words) <= length:
        return words
    cut = words[: max(length - 1, 0)]
    if " " in cut and words[len(cut)] != " ":
        cut = cut[: cut.rindex(" ")]
    return f"{cut.rstrip(' ,;:.')}…" if length > 0 else ""


def numbered_parts(html: str) -> tuple[str, ...]:
    """The outermost points of the numbered lists in it, each as clean HTML without its number.

    What stands before the first point goes with it, what follows a point goes with that point.
    Without a numbered list the whole is one part; empty HTML has none.
    """
    parts: list[list[Block]] = [[]]
    pointed = False
    for block in read_html(html):
        if block.kind is BlockKind.ITEM and block.ordered and block.depth == 0:
            if pointed:
                parts.append([])
            pointed = True
            parts[-1].append(replace(block, kind=BlockKind.PARAGRAPH, ordered=False, list_id=0))
        elif pointed and block.depth > 0:
            parts[-1].append(replace(block, depth=block.depth - 1))
        else:
            parts[-1].append(block)
    return tuple(_to_html(part) for part in parts if part)


def _flat(block: Block) -> Line:
    return tuple(run for line in block.lines for run in line)


def _run_html(run: Run) -> str:
    html = escape(run.text, quote=False)
    for wanted, tag in ((run.struck, "del"), (run.italic, "em"), (run.bold, "strong")):
        if wanted:
            html = f"<{tag}>{html}</{tag}>"
    return f'<a href="{escape(run.href)}">{html}</a>' if run.href else html


def _lines_html(block: Block) -> str:
    return "<br>".join("".join(_run_html(run) for run in line) for line in block.lines)


def _to_html(blocks: Sequence[Block]) -> str:
    parts: list[str] = []
    for kind, group in groupby(blocks, key=lambda block: block.kind):
        if kind is BlockKind.ITEM:
            parts.append(_lists_html(list(group)))
        elif kind is BlockKind.QUOTE:
            quoted = "".join(f"<p>{_lines_html(block)}</p>" for block in group)
            parts.append(f"<blockquote>{quoted}</blockquote>")
        else:
            parts += [f"<{kind}>{_lines_html(block)}</{kind}>" for block in group]
    return "".join(parts)


def _lists_html(items: list[Block]) -> str:
    parts: list[str] = []
    opened: list[Block] = []

    def close() -> None:
        parts.append(f"</li></{_list_tag(opened.pop())}>")

    for item in items:
        while len(opened) > item.depth + 1:
            close()
        if len(opened) > item.depth and opened[-1].list_id != item.list_id:
            close()
        if len(opened) > item.depth:
            parts.append("</li>")
        else:
            opened.append(item)
            parts.append(f"<{_list_tag(item)}>")
        parts.append(f"<li>{_lines_html(item)}")
    while opened:
        close()
    return "".join(parts)


def _list_tag(item: Block) -> str:
    return "ol" if item.ordered else "ul"


def _run_plain(run: Run) -> str:
    address = run.href.removeprefix("mailto:")
    if not address or run.text.strip() in {address, run.href}:
        return run.text
    return f"{run.text.rstrip()} ({address})"


def _to_plain(blocks: Sequence[Block]) -> str:
    parts: list[str] = []
    counts: dict[int, int] = {}
    in_list = 0  # the outermost list under way
    for block in blocks:
        is_item = block.kind is BlockKind.ITEM
        lines = ["".join(_run_plain(run) for run in line) for line in block.lines]
        if is_item:
            counts[block.list_id] = number = counts.get(block.list_id, 0) + 1
            mark = f"{number}." if block.ordered else "-"
            indent = " " * (_INDENT * block.depth)
            lines[0] = f"{indent}{mark} {lines[0]}"
            lines[1:] = [f"{indent}{' ' * _INDENT}{line}" for line in lines[1:]]
        goes_on = is_item and in_list and (block.depth > 0 or block.list_id == in_list)
        if parts:
            parts.append("\n" if goes_on else "\n\n")
        parts.append("\n".join(lines))
        if not goes_on:
            in_list = block.list_id if is_item else 0
    return "".join(parts)


class _PlainReader:
    """Makes blocks from lines of plain text."""

    def __init__(self) -> None:
        self.blocks: list[Block] = []
        self._paragraph: list[Line] = []
        self._open: list[Block] = []  # the last item at each level
        self._counts: dict[int, int] = {}
        self._list_count = 0

    def read(self, line: str) -> None:
        """Takes the next line."""
        said = tidy_line([Run(line)])
        if not said:
            self.end()
            return
        text = said[0].text
        indent = len(line) - len(line.lstrip(" "))
        depth = min(indent // _INDENT, len(self._open), MAX_DEPTH)
        if (match := _ITEM.fullmatch(text)) and self._add_item(depth, match):
            return
        if self._open and indent >= _INDENT:
            self._continue_item(said)
        else:
            if self._open:
                self.end()
            self._paragraph.append(said)

    def end(self) -> None:
        """Closes the paragraph and the lists under way."""
        if self._paragraph:
            self.blocks.append(Block(BlockKind.PARAGRAPH, tuple(self._paragraph)))
        self._paragraph = []
        self._open = []

    def _add_item(self, depth: int, match: re.Match[str]) -> bool:
        """Adds an item; false when a number neither begins nor continues a list."""
        ordered = match[2] is not None
        sibling = self._open[depth] if depth < len(self._open) else None
        goes_on = sibling is not None and sibling.ordered == ordered
        if ordered and sibling is not None and goes_on:
            goes_on = int(match[2]) == self._counts[sibling.list_id] + 1
        if ordered and not goes_on and int(match[2]) != 1:
            return False
        if self._paragraph:
            self.end()
        if sibling is not None and goes_on:
            list_id = sibling.list_id
        else:
            self._list_count += 1
            list_id = self._list_count
        self._counts[list_id] = self._counts.get(list_id, 0) + 1
        words = tidy_line([Run(match[3])])
        item = Block(BlockKind.ITEM, (words,), depth, ordered, list_id)
        self.blocks.append(item)
        self._open[depth:] = [item]
        return True

    def _continue_item(self, line: Line) -> None:
        last = self.blocks.pop()
        item = Block(last.kind, (*last.lines, line), last.depth, last.ordered, last.list_id)
        self.blocks.append(item)
        self._open[-1] = item


def _read_plain(text: str) -> tuple[Block, ...]:
    reader = _PlainReader()
    unified = text.replace("\r\n", "\n").replace("\r", "\n").replace("\t", " " * _INDENT)
    for line in without_control(unified).split("\n"):
        reader.read(line)
    reader.end()
    return tuple(reader.blocks)

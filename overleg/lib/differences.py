"""What changed between two texts, word by word, for people to read. Pure.

Paragraphs are compared first, and words only within those that differ: so a long text costs no
more than what was changed in it.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum

from overleg.lib.blocks import BlockKind, read_html

MOST_COMPARED = 1_000_000
"""Words before times words after; above it a passage is shown as replaced."""

_END = "\n"


class Mark(StrEnum):
    """What happened to some words; the value is the HTML tag that says so."""

    KEPT = ""
    REMOVED = "del"
    ADDED = "ins"


@dataclass(frozen=True, slots=True)
class Piece:
    """Words that stayed, went or came."""

    text: str
    mark: Mark = Mark.KEPT


Paragraph = tuple[Piece, ...]
_Words = tuple[str, ...]


def marked_html(before: str, after: str) -> tuple[Paragraph, ...]:
    """What changed between two texts of clean HTML, by paragraph; looks are not compared."""
    return _marked(_paragraphs(before), _paragraphs(after))


def marked_line(before: str, after: str) -> Paragraph:
    """What changed between two lines of plain text."""
    marked = _marked([tuple(before.split())], [tuple(after.split())])
    return tuple(piece for paragraph in marked for piece in paragraph)


def is_changed(paragraphs: Sequence[Paragraph]) -> bool:
    """Whether anything in it went or came."""
    return any(piece.mark is not Mark.KEPT for paragraph in paragraphs for piece in paragraph)


def _paragraphs(html: str) -> list[_Words]:
    found = []
    for block in read_html(html):
        words = " ".join("".join(run.text for run in line) for line in block.lines).split()
        found.append(("–", *words) if block.kind is BlockKind.ITEM else tuple(words))
    return [words for words in found if words]


def _marked(before: Sequence[_Words], after: Sequence[_Words]) -> tuple[Paragraph, ...]:
    paragraphs: list[list[Piece]] = [[]]
    for words, mark in _runs(before, after):
        line: list[str] = []
        for word in (*words, ""):
            if word and word != _END:
                line.append(word)
                continue
            if line:
                paragraphs[-1].append(Piece(" ".join(line), mark))
                line = []
            if word == _END and paragraphs[-1]:
                paragraphs.append([])
    return tuple(tuple(paragraph) for paragraph in paragraphs if paragraph)


def _runs(before: Sequence[_Words], after: Sequence[_Words]) -> Iterator[tuple[_Words, Mark]]:
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    for _tag, start, end, new_start, new_end in matcher.get_opcodes():
        old, new = _flat(before[start:end]), _flat(after[new_start:new_end])
        if old == new:
            yield new, Mark.KEPT
        elif len(old) * len(new) > MOST_COMPARED:
            yield old, Mark.REMOVED
            yield new, Mark.ADDED
        else:
            yield from _word_runs(old, new)


def _flat(paragraphs: Sequence[_Words]) -> _Words:
    return tuple(word for words in paragraphs for word in (*words, _END))


def _word_runs(old: _Words, new: _Words) -> Iterator[tuple[_Words, Mark]]:
    for tag, start, end, new_start, new_end in SequenceMatcher(
        None, old, new, autojunk=False
    ).get_opcodes():
        if tag == "equal":
            yield new[new_start:new_end], Mark.KEPT
        else:
            yield old[start:end], Mark.REMOVED
            yield new[new_start:new_end], Mark.ADDED

"""The part of a text around what was found, with the found words told apart. Pure."""

import re
from dataclasses import dataclass

from overleg.lib.words import Sought, places_of

BEFORE = 80
LENGTH = 260
_REST_OF_WORD = re.compile(rf"\S{{,{BEFORE}}}")


@dataclass(frozen=True)
class Piece:
    """A stretch of text that is one of the words asked for, or is not."""

    text: str
    is_found: bool = False


def mark(text: str, asked: Sought) -> tuple[Piece, ...]:
    """The whole text, cut where found words begin and end."""
    pieces: list[Piece] = []
    place = 0
    for start, end in places_of(asked, text):
        if start > place:
            pieces.append(Piece(text[place:start]))
        pieces.append(Piece(text[start:end], is_found=True))
        place = end
    if place < len(text):
        pieces.append(Piece(text[place:]))
    return tuple(pieces)


def snippet(text: str, asked: Sought, *, length: int = LENGTH) -> tuple[Piece, ...]:
    """At most ``length`` characters around the first word that is found, cut between words.

    The beginning of the text when none is; an ellipsis stands where something was left out.
    """
    first, _ = next(places_of(asked, text), (0, 0))
    start = _between_words(text, max(0, first - BEFORE))
    end = _between_words(text, start + length)
    part = " ".join(text[start:end].split())
    before = (Piece("… "),) if start > 0 else ()
    after = (Piece(" …"),) if end < len(text.rstrip()) else ()
    return (*before, *mark(part, asked), *after)


def _between_words(text: str, place: int) -> int:
    """This place, or the next one before which a word ended."""
    if place == 0 or place >= len(text):
        return min(place, len(text))
    rest = _REST_OF_WORD.match(text, place)
    return rest.end() if rest is not None else place

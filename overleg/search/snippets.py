"""The part of a text around what was found, with the found words told apart. Pure."""

from dataclasses import dataclass

from overleg.lib.words import Asked, words_in

BEFORE = 80
LENGTH = 260


@dataclass(frozen=True)
class Piece:
    """A stretch of text that is one of the words asked for, or is not."""

    text: str
    is_found: bool = False


def mark(text: str, asked: Asked) -> list[Piece]:
    """The whole text, cut where found words begin and end."""
    pieces: list[Piece] = []
    place = 0
    for word in words_in(text):
        if asked.matches(word.folded):
            pieces.append(Piece(text[place : word.start]))
            pieces.append(Piece(text[word.start : word.end], is_found=True))
            place = word.end
    pieces.append(Piece(text[place:]))
    return [piece for piece in pieces if piece.text]


def snippet(text: str, asked: Asked, *, length: int = LENGTH) -> list[Piece]:
    """At most ``length`` characters around the first word that is found, cut between words.

    The beginning of the text when none is; an ellipsis stands where something was left out.
    """
    first = next((word for word in words_in(text) if asked.matches(word.folded)), None)
    start = _between_words(text, max(0, first.start - BEFORE)) if first is not None else 0
    end = _between_words(text, start + length)
    part = " ".join(text[start:end].split())
    pieces = mark(part, asked)
    if start > 0:
        pieces.insert(0, Piece("… "))
    if end < len(text.rstrip()):
        pieces.append(Piece(" …"))
    return pieces


def _between_words(text: str, place: int) -> int:
    """This place, or the next one before which a word ended."""
    if place == 0 or place >= len(text):
        return min(place, len(text))
    end = place
    while end < len(text) and not text[end].isspace() and end - place < BEFORE:
        end += 1
    return end

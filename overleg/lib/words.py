"""The words of a text, folded so that accents, case and endings don't matter. Pure.

The same words are put in the search index, asked of it and marked in what was found.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import NamedTuple

from overleg.lib.stem import stem

LONGEST_WORD = 60
_WORD = re.compile(r"[^\W_]+(?:['’´`]s\b)?")
_PLURAL = re.compile(r"['’´`]s$")
_LETTERS = str.maketrans({"ø": "o", "æ": "ae", "œ": "oe", "đ": "d", "ł": "l", "ð": "d", "þ": "th"})

STOP_WORDS = frozenset(
    """
    aan al als bij dan dat de der des deze die dit door een en er ge had heb hebben heeft het hier
    hij hoe hun ik in is je kan met na naar niet nog nu of om omdat onder ons ook op over te ten
    ter tot u uit van veel voor was wat we wel werd wij wie zal ze zich zij zijn zo
    """.split()  # noqa: SIM905 - a list of words reads best as words
)
"""Words that stand in every text: asked for together with others, they tell nothing."""


class Word(NamedTuple):
    """A word where it stands in a text, and as it is compared."""

    start: int
    end: int
    folded: str


@lru_cache(maxsize=65_536)
def fold(word: str) -> str:
    """A word in small letters without accents: ``Coördinator's`` becomes ``coordinator``."""
    plain = unicodedata.normalize("NFKD", _PLURAL.sub("", word).casefold()).translate(_LETTERS)
    return "".join(letter for letter in plain if letter.isalnum())[:LONGEST_WORD]


def words_in(text: str) -> Iterator[Word]:
    """The words of a text from left to right; the text is in normal form NFC."""
    for found in _WORD.finditer(text):
        folded = fold(found.group())
        if folded:
            yield Word(found.start(), found.end(), folded)


def index_words(text: str) -> str:
    """What the index holds of a text: each word once, folded and as its stem, in order."""
    kept: dict[str, None] = {}
    for word in words_in(unicodedata.normalize("NFC", text)):
        kept[word.folded] = None
        kept[stem(word.folded)] = None
    return " ".join(kept)


@dataclass(frozen=True)
class Sought:
    """The folded words somebody looks for; each must be found, as it is or by its stem.

    ``begun`` is the last word as it was typed so far: it is found at the beginning of a word too.
    """

    words: tuple[str, ...]
    begun: str = ""

    def __bool__(self) -> bool:
        return bool(self.words or self.begun)

    def matches(self, folded: str) -> bool:
        """Whether a folded word is one of those that were asked for."""
        if self.begun and folded.startswith(self.begun):
            return True
        return not forms(folded).isdisjoint(self._asked_forms)

    @cached_property
    def judged(self) -> dict[str, bool]:
        """The words that were looked at before, as they stand in texts, and whether they match."""
        return {}

    @cached_property
    def candidates(self) -> re.Pattern[str]:
        """The words of a text that may match: a stem loses its ending, never its first letter."""
        return _words_beginning("".join(sorted({form[0] for form in self._asked_forms})))

    @cached_property
    def _asked_forms(self) -> frozenset[str]:
        return frozenset().union(*map(forms, filter(None, (*self.words, self.begun))))


@lru_cache(maxsize=256)
def _words_beginning(letters: str) -> re.Pattern[str]:
    """Words that begin with one of these folded letters, or with one that may fold to it."""
    first = rf"[{letters}{letters.upper()}]|[^\x00-\x7f]"
    return re.compile(rf"(?<![^\W_])(?={first}){_WORD.pattern}")


@lru_cache(maxsize=65_536)
def forms(folded: str) -> frozenset[str]:
    """A folded word and its stem: *deelwagens* meets *deelwagen*, whose own stem is shorter."""
    return frozenset({folded, stem(folded)})


def places_of(asked: Sought, text: str) -> Iterator[tuple[int, int]]:
    """Where words that were asked for begin and end in a text, from left to right."""
    if not asked:
        return
    judged = asked.judged
    for found in asked.candidates.finditer(text):
        word = found.group()
        if word not in judged:
            folded = fold(word)
            judged[word] = bool(folded) and asked.matches(folded)
        if judged[word]:
            yield found.span()


MOST_WORDS = 12
SHORTEST_BEGINNING = 2


def read_question(text: str) -> Sought:
    """The words of what somebody typed; words that stand everywhere only count alone."""
    given = list(
        dict.fromkeys(word.folded for word in words_in(unicodedata.normalize("NFC", text)))
    )
    telling = [word for word in given if word not in STOP_WORDS] or given
    kept = telling[:MOST_WORDS]
    begun = kept[-1] if kept and len(kept[-1]) >= SHORTEST_BEGINNING else ""
    return Sought(tuple(kept[:-1] if begun else kept), begun)

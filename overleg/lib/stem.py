"""The stem of a Dutch word: ``vergaderingen`` and ``vergadering`` become ``vergader``.

The algorithm is Snowball's for Dutch, in its form after Porter
(https://snowballstem.org/algorithms/dutch_porter/stemmer.html). It is ours, and not PostgreSQL's,
so that both databases and the marks in a page know the same stems. Pure.
"""

from functools import lru_cache

VOWELS = frozenset("aeiouy")
DOUBLED = ("kk", "dd", "tt")
LONG = ("aa", "ee", "oo", "uu")
KEPT = 3  # the first region begins after this many letters at least


@lru_cache(maxsize=65_536)
def stem(word: str) -> str:
    """The stem of a folded word: lower case, without accents."""
    marked = _mark_consonants(word)
    return _Word(marked).stemmed().lower()


def _mark_consonants(word: str) -> str:
    """Write y and i in capitals where they are consonants."""
    letters = list(word)
    if letters[:1] == ["y"]:
        letters[0] = "Y"
    for place in range(len(letters) - 1):
        if letters[place] not in VOWELS:
            continue
        after = letters[place + 2 : place + 3]
        if letters[place + 1] == "y":
            letters[place + 1] = "Y"
        elif letters[place + 1] == "i" and after and after[0] in VOWELS:
            letters[place + 1] = "I"
    return "".join(letters)


def _after_syllable(word: str, start: int) -> int:
    """The place after the first consonant that follows a vowel; the end where there is none."""
    place = start
    while place < len(word) and word[place] not in VOWELS:
        place += 1
    while place < len(word) and word[place] in VOWELS:
        place += 1
    return min(place + 1, len(word))


class _Word:
    """A word that loses its endings, one step after the other."""

    def __init__(self, letters: str) -> None:
        self._letters = letters
        first = _after_syllable(letters, 0)
        self._second_region = _after_syllable(letters, first)
        self._first_region = max(first, KEPT)
        self._lost_e = False

    def stemmed(self) -> str:
        self._plural()
        self._lose_e()
        self._heid()
        self._derived()
        self._shorten_vowel()
        return self._letters

    def _ends(self, *endings: str) -> str:
        """The first of these endings that the word has, or nothing; the longest stand first."""
        return next((ending for ending in endings if self._letters.endswith(ending)), "")

    def _before(self, ending: str) -> str:
        return self._letters[: len(self._letters) - len(ending)]

    def _in_first(self, ending: str) -> bool:
        return len(self._before(ending)) >= self._first_region

    def _in_second(self, ending: str) -> bool:
        return len(self._before(ending)) >= self._second_region

    def _plural(self) -> None:
        ending = self._ends("heden", "ene", "en", "se", "s")
        if not ending or not self._in_first(ending):
            return
        if ending == "heden":
            self._letters = self._before(ending) + "heid"
        elif ending in {"ene", "en"}:
            self._lose_en(ending)
        elif self._before(ending)[-1:] not in VOWELS | {"j"}:
            self._letters = self._before(ending)

    def _lose_en(self, ending: str) -> None:
        before = self._before(ending)
        if before[-1:] not in VOWELS and not before.endswith("gem") and self._in_first(ending):
            self._letters = before
            self._undouble()

    def _lose_e(self) -> None:
        self._lost_e = False
        if not self._ends("e") or not self._in_first("e"):
            return
        if self._before("e")[-1:] not in VOWELS:
            self._letters = self._before("e")
            self._lost_e = True
            self._undouble()

    def _heid(self) -> None:
        if not self._ends("heid") or not self._in_second("heid"):
            return
        if self._before("heid").endswith("c"):
            return
        self._letters = self._before("heid")
        if self._ends("en"):
            self._lose_en("en")

    def _derived(self) -> None:
        ending = self._ends("lijk", "baar", "end", "ing", "bar", "ig")
        if not ending or not self._in_second(ending):
            return
        before = self._before(ending)
        if ending in {"end", "ing"}:
            self._letters = before
            if self._ends("ig") and self._in_second("ig") and not before.endswith("eig"):
                self._letters = self._before("ig")
            else:
                self._undouble()
        elif ending == "ig":
            self._letters = self._letters if before.endswith("e") else before
        elif ending == "lijk":
            self._letters = before
            self._lose_e()
        elif ending == "baar" or self._lost_e:
            self._letters = before

    def _shorten_vowel(self) -> None:
        letters = self._letters
        if len(letters) < 4 or letters[-1] in VOWELS | {"I"} or letters[-4] in VOWELS:
            return
        if letters[-3:-1] in LONG:
            self._letters = letters[:-2] + letters[-1]

    def _undouble(self) -> None:
        if self._ends(*DOUBLED):
            self._letters = self._letters[:-1]

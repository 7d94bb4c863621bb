"""Small things with Dutch text."""

import re
import unicodedata
from collections.abc import Iterable
from pathlib import PurePath

LONGEST_FILENAME = 150
LONGEST_SUFFIX = 10


def join_words(words: Iterable[str], last: str = "en") -> str:
    """``["a", "b", "c"]`` becomes ``a, b en c``."""
    items = list(words)
    if len(items) < 2:
        return "".join(items)
    return f"{', '.join(items[:-1])} {last} {items[-1]}"


def count_of(number: int, one: str, many: str) -> str:
    """``1 voorstel``, ``3 voorstellen``; nought reads ``geen voorstellen``."""
    if number == 0:
        return f"geen {many}"
    return f"{number} {one if number == 1 else many}"


def upper_first(text: str) -> str:
    """A text as it begins a sentence: ``Eén pdf``, without an accent; the rest stays as it is."""
    first, rest = text[:1], text[1:]
    return ("E" if first == "é" and rest.startswith("é") else first.upper()) + rest


def slugify(text: str) -> str:
    """A part of an address: lower case, no accents, words joined by a hyphen; may be empty."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", plain.lower()).strip("-")


def short_filename(name: str, longest: int = LONGEST_FILENAME) -> str:
    """A file name of at most so many characters; what is cut stands before the extension."""
    suffix = PurePath(name).suffix
    if len(name) <= longest or len(suffix) > LONGEST_SUFFIX:
        return name[:longest]
    return name[: longest - len(suffix)].rstrip(" .") + suffix


def safe_filename(name: str, fallback: str = "bestand") -> str:
    """A short file name without folders, or characters that a disk refuses; never empty."""
    base = re.split(r"[\\/]", unicodedata.normalize("NFC", name))[-1]
    kept = "".join(c for c in base if unicodedata.category(c)[0] != "C" and c not in '<>:"|?*')
    return short_filename(kept.strip(" .")) or fallback


def in_megabytes(size_bytes: int) -> str:
    """How large something is as people read it: ``25 MB``, ``2,5 MB``."""
    return f"{size_bytes / (1024 * 1024):.3g} MB".replace(".", ",")

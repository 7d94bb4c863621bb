"""Reads the words of one Word file or PDF, in a process of its own.

What comes from outside may be made to hurt: a zip that unpacks to terabytes, a page that never
ends. So this runs apart, with little memory and little time, and imports nothing of ours. It writes
the text to its output piece by piece; the last line of its error output is the verdict, a value of
``TextState``. Who calls it holds the clock.
"""

import re
import resource
import sys
from collections.abc import Iterator
from typing import IO
from xml.etree.ElementTree import ParseError, iterparse
from zipfile import BadZipFile, ZipFile

from pypdf import PdfReader
from pypdf.errors import DependencyError, FileNotDecryptedError, PdfReadError

MOST_CHARACTERS = 200_000
MOST_PAGES = 300
MOST_UNPACKED_BYTES = 30 * 1024 * 1024
MEMORY_BYTES = 640 * 1024 * 1024
CPU_SECONDS = 20
WRITTEN_BYTES = 8 * MOST_CHARACTERS
WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
PARTS = ("word/document.xml", "word/footnotes.xml", "word/endnotes.xml")


class TooMuchError(Exception):
    """The file holds more than may be read."""


class LimitedFile:
    """A member of a zip that stops when it unpacks to more than is allowed."""

    def __init__(self, member: IO[bytes]) -> None:
        self._member = member
        self._left = MOST_UNPACKED_BYTES

    def read(self, size: int = -1) -> bytes:
        """Read so many bytes. Raises ``TooMuchError`` past the limit."""
        chunk = self._member.read(min(size, 65_536) if size >= 0 else 65_536)
        self._left -= len(chunk)
        if self._left < 0:
            raise TooMuchError
        return chunk


def word_text(path: str) -> Iterator[str]:
    """The paragraphs of a Word file; what was struck in tracked changes is left out."""
    with ZipFile(path) as package:
        for name in PARTS:
            if name not in package.namelist():
                continue
            with package.open(name) as member:
                yield from _paragraphs(LimitedFile(member))


def _paragraphs(source: LimitedFile) -> Iterator[str]:
    written: list[str] = []
    for _event, element in iterparse(source, events=("end",)):  # noqa: S314 - apart, limited
        if element.tag == f"{WORD}t":
            written.append(element.text or "")
        elif element.tag in {f"{WORD}tab", f"{WORD}br"}:
            written.append(" ")
        elif element.tag == f"{WORD}p":
            yield "".join(written)
            written = []
            element.clear()


def pdf_text(path: str) -> Iterator[str]:
    """The pages of a PDF. Raises ``FileNotDecryptedError`` when it asks a password."""
    reader = PdfReader(path)
    if reader.is_encrypted and not reader.decrypt(""):
        raise FileNotDecryptedError("a password is asked")
    for number, page in enumerate(reader.pages, start=1):
        if number > MOST_PAGES:
            raise TooMuchError
        yield page.extract_text()


def tell(pieces: Iterator[str]) -> str:
    """Write the pieces to the output and return the verdict."""
    written = 0
    verdict = "read"
    try:
        for piece in pieces:
            text = re.sub(r"\s+", " ", piece).strip()
            if not text:
                continue
            kept = text[: MOST_CHARACTERS - written]
            sys.stdout.write(kept + "\n")
            sys.stdout.flush()
            written += len(kept) + 1
            if written >= MOST_CHARACTERS:
                verdict = "partly"
                break
    except (TooMuchError, MemoryError, RecursionError):
        verdict = "partly" if written else "too_much"
    except (FileNotDecryptedError, DependencyError):
        verdict = "locked"
    except (BadZipFile, ParseError, PdfReadError):
        verdict = "partly" if written else "broken"
    return verdict if written or verdict != "read" else "empty"


def main() -> None:
    """Read the file of the second argument as the kind of the first."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS))
    resource.setrlimit(resource.RLIMIT_FSIZE, (WRITTEN_BYTES, WRITTEN_BYTES))
    kind, path = sys.argv[1:]
    verdict = tell(pdf_text(path) if kind == "pdf" else word_text(path))
    sys.stdout.flush()
    sys.stderr.write(f"\n{verdict}\n")


if __name__ == "__main__":
    main()

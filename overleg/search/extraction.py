"""The text of a file, read by a process apart that can't hurt us (``reader.py``)."""

import subprocess
import sys
import tempfile
import unicodedata
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from overleg.documents.kinds import KINDS, PDF
from overleg.lib.blocks import without_control
from overleg.search.states import TextState

READER = Path(__file__).with_name("reader.py")
WITHIN_SECONDS = 30
STOPPED = -9
READ_AS = {PDF: "pdf", KINDS["docx"].media_type: "docx"}


@dataclass(frozen=True)
class ReadText:
    """What was read of a file, and how that went; the text is plain, in normal form NFC."""

    state: TextState
    text: str = ""


def read_file(path: Path, media_type: str, *, within_seconds: float = WITHIN_SECONDS) -> ReadText:
    """The text of the file at ``path``: at most 300 pages and 200,000 characters. Never raises.

    Takes at most ``within_seconds``; what was read by then counts.
    """
    kind = READ_AS.get(media_type)
    if kind is None:
        return ReadText(TextState.OTHER)
    if not path.is_file():
        return ReadText(TextState.MISSING)
    with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as told:
        command = [sys.executable, "-I", str(READER), kind, str(path.resolve())]
        try:
            status = subprocess.run(  # noqa: S603 - our own script, on a path of our own making
                command,
                stdin=subprocess.DEVNULL,
                stdout=out,
                stderr=told,
                timeout=within_seconds,
                check=False,
            ).returncode
        except subprocess.TimeoutExpired:
            status = STOPPED
        text = _said(out)
        verdict = _said(told).rstrip("\n").rpartition("\n")[2]
    return ReadText(_state(status, verdict, text), text)


def _said(kept: IO[bytes]) -> str:
    kept.seek(0)
    said = kept.read().decode("utf-8", "replace")
    return without_control(unicodedata.normalize("NFC", said)).strip()


def _state(status: int, verdict: str, text: str) -> TextState:
    """The verdict of a reader that came to its end; else what follows from how it stopped."""
    if status == 0:
        return TextState(verdict)
    if text:
        return TextState.PARTLY
    return TextState.TOO_MUCH if status < 0 else TextState.BROKEN

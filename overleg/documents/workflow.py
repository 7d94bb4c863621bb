"""Receiving a file: its bytes go to disk under their hash, its row into the transaction."""

import hashlib
import logging
import tempfile
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import IO

from overleg.accounts.models import Person
from overleg.db import new_id, session
from overleg.documents.kinds import recognise, warning_about
from overleg.documents.models import StoredFile
from overleg.lib.errors import Refused
from overleg.lib.text import in_megabytes, safe_filename

log = logging.getLogger(__name__)

CHUNK_BYTES = 256 * 1024


@dataclass(frozen=True)
class FileStore:
    """Where the bytes lie, and the largest file that is accepted."""

    root: Path
    max_bytes: int

    def path_of(self, sha256: str) -> Path:
        """The place of content with this hash: ``ab/cd/abcd...`` under the root."""
        return self.root / sha256[:2] / sha256[2:4] / sha256

    @property
    def max_label(self) -> str:
        """The limit as people read it: ``25 MB``."""
        return in_megabytes(self.max_bytes)


@dataclass(frozen=True)
class Received:
    """A file whose bytes were accepted and lie on disk; it has no row yet."""

    name: str
    media_type: str
    size_bytes: int
    sha256: str
    warning: str = ""
    """What the sender should know about it, in a sentence; mostly empty."""


def receive(store: FileStore, name: str, content: IO[bytes]) -> Received:
    """Check an upload and keep its bytes; content that was there already is not kept twice.

    ``name`` is the name that the browser sent; folders in it fall away. Raises ``Refused`` with a
    Dutch sentence when the file is empty, too large or not what its name says, and when it cannot
    be kept because the disk is full or away: what else was typed need not be lost for that.
    """
    safe = safe_filename(name)
    try:
        return _keep(store, safe, content)
    except OSError as error:
        log.exception("a file could not be kept", exc_info=error)
        raise Refused(
            f"“{safe}” kon nu niet bewaard worden; dat ligt aan ons. Wat u verder invulde, kunt u "
            "bewaren. Voeg de bijlage later toe."
        ) from error


def _keep(store: FileStore, safe: str, content: IO[bytes]) -> Received:
    store.root.mkdir(parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile(dir=store.root, prefix="nieuw-", delete=False) as kept:
        place = Path(kept.name)
        try:
            size, sha256 = _copy(store, safe, content, kept.file)
            kind = recognise(safe, kept.file)
            warning = warning_about(safe, kind, kept.file)
        except BaseException:
            place.unlink()
            raise
    target = store.path_of(sha256)
    target.parent.mkdir(parents=True, exist_ok=True)
    place.replace(target)
    return Received(safe, kind.media_type, size, sha256, warning)


def _copy(store: FileStore, name: str, content: IO[bytes], kept: IO[bytes]) -> tuple[int, str]:
    size = 0
    digest = hashlib.sha256()
    while chunk := content.read(CHUNK_BYTES):
        size += len(chunk)
        if size > store.max_bytes:
            raise Refused(
                f"“{name}” is te groot: een bijlage mag hoogstens {store.max_label} zijn. "
                "Maak het bestand kleiner of splits het."
            )
        digest.update(chunk)
        kept.write(chunk)
    if size == 0:
        raise Refused(f"“{name}” is leeg (0 bytes). Kies het bestand opnieuw.")
    return size, digest.hexdigest()


def add_stored_file(received: Received, *, by: Person | None, now: datetime) -> StoredFile:
    """Add the row of a received file to the transaction; ``now`` in UTC."""
    stored = StoredFile(
        id=new_id(),
        name=received.name,
        media_type=received.media_type,
        size_bytes=received.size_bytes,
        sha256=received.sha256,
        uploaded_by_id=by.id if by is not None else None,
        uploaded_at_utc=now,
    )
    session().add(stored)
    return stored

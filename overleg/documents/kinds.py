"""Which files are accepted, told by their content and not by their name alone. Pure."""

import re
import zlib
from dataclasses import dataclass
from pathlib import PurePath
from typing import IO
from zipfile import BadZipFile, ZipFile

from overleg.lib.errors import Refused
from overleg.lib.text import join_words

HEAD_BYTES = 1024
CHUNK_BYTES = 256 * 1024
MOST_MEMBERS = 10_000
MOST_UNPACKED_BYTES = 300 * 1024 * 1024
MOST_RATIO = 200
"""How many times larger than its file a package may unpack, when it is large at all."""
SMALL_UNPACKED_BYTES = 20 * 1024 * 1024
OPEN_XML = "application/vnd.openxmlformats-officedocument"
OPEN_DOCUMENT = "application/vnd.oasis.opendocument"
PDF = "application/pdf"
IMAGES = frozenset({"image/png", "image/jpeg", "image/gif", "image/webp"})
SHOWN_INLINE = IMAGES | {PDF}
ENCRYPTED_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
"""What a Word, Excel or PowerPoint file with a password begins with, and one of before 2007."""
LOCKED_PDF = re.compile(rb"/Encrypt\s+\d+\s+\d+\s+R")
"""The trailer of a PDF that asks a password, or that forbids printing or copying (ISO 32000)."""


@dataclass(frozen=True)
class FileKind:
    """A kind of file: how people call it, its media type and how its content is known."""

    label: str
    media_type: str
    starts_with: tuple[bytes, ...] = ()
    member: str = ""
    mimetype: bool = False


ZIP = (b"PK\x03\x04",)
KINDS = {
    "pdf": FileKind("pdf", PDF, (b"%PDF-",)),
    "docx": FileKind("docx", f"{OPEN_XML}.wordprocessingml.document", ZIP, "word/document.xml"),
    "xlsx": FileKind("xlsx", f"{OPEN_XML}.spreadsheetml.sheet", ZIP, "xl/workbook.xml"),
    "pptx": FileKind(
        "pptx", f"{OPEN_XML}.presentationml.presentation", ZIP, "ppt/presentation.xml"
    ),
    "odt": FileKind("odt", f"{OPEN_DOCUMENT}.text", ZIP, "content.xml", mimetype=True),
    "ods": FileKind("ods", f"{OPEN_DOCUMENT}.spreadsheet", ZIP, "content.xml", mimetype=True),
    "png": FileKind("png", "image/png", (b"\x89PNG\r\n\x1a\n",)),
    "jpg": FileKind("jpg", "image/jpeg", (b"\xff\xd8\xff",)),
    "gif": FileKind("gif", "image/gif", (b"GIF87a", b"GIF89a")),
    "webp": FileKind("webp", "image/webp", (b"RIFF",)),
    "txt": FileKind("txt", "text/plain"),
    "csv": FileKind("csv", "text/csv"),
    "ics": FileKind("ics", "text/calendar"),
}
SYNONYMS = {"jpeg": "jpg"}
INSTEAD = {
    "svg": "Een SVG-tekening kan programma's bevatten. Bewaar ze als png of pdf.",
    "html": "Een webpagina kan programma's bevatten. Bewaar ze als pdf.",
    "htm": "Een webpagina kan programma's bevatten. Bewaar ze als pdf.",
    "docm": "Een bestand met macro's aanvaarden we niet. Bewaar het als docx.",
    "xlsm": "Een bestand met macro's aanvaarden we niet. Bewaar het als xlsx.",
    "doc": "Dit is een oude soort Word-bestand. Bewaar het als docx of pdf.",
    "xls": "Dit is een oude soort Excel-bestand. Bewaar het als xlsx of pdf.",
    "ppt": "Dit is een oude soort PowerPoint-bestand. Bewaar het als pptx of pdf.",
    "zip": "Pak het uit en voeg de bestanden zelf toe.",
}
ACCEPTED = join_words(kind.label for kind in KINDS.values())
ACCEPT_ATTRIBUTE = ",".join(f".{suffix}" for suffix in [*KINDS, *SYNONYMS])
"""For ``<input type=file accept>``: a help while choosing, never the check itself."""


def recognise(name: str, content: IO[bytes]) -> FileKind:
    """The kind of a file, when its content is what its name says.

    Raises ``Refused`` with a Dutch sentence that says what is accepted instead.
    """
    suffix = PurePath(name).suffix.lower().lstrip(".")
    kind = KINDS.get(SYNONYMS.get(suffix, suffix))
    if kind is None:
        instead = INSTEAD.get(suffix, "")
        raise Refused(
            f"“{name}” is geen soort bestand dat we aanvaarden. "
            f"{instead or f'Aanvaard: {ACCEPTED}.'}"
        )
    content.seek(0)
    if not _content_is(kind, name, content):
        raise Refused(
            f"De inhoud van “{name}” is geen leesbaar {kind.label}-bestand. Open het in het "
            f"programma waarin u het maakte en bewaar het opnieuw. Aanvaard: {ACCEPTED}."
        )
    return kind


def warning_about(name: str, kind: FileKind, content: IO[bytes]) -> str:
    """What the one who sends an accepted file should know, in a sentence; mostly empty."""
    if kind.media_type != PDF:
        return ""
    content.seek(0)
    tail = b""
    while chunk := content.read(CHUNK_BYTES):
        if LOCKED_PDF.search(tail + chunk):
            return (
                f"“{name}” is met een wachtwoord beveiligd. We bewaarden het, maar wie het leest, "
                "kan het misschien niet openen of afdrukken. Voeg liefst een versie zonder "
                "beveiliging toe."
            )
        tail = chunk[-64:]
    return ""


def _content_is(kind: FileKind, name: str, content: IO[bytes]) -> bool:
    head = content.read(HEAD_BYTES)
    if kind.media_type.startswith("text/"):
        content.seek(0)
        return _is_text(content.read())
    if kind.media_type == PDF:
        return kind.starts_with[0] in head
    if kind.member and head.startswith(ENCRYPTED_OFFICE):
        raise Refused(
            f"“{name}” is met een wachtwoord beveiligd, of van een oude soort. Bewaar het zonder "
            f"wachtwoord als {kind.label}, of als pdf."
        )
    if not head.startswith(kind.starts_with):
        return False
    if kind.media_type == "image/webp":
        return head[8:12] == b"WEBP"
    return _package_is(kind, name, content) if kind.member else True


def _package_is(kind: FileKind, name: str, content: IO[bytes]) -> bool:
    size = content.seek(0, 2)
    try:
        with ZipFile(content) as package:
            names = _checked_names(package, name, size)
            if kind.mimetype:
                if "mimetype" not in names:
                    return False
                with package.open("mimetype") as member:
                    if member.read(HEAD_BYTES).strip() != kind.media_type.encode():
                        return False
                needed = {kind.member}
            else:
                needed = {kind.member, "[Content_Types].xml"}
            return needed <= names and all(_is_whole(package, member) for member in needed)
    except (
        BadZipFile,
        OSError,
        NotImplementedError,
        RuntimeError,
        ValueError,
        EOFError,
        zlib.error,
    ):
        return False


def _checked_names(package: ZipFile, name: str, size: int) -> set[str]:
    """The members of a package. Raises ``Refused`` for macros and for what unpacks to too much."""
    members = package.infolist()
    unpacked = sum(member.file_size for member in members)
    bomb = unpacked > SMALL_UNPACKED_BYTES and unpacked > MOST_RATIO * size
    if len(members) > MOST_MEMBERS or unpacked > MOST_UNPACKED_BYTES or bomb:
        raise Refused(
            f"“{name}” is ingepakt klein, maar uitgepakt veel te groot: zo'n bestand kan een "
            "computer doen vastlopen. Maak het kleiner, of bewaar het als pdf."
        )
    names = {member.filename for member in members}
    if any(each.lower().endswith("vbaproject.bin") for each in names):
        raise Refused(
            f"“{name}” bevat macro's (kleine programma's). Bewaar het zonder macro's, of als pdf."
        )
    return names


def _is_whole(package: ZipFile, member: str) -> bool:
    """Whether a member unpacks to what the package says; a wrong checksum raises."""
    with package.open(member) as unpacked:
        while unpacked.read(CHUNK_BYTES):
            pass
    return True


def _is_text(content: bytes) -> bool:
    if b"\x00" in content:
        return False
    for encoding in ("utf-8", "cp1252"):
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        return not any(ord(c) < 32 and c not in "\t\n\r\f" for c in text)
    return False

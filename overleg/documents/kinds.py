"""Which files are accepted, told by their content and not by their name alone. Pure."""

from dataclasses import dataclass
from pathlib import PurePath
from typing import IO
from zipfile import BadZipFile, ZipFile

from overleg.lib.errors import Refused
from overleg.lib.text import join_words

HEAD_BYTES = 1024
MOST_MEMBERS = 10_000
MOST_UNPACKED_BYTES = 1024 * 1024 * 1024
OPEN_XML = "application/vnd.openxmlformats-officedocument"
OPEN_DOCUMENT = "application/vnd.oasis.opendocument"
PDF = "application/pdf"
SHOWN_INLINE = frozenset({PDF, "image/png", "image/jpeg"})


@dataclass(frozen=True)
class FileKind:
    """A kind of file: how people call it, its media type and how its content is known."""

    label: str
    media_type: str
    starts_with: bytes = b""
    member: str = ""
    mimetype: bool = False


KINDS = {
    "pdf": FileKind("pdf", PDF, b"%PDF-"),
    "docx": FileKind(
        "docx", f"{OPEN_XML}.wordprocessingml.document", b"PK\x03\x04", "word/document.xml"
    ),
    "xlsx": FileKind("xlsx", f"{OPEN_XML}.spreadsheetml.sheet", b"PK\x03\x04", "xl/workbook.xml"),
    "pptx": FileKind(
        "pptx", f"{OPEN_XML}.presentationml.presentation", b"PK\x03\x04", "ppt/presentation.xml"
    ),
    "odt": FileKind("odt", f"{OPEN_DOCUMENT}.text", b"PK\x03\x04", mimetype=True),
    "ods": FileKind("ods", f"{OPEN_DOCUMENT}.spreadsheet", b"PK\x03\x04", mimetype=True),
    "png": FileKind("png", "image/png", b"\x89PNG\r\n\x1a\n"),
    "jpg": FileKind("jpg", "image/jpeg", b"\xff\xd8\xff"),
    "txt": FileKind("txt", "text/plain"),
    "csv": FileKind("csv", "text/csv"),
}
SYNONYMS = {"jpeg": "jpg"}
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
        raise Refused(f"“{name}” is geen soort bestand dat we aanvaarden. Aanvaard: {ACCEPTED}.")
    content.seek(0)
    if not _content_is(kind, content):
        raise Refused(
            f"De inhoud van “{name}” is geen leesbaar {kind.label}-bestand. Open het in het "
            f"programma waarin u het maakte en bewaar het opnieuw. Aanvaard: {ACCEPTED}."
        )
    return kind


def _content_is(kind: FileKind, content: IO[bytes]) -> bool:
    head = content.read(HEAD_BYTES)
    if kind.media_type.startswith("text/"):
        content.seek(0)
        return _is_text(content.read())
    if kind.media_type == PDF:
        return kind.starts_with in head
    if not head.startswith(kind.starts_with):
        return False
    return _package_is(kind, content) if kind.member or kind.mimetype else True


def _package_is(kind: FileKind, content: IO[bytes]) -> bool:
    try:
        with ZipFile(content) as package:
            members = package.infolist()
            names = {member.filename for member in members}
            if (
                len(members) > MOST_MEMBERS
                or sum(member.file_size for member in members) > MOST_UNPACKED_BYTES
                or any(name.lower().endswith("vbaproject.bin") for name in names)
            ):
                return False
            if kind.mimetype:
                if "mimetype" not in names:
                    return False
                with package.open("mimetype") as member:
                    return member.read(HEAD_BYTES).strip() == kind.media_type.encode()
            return {kind.member, "[Content_Types].xml"} <= names
    except (BadZipFile, OSError, NotImplementedError, RuntimeError, ValueError, EOFError):
        return False


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

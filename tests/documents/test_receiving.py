"""Receiving a file: by content, under the limit, under its hash."""

from io import BytesIO
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

import pytest

from overleg.documents.workflow import FileStore, receive
from overleg.lib.errors import Refused
from overleg.lib.text import safe_filename
from tests.agenda.proposing import PDF, PNG, docx


def package(**members: str) -> bytes:
    """A zip with these members; ``__`` in a name is a slash."""
    content = BytesIO()
    with ZipFile(content, "w", ZIP_DEFLATED, compresslevel=1) as written:
        for name, text in members.items():
            written.writestr(name.replace("__", "/"), text)
    return content.getvalue()


ODT = package(**{"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": "<x/>"})
GIF = b"GIF89a" + bytes(20)
WEBP = b"RIFF\x10\x00\x00\x00WEBPVP8 " + bytes(20)
LOCKED = PDF + b"trailer << /Root 1 0 R /Encrypt 8 0 R >>"


def damaged_docx() -> bytes:
    """A Word file of which one letter of the text changed on the way."""
    whole = bytearray(docx())
    place = bytes(whole).index(b"<w/>")
    whole[place + 1] ^= 1
    return bytes(whole)


def bomb() -> bytes:
    """A small package that unpacks to 40 MB."""
    return package(
        **{"[Content_Types].xml": "x", "word__document.xml": "x", "word__media": "0" * 41_943_040}
    )


@pytest.fixture
def store(tmp_path: Path) -> FileStore:
    """A store with a limit of 25 MB."""
    return FileStore(tmp_path / "files", 25 * 1024 * 1024)


@pytest.mark.parametrize(
    ("name", "content", "media_type"),
    [
        ("nota.pdf", PDF, "application/pdf"),
        ("NOTA.PDF", b"\n" + PDF, "application/pdf"),
        ("kaart.png", PNG, "image/png"),
        ("prent.gif", GIF, "image/gif"),
        ("prent.webp", WEBP, "image/webp"),
        ("foto.jpeg", b"\xff\xd8\xff\xe0" + bytes(20), "image/jpeg"),
        (
            "nota.docx",
            docx(),
            "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        ),
        ("nota.odt", ODT, "application/vnd.oasis.opendocument.text"),
        ("lijst.csv", "naam;stad\nJos;Eéklo".encode("cp1252"), "text/csv"),
        ("lijst.txt", "Eeklo ✓".encode(), "text/plain"),
    ],
)
def test_accepted(store: FileStore, name: str, content: bytes, media_type: str) -> None:
    received = receive(store, name, BytesIO(content))
    assert (received.name, received.media_type) == (name, media_type)
    assert received.size_bytes == len(content)
    path = store.path_of(received.sha256)
    assert path.read_bytes() == content
    assert path.parent.parent.name == received.sha256[:2]


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("leeg.pdf", b"", "leeg (0 bytes)"),
        ("groot.pdf", PDF + bytes(30 * 1024 * 1024), "hoogstens 25 MB"),
        ("prent.svg", b"<svg><script/></svg>", "Bewaar ze als png of pdf"),
        ("zonder", PDF, "geen soort bestand"),
        ("nota.pdf", b"<html>", "geen leesbaar pdf-bestand"),
        ("nota.docx", docx()[:40], "geen leesbaar docx-bestand"),
        ("nota.docx", ODT, "geen leesbaar docx-bestand"),
        ("nota.xlsx", docx(), "geen leesbaar xlsx-bestand"),
        ("lijst.csv", b"a;b\x00", "geen leesbaar csv-bestand"),
        (
            "macro.docx",
            package(
                **{
                    "[Content_Types].xml": "x",
                    "word__document.xml": "x",
                    "word__vbaProject.bin": "x",
                }
            ),
            "bevat macro's",
        ),
        ("bom.docx", bomb(), "uitgepakt veel te groot"),
        ("stuk.docx", damaged_docx(), "geen leesbaar docx-bestand"),
        ("slot.docx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "met een wachtwoord"),
        ("foto.png", b"<svg xmlns='http://www.w3.org/2000/svg'><script/></svg>", "png-bestand"),
        ("foto.webp", b"RIFF\x10\x00\x00\x00WAVEfmt ", "geen leesbaar webp-bestand"),
        ("pagina.html", b"<html><script>", "Een webpagina kan programma's bevatten"),
    ],
)
def test_refused(store: FileStore, name: str, content: bytes, sentence: str) -> None:
    with pytest.raises(Refused, match="“") as refused:
        receive(store, name, BytesIO(content))
    assert sentence in str(refused.value)
    assert [path for path in store.root.rglob("*") if path.is_file()] == []


def test_the_same_content_lies_there_once(store: FileStore) -> None:
    first = receive(store, "a.pdf", BytesIO(PDF))
    second = receive(store, "map/b.pdf", BytesIO(PDF))
    assert (first.sha256, second.name) == (second.sha256, "b.pdf")
    assert len([path for path in store.root.rglob("*") if path.is_file()]) == 1


def test_a_disk_that_is_full_or_away_refuses_the_file_and_not_the_page(tmp_path: Path) -> None:
    in_the_way = tmp_path / "files"
    in_the_way.write_bytes(b"")
    broken = FileStore(in_the_way / "deeper", 1024)
    with pytest.raises(Refused, match="ligt aan ons"):
        receive(broken, "nota.pdf", BytesIO(PDF))


def test_a_pdf_with_a_password_is_taken_with_a_warning(store: FileStore) -> None:
    assert receive(store, "open.pdf", BytesIO(PDF)).warning == ""
    locked = receive(store, "slot.pdf", BytesIO(LOCKED))
    assert locked.media_type == "application/pdf"
    assert "“slot.pdf” is met een wachtwoord beveiligd" in locked.warning
    far = PDF + bytes(2 * 256 * 1024 - len(PDF) - 5) + b" /Encrypt 8 0 R"
    assert receive(store, "ver.pdf", BytesIO(far)).warning


@pytest.mark.parametrize("length", [150, 151, 156, 250, 5000])
def test_a_long_name_keeps_its_extension(store: FileStore, length: int) -> None:
    received = receive(store, "n" * (length - 4) + ".PDF", BytesIO(PDF))
    assert received.media_type == "application/pdf"
    assert received.name == "n" * 146 + ".PDF"


def test_what_comes_before_the_extension_is_cut_neatly(store: FileStore) -> None:
    assert receive(store, "n" * 145 + " en meer.pdf", BytesIO(PDF)).name == "n" * 145 + ".pdf"


def test_a_dot_far_before_the_end_begins_no_extension() -> None:
    assert safe_filename("Nota. " + "n" * 200) == "Nota. " + "n" * 144

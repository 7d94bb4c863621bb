"""Making a bundle: a zip with folders, or one PDF with bookmarks and page numbers.

Works on files and plain values only, so that it can be tried without a database.
"""

import tempfile
import zipfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from pypdf import PageObject, PdfReader, PdfWriter
from pypdf.errors import PyPdfError
from pypdf.generic import DecodedStreamObject, DictionaryObject, NameObject

from overleg.agenda.office import CONVERTED, to_pdf
from overleg.lib.text import safe_filename

A4 = (595.28, 841.89)
LEFT, TOP, LINE_HEIGHT = 72.0, 760.0, 20.0
TITLE_SIZE, TEXT_SIZE, NUMBER_SIZE = 16, 11, 9
LONGEST_LINE = 75
LONGEST_FOLDER = 60
CONVERTED_AT_ONCE = 8

Progress = Callable[[int], None]


@dataclass(frozen=True)
class BundleAnnex:
    """An annex: its title, its file name and where its bytes lie."""

    title: str
    name: str
    path: Path


@dataclass(frozen=True)
class BundlePoint:
    """A point of the agenda with its annexes."""

    number: int
    title: str
    annexes: Sequence[BundleAnnex]

    @property
    def label(self) -> str:
        """How a bookmark or folder calls it: ``4. Deelwagens``."""
        return f"{self.number}. {self.title}"

    @property
    def folder(self) -> str:
        """A folder name that sorts by number: ``04 Deelwagens``."""
        return f"{self.number:02} {safe_filename(self.title)[:LONGEST_FOLDER].strip(' .')}"


def write_zip(
    target: Path, agenda: bytes, name: str, points: Sequence[BundlePoint], progress: Progress
) -> None:
    """Write the agenda in Word with, per point that has some, a folder of its annexes."""
    done = 0
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as made:
        made.writestr(name, agenda)
        for point in points:
            for place, annex in enumerate(point.annexes, start=1):
                if annex.path.is_file():
                    made.write(annex.path, f"{point.folder}/{place:02} {annex.name}")
                done += 1
                progress(done)


def write_pdf(
    target: Path,
    agenda: bytes,
    title: str,
    points: Sequence[BundlePoint],
    progress: Progress,
) -> None:
    """Write the agenda and all annexes as one PDF, with a bookmark per point and annex.

    What can't become a PDF (a spreadsheet, a locked or damaged file) is named on a page of its own.
    Raises ``OSError`` when LibreOffice can't make the agenda itself.
    """
    with tempfile.TemporaryDirectory(prefix="overleg-bundel-") as place:
        folder = Path(place)
        word = folder / "agenda.docx"
        word.write_bytes(agenda)
        (first,) = to_pdf([word], folder)
        if first is None:
            raise OSError("LibreOffice could not make the agenda")
        with PdfWriter() as writer:
            writer.add_metadata({"/Title": title})
            writer.append(str(first), outline_item="Agenda")
            converted = _converted(points, folder, progress)
            for point in points:
                _add_point(writer, point, converted)
            _number_pages(writer)
            writer.page_mode = "/UseOutlines"
            writer.write(str(target))


def _converted(points: Sequence[BundlePoint], folder: Path, progress: Progress) -> dict[Path, Path]:
    """For each annex its PDF, where it is one or could become one; by where it lies."""
    annexes = [annex for point in points for annex in point.annexes]
    found = {a.path: a.path for a in annexes if Path(a.name).suffix.lower() == ".pdf"}
    others = [a for a in annexes if Path(a.name).suffix.lower() in CONVERTED and a.path.is_file()]
    done = len(annexes) - len(others)
    progress(done)
    for batch in _batches(others):
        named: list[Path] = []
        for annex in batch:
            copy = folder / f"{len(found)}-{len(named)}{Path(annex.name).suffix.lower()}"
            copy.write_bytes(annex.path.read_bytes())
            named.append(copy)
        for annex, made in zip(batch, to_pdf(named, folder), strict=True):
            if made is not None:
                found[annex.path] = made
        done += len(batch)
        progress(done)
    return found


def _batches(annexes: Sequence[BundleAnnex]) -> Iterator[Sequence[BundleAnnex]]:
    for start in range(0, len(annexes), CONVERTED_AT_ONCE):
        yield annexes[start : start + CONVERTED_AT_ONCE]


def _add_point(writer: PdfWriter, point: BundlePoint, converted: dict[Path, Path]) -> None:
    above = None
    for annex in point.annexes:
        page = len(writer.pages)
        why = _append(writer, converted.get(annex.path))
        if why:
            lines = [point.label, f"Bijlage: {annex.title}", f"Bestand: {annex.name}", "", why]
            writer.add_page(_text_page(lines))
        if above is None:
            above = writer.add_outline_item(title=point.label, page_number=page)
        writer.add_outline_item(title=annex.title, page_number=page, parent=above)


def _append(writer: PdfWriter, file: Path | None) -> str:
    """Add the pages of a PDF; returns why not, in Dutch, when that can't be."""
    if file is None or not file.is_file():
        return "Dit bestand kan niet in deze pdf. U vindt het bij de documenten van de vergadering."
    try:
        reader = PdfReader(file)
        if reader.is_encrypted:
            return "Dit bestand is met een wachtwoord beveiligd en staat daarom niet in deze pdf."
        writer.append(reader, import_outline=False)
    except (PyPdfError, ValueError, KeyError, TypeError, RecursionError, OSError):
        return "Dit bestand is beschadigd en kan niet in deze pdf."
    return ""


def _text_page(lines: Sequence[str]) -> PageObject:
    parts = []
    for place, line in enumerate(lines):
        size = TITLE_SIZE if place == 0 else TEXT_SIZE
        parts.append(_text(line[:LONGEST_LINE], LEFT, TOP - place * LINE_HEIGHT, size))
    return _page(A4[0], A4[1], b"\n".join(parts))


def _number_pages(writer: PdfWriter) -> None:
    total = len(writer.pages)
    for number, page in enumerate(writer.pages, start=1):
        page.transfer_rotation_to_content()
        box = page.mediabox
        text = _text(f"{number} / {total}", float(box.width) / 2 - 16, 18, NUMBER_SIZE)
        stamp = _page(float(box.width), float(box.height), text)
        page.merge_translated_page(stamp, float(box.left), float(box.bottom))


def _page(width: float, height: float, content: bytes) -> PageObject:
    """A page with this content, which may use the font /F1: Helvetica with Western letters."""
    page = PageObject.create_blank_page(width=width, height=height)
    font = DictionaryObject(
        {
            NameObject("/Type"): NameObject("/Font"),
            NameObject("/Subtype"): NameObject("/Type1"),
            NameObject("/BaseFont"): NameObject("/Helvetica"),
            NameObject("/Encoding"): NameObject("/WinAnsiEncoding"),
        }
    )
    page[NameObject("/Resources")] = DictionaryObject(
        {NameObject("/Font"): DictionaryObject({NameObject("/F1"): font})}
    )
    stream = DecodedStreamObject()
    stream.set_data(content)
    page[NameObject("/Contents")] = stream
    return page


def _text(words: str, left: float, bottom: float, size: int) -> bytes:
    plain = words.encode("cp1252", "replace")
    for special in (b"\\", b"(", b")"):
        plain = plain.replace(special, b"\\" + special)
    return b"BT /F1 %d Tf %.2f %.2f Td (%s) Tj ET" % (size, left, bottom, plain)

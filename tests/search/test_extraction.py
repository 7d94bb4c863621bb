"""The words of a file are read apart, and what can't be read says why."""

from collections.abc import Callable
from pathlib import Path

import pytest

from overleg.demo.annex import one_page_pdf
from overleg.search.extraction import ReadText, read_file
from overleg.search.states import TextState
from tests.search.files import PDF, WORD, locked_pdf, scanned_pdf, word_file, word_of, zip_bomb

ENTITIES = (
    b'<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">'
    b'<!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;"><!ENTITY d "&c;&c;&c;&c;&c;&c;&c;&c;&c;&c;">'
    b'<!ENTITY e "&d;&d;&d;&d;&d;&d;&d;&d;&d;&d;"><!ENTITY f "&e;&e;&e;&e;&e;&e;&e;&e;&e;&e;">'
    b'<!ENTITY g "&f;&f;&f;&f;&f;&f;&f;&f;&f;&f;"><!ENTITY h "&g;&g;&g;&g;&g;&g;&g;&g;&g;&g;">'
    b"]><x>&h;</x>"
)


def read(tmp_path: Path, content: bytes, media_type: str) -> ReadText:
    """What is read of a file with this content."""
    path = tmp_path / "bijlage"
    path.write_bytes(content)
    return read_file(path, media_type)


def test_a_word_file_gives_its_paragraphs_and_tables(tmp_path: Path) -> None:
    told = read(tmp_path, word_file("Een nota over geluidshinder.", "Tabel met ramingen"), WORD)
    assert told.state is TextState.READ
    assert told.text == "Een nota over geluidshinder.\nTabel met ramingen"


def test_a_pdf_gives_the_text_of_its_pages(tmp_path: Path) -> None:
    told = read(tmp_path, one_page_pdf(["Waterbeheersing", "langs de Mandel"]), PDF)
    assert told.state is TextState.READ
    assert "Waterbeheersing" in told.text
    assert "Mandel" in told.text


@pytest.mark.parametrize(
    ("make", "media_type", "state"),
    [
        (lambda: locked_pdf("Geheim"), PDF, TextState.LOCKED),
        (scanned_pdf, PDF, TextState.EMPTY),
        (lambda: b"%PDF-1.7\nniets", PDF, TextState.BROKEN),
        (lambda: b"PK\x03\x04 geen pakket", WORD, TextState.BROKEN),
        (lambda: word_file("een", "twee")[:-200], WORD, TextState.BROKEN),
        (lambda: word_of(b"<w:document><w:p>"), WORD, TextState.BROKEN),
        (lambda: zip_bomb(200), WORD, TextState.TOO_MUCH),
        (lambda: b"a;b", "text/csv", TextState.OTHER),
    ],
    ids=["locked", "scan", "no pdf", "no zip", "cut off", "no xml", "zip bomb", "csv"],
)
def test_what_cannot_be_read_says_why(
    tmp_path: Path, make: Callable[[], bytes], media_type: str, state: TextState
) -> None:
    assert read(tmp_path, make(), media_type) == ReadText(state)


def test_entities_that_unfold_without_end_are_not_read(tmp_path: Path) -> None:
    told = read(tmp_path, word_of(ENTITIES), WORD)
    assert told.state in {TextState.BROKEN, TextState.TOO_MUCH}


def test_a_long_text_is_read_in_part(tmp_path: Path) -> None:
    told = read(tmp_path, word_file(*(["woord " * 1000] * 60), "einde"), WORD)
    assert told.state is TextState.PARTLY
    assert len(told.text) <= 200_000
    assert "einde" not in told.text


def test_who_takes_too_long_is_stopped(tmp_path: Path) -> None:
    path = tmp_path / "bijlage"
    path.write_bytes(word_file("een", "twee"))
    assert read_file(path, WORD, within_seconds=0.0).state is TextState.TOO_MUCH


def test_a_file_that_is_gone_says_so(tmp_path: Path) -> None:
    assert read_file(tmp_path / "weg", PDF) == ReadText(TextState.MISSING)

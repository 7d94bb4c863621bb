"""LibreOffice, which is not ours, opens each paper and prints what it should."""

import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from pypdf import PdfReader

from overleg.word.papers import render_agenda, render_minutes, render_municipal_proposal
from tests.word.samples import AGENDA, MINUTES, NOW, PROPOSAL

pytestmark = pytest.mark.libreoffice

PAPERS: dict[str, Callable[[], bytes]] = {
    "agenda": lambda: render_agenda(AGENDA, now=NOW),
    "verslag": lambda: render_minutes(MINUTES, now=NOW),
    "collegevoorstel": lambda: render_municipal_proposal(PROPOSAL, now=NOW),
}


def test_libreoffice_prints_every_paper(tmp_path: Path) -> None:
    for name, make in PAPERS.items():
        (tmp_path / f"{name}.docx").write_bytes(make())
    subprocess.run(
        [
            "soffice",
            f"-env:UserInstallation=file://{tmp_path}/profile",
            "--headless",
            "--convert-to",
            "pdf",
            "--outdir",
            str(tmp_path),
            *(str(tmp_path / f"{name}.docx") for name in PAPERS),
        ],
        check=True,
        capture_output=True,
        timeout=180,
    )
    printed = {name: _text(tmp_path / f"{name}.pdf") for name in PAPERS}
    assert "Agenda vergadering 12" in printed["agenda"]
    assert "3. Verdeling van de kosten" in printed["agenda"]
    assert "1. Ontwerp" in printed["agenda"]
    assert "– bereikbaar met de fiets" in printed["agenda"]
    assert "Pagina 1 van 2" in printed["agenda"]
    assert "Pagina 2 van 2" in printed["agenda"]
    assert "ONTWERP – nog niet goedgekeurd" in printed["verslag"]
    assert "• legt het ontwerp voor in januari" in printed["verslag"]
    assert "Artikel 2. Het college keurt zijn aandeel goed" in printed["collegevoorstel"]
    assert "1. alle gemeenten deelnemen" in printed["collegevoorstel"]


def _text(path: Path) -> str:
    """The printed words of all pages, with single spaces."""
    return " ".join(" ".join(page.extract_text() for page in PdfReader(path).pages).split())

"""Files to PDF by LibreOffice, where it is installed. Nothing of the application in here."""

import os
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

PROGRAMS = ("soffice", "libreoffice")
SECONDS_EACH = 60
CONVERTED = frozenset({".docx", ".odt", ".doc", ".rtf", ".png", ".jpg", ".jpeg", ".gif", ".webp"})


def can_convert() -> bool:
    """Whether LibreOffice is on this machine."""
    return _program() is not None


def _program() -> str | None:
    return next((found for name in PROGRAMS if (found := shutil.which(name))), None)


def to_pdf(files: Sequence[Path], folder: Path) -> list[Path | None]:
    """Convert files to PDF in a folder, all in one start; None where that did not work.

    The names differ in more than their ending. A locked or damaged file is left out, and so is what
    takes longer than a minute each.
    """
    program = _program()
    if program is None or not files:
        return [None for _ in files]
    with tempfile.TemporaryDirectory(prefix="overleg-office-") as profile:
        command = [
            program,
            "--headless",
            "--norestore",
            f"-env:UserInstallation=file://{profile}",
            "--convert-to",
            "pdf",
            "--outdir",
            str(folder),
            *[str(file) for file in files],
        ]
        process = subprocess.Popen(  # noqa: S603 - the program is found, the files are ours
            command,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        try:
            process.wait(timeout=SECONDS_EACH * len(files))
        except subprocess.TimeoutExpired:
            with suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
            process.wait()
    made = [folder / f"{file.stem}.pdf" for file in files]
    return [file if file.is_file() and file.stat().st_size else None for file in made]

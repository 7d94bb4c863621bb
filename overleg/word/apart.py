"""Filling in and checking templates from outside, in a process that cannot hurt us."""

import json
import os
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from threading import Timer
from typing import IO, Any, Self

from overleg.word.checking import WHOLE_FILE, Checked, Fault
from overleg.word.contexts import Paper, PaperKind
from overleg.word.errors import TemplateFault

PROCESS = Path(__file__).with_name("apart_process.py")
SECONDS_EACH = 20.0
SECONDS_TO_END = 5.0
STOPPED = -1
TOO_MUCH = (
    "Het sjabloon vraagt te veel tijd of geheugen om in te vullen. Haal lussen in lussen weg, of "
    "begin opnieuw van het sjabloon dat u hier kunt downloaden."
)


def check_apart(blob: bytes, kind: PaperKind, *, now: datetime) -> Checked:
    """Check a template from outside; what takes too much is a fault. ``now`` is aware."""
    with _Worker() as worker:
        status, out = worker.do({"do": "check", "kind": kind.value, "now": now.isoformat()}, blob)
    if status != 0:
        return Checked((Fault(WHOLE_FILE, "", TOO_MUCH),), ())
    found = json.loads(out)
    return Checked(tuple(Fault(**fault) for fault in found["faults"]), tuple(found["fields"]))


def render_apart(
    papers: Iterable[tuple[Paper, bytes]], *, now: datetime
) -> Iterator[bytes | TemplateFault]:
    """Each paper in the template from outside that is given with it, as a .docx file.

    One that cannot be filled in gives the fault instead. ``now`` is aware.
    """
    with _Worker() as worker:
        for paper, template in papers:
            status, out = worker.do(
                {
                    "do": "render",
                    "context": _plain(paper),
                    "title": paper.title,
                    "author": paper.author,
                    "now": now.isoformat(),
                },
                template,
            )
            if status == 0:
                yield out
            else:
                yield TemplateFault(out.decode() if status == 1 else TOO_MUCH)


def _plain(paper: Paper) -> dict[str, Any]:
    """Only texts, truths, lists and tables of them: nothing that has a method."""
    context: dict[str, Any] = json.loads(json.dumps(asdict(paper)))
    return context


class _Worker:
    """The process apart, from its start until it is no longer needed."""

    def __init__(self) -> None:
        self._process: subprocess.Popen[str] | None = None
        self._folder = tempfile.TemporaryDirectory(prefix="overleg-sjabloon-")

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        if self._process is not None:
            with suppress(subprocess.TimeoutExpired):
                self._process.communicate(timeout=SECONDS_TO_END)
                self._process = None
        self._stop()
        self._folder.cleanup()

    def do(self, task: dict[str, Any], template: bytes) -> tuple[int, bytes]:
        """Do one task; how it ended (0 well, 1 a fault, negative stopped) and what it wrote."""
        place, out = (Path(self._folder.name) / name for name in ("sjabloon.docx", "uit"))
        place.write_bytes(template)
        out.write_bytes(b"")
        task = {**task, "template": str(place), "out": str(out)}
        process = self._started()
        with self._in_time(process):
            status = _answer(process, json.dumps(task))
        if status is None:
            self._stop()
        return STOPPED if status is None else status, out.read_bytes()

    def _started(self) -> subprocess.Popen[str]:
        if self._process is None:
            self._process = subprocess.Popen(  # noqa: S603 - our own script
                [sys.executable, "-I", str(PROCESS)],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                encoding="utf-8",
                env={},
                start_new_session=True,
            )
        return self._process

    @contextmanager
    def _in_time(self, process: subprocess.Popen[str]) -> Iterator[None]:
        clock = Timer(SECONDS_EACH, _kill, [process])
        clock.daemon = True
        clock.start()
        try:
            yield
        finally:
            clock.cancel()

    def _stop(self) -> None:
        if self._process is not None:
            _kill(self._process)
            self._process.communicate()
            self._process = None


def _answer(process: subprocess.Popen[str], task: str) -> int | None:
    """How the task ended; None when the process itself is gone."""
    streams: tuple[IO[str] | None, IO[str] | None] = (process.stdin, process.stdout)
    asked, told = streams
    if asked is None or told is None:
        return None
    try:
        asked.write(task + "\n")
        asked.flush()
        line = told.readline()
    except OSError:
        return None
    return int(line) if line.strip() else None


def _kill(process: subprocess.Popen[str]) -> None:
    """End the process with its children."""
    with suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)

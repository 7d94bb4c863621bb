"""The work of the process apart: one task per line comes in, one answer per line goes out."""

import gc
import json
import os
import resource
import sys
from collections.abc import Mapping
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from overleg.word.checking import check_template
from overleg.word.contexts import PaperKind
from overleg.word.engine import render
from overleg.word.errors import TemplateFault
from overleg.word.sample_papers import SAMPLES
from overleg.word.templates import house_bytes

MEMORY_BYTES = 640 * 1024 * 1024
CPU_SECONDS = 3
WRITTEN_BYTES = 40 * 1024 * 1024
DONE, FAULTY = 0, 1


def work(task: Mapping[str, Any]) -> int:
    """Do one task and write what came of it; returns how it ended."""
    blob, out = Path(task["template"]).read_bytes(), Path(task["out"])
    now = datetime.fromisoformat(task["now"])
    if task["do"] == "check":
        checked = check_template(blob, PaperKind(task["kind"]), now=now)
        out.write_text(json.dumps(asdict(checked)), "utf-8")
        return DONE
    try:
        made = render(blob, task["context"], title=task["title"], author=task["author"], now=now)
    except TemplateFault as fault:
        out.write_text(str(fault), "utf-8")
        return FAULTY
    out.write_bytes(made)
    return DONE


def work_apart(task: Mapping[str, Any]) -> int:
    """Do one task in a child with limits; returns how it ended, negative when it was stopped."""
    child = os.fork()
    if child == 0:
        status = -1
        try:
            resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
            resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS))
            resource.setrlimit(resource.RLIMIT_FSIZE, (WRITTEN_BYTES, WRITTEN_BYTES))
            status = work(task)
        finally:
            os._exit(status if status >= 0 else 2)
    _, waited = os.waitpid(child, 0)
    code = os.waitstatus_to_exitcode(waited)
    return code if code in {DONE, FAULTY} else -1


def _warm_up() -> None:
    """Fill in our own template once: each child then finds ready what that needs."""
    kind = PaperKind.COLLEGE_PROPOSAL
    paper = SAMPLES[kind][0]
    now = datetime.now(UTC)
    render(house_bytes(kind), paper.context(), title=paper.title, author=paper.author, now=now)


def main() -> None:
    """Do the tasks of the input until it ends."""
    _warm_up()
    # A child that looks for garbage copies all the memory it shares with this process.
    gc.freeze()
    gc.disable()
    for line in sys.stdin:
        sys.stdout.write(f"{work_apart(json.loads(line))}\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()

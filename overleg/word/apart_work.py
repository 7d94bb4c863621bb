"""The work of the process apart: one task per line comes in, one answer per line goes out."""

import gc
import json
import math
import os
import resource
import sys
import time
from collections.abc import Mapping
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, NoReturn

from overleg.word.checking import check_template
from overleg.word.contexts import PaperKind
from overleg.word.engine import render
from overleg.word.errors import TemplateFault
from overleg.word.sample_papers import SAMPLES
from overleg.word.templates import house_bytes

MEMORY_BYTES = 640 * 1024 * 1024
CPU_SECONDS = 3
ROOMY_BYTES = 200 * 1024 * 1024
"""A child that grew beyond this gives way to a fresh one."""
WRITTEN_BYTES = 40 * 1024 * 1024
DONE, FAULTY, STOPPED = 0, 1, -1


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


class _Child:
    """A child with limits that does task after task, as long as each one ends well."""

    def __init__(self) -> None:
        task_end, tasks = os.pipe()
        answers, answer_end = os.pipe()
        self._pid = os.fork()
        if self._pid == 0:
            os.close(tasks)
            os.close(answers)
            _work_on(task_end, answer_end)
        os.close(task_end)
        os.close(answer_end)
        self._tasks, self._answers = os.fdopen(tasks, "w"), os.fdopen(answers)

    def do(self, line: str) -> tuple[int, bool]:
        """How the task ended, negative when it ended the child; and whether that goes on."""
        self._tasks.write(line)
        self._tasks.flush()
        status, _, goes_on = self._answers.readline().strip().partition(" ")
        return (int(status), goes_on == "on") if status else (STOPPED, False)

    def end(self) -> None:
        """Wait until it is gone."""
        self._tasks.close()
        self._answers.close()
        os.waitpid(self._pid, 0)


def _work_on(tasks: int, answers: int) -> NoReturn:
    """In the child: do the tasks until they end; what goes wrong ends it without an answer."""
    try:
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
        resource.setrlimit(resource.RLIMIT_FSIZE, (WRITTEN_BYTES, WRITTEN_BYTES))
        gc.enable()
        with os.fdopen(tasks) as lines, os.fdopen(answers, "w") as answered:
            for line in lines:
                _allow_seconds(CPU_SECONDS)
                status = work(json.loads(line))
                grown = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024 > ROOMY_BYTES
                answered.write(f"{status} {'off' if status or grown else 'on'}\n")
                answered.flush()
    finally:
        os._exit(0)


def _allow_seconds(count: int) -> None:
    """So many seconds of the processor's time for what comes; it is killed after that."""
    _, most = resource.getrlimit(resource.RLIMIT_CPU)
    resource.setrlimit(resource.RLIMIT_CPU, (math.ceil(time.process_time()) + count, most))


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
    child: _Child | None = None
    for line in sys.stdin:
        child = child or _Child()
        status, goes_on = child.do(line)
        if not goes_on:
            child.end()
            child = None
        sys.stdout.write(f"{status}\n")
        sys.stdout.flush()
    if child is not None:
        child.end()


if __name__ == "__main__":
    main()

"""Processes forked from one that has loaded the application: they need not load it again.

That one is started when it is first asked for, and runs no test: what is forked from it is as what
an installation starts, a second later.
"""

import os
from collections.abc import Callable, Mapping
from contextlib import suppress
from multiprocessing import get_context
from multiprocessing.connection import Connection
from signal import SIGKILL
from typing import TextIO

_FROM = get_context("forkserver")
_FROM.set_forkserver_preload(["overleg.cli"])


class Forked:
    """A process in a group of its own that runs `does`, with its output at hand.

    `does` and what it is called with are sent to it, so they must be known by name in a module.
    """

    def __init__(self, does: Callable[..., None], *given: object, **environment: str) -> None:
        reader, writer = _FROM.Pipe(duplex=False)
        wanted = {**os.environ, **environment}
        self._process = _FROM.Process(target=_run, args=(writer, wanted, does, given))
        self._process.start()
        writer.close()
        self.output: TextIO = os.fdopen(os.dup(reader.fileno()))
        reader.close()

    @property
    def pid(self) -> int:
        """The number of the process, and of its group."""
        assert self._process.pid is not None
        return self._process.pid

    def poll(self) -> int | None:
        """How it ended, or that it did not."""
        return self._process.exitcode

    def wait(self, timeout: float | None = None) -> int | None:
        """Wait until it ends, and say how: below 0 it is the signal that ended it."""
        self._process.join(timeout)
        return self._process.exitcode

    def send_signal(self, number: int) -> None:
        """Ask something of it."""
        os.kill(self.pid, number)

    def kill(self) -> None:
        """Kill it with all it started, as a machine that loses its power does."""
        if self.poll() is None:
            self._process.kill()
        with suppress(ProcessLookupError):
            os.killpg(self.pid, SIGKILL)
        self.wait()
        self.output.close()


def _run(
    output: Connection,
    environment: Mapping[str, str],
    does: Callable[..., None],
    given: tuple[object, ...],
) -> None:
    os.setsid()
    os.dup2(output.fileno(), 1)
    output.close()
    os.environ.clear()
    os.environ.update(environment)
    does(*given)

"""Web servers under gunicorn, for as long as a measurement takes."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from bench.load import fetch
from overleg.processes import WEB_THREADS, WEB_WORKERS
from overleg.web.statements import HEADER

START_WITHIN_SECONDS = 60


@dataclass(frozen=True)
class WebServer:
    """A running gunicorn."""

    port: int
    process_id: int

    def worker_memory_mb(self) -> float:
        """Return what its biggest worker takes, in MB: its own, and its share of what is shared."""
        children = Path(f"/proc/{self.process_id}/task/{self.process_id}/children").read_text()
        return max(_memory_mb(int(child)) for child in children.split())


@dataclass(frozen=True)
class Servers:
    """Overleg as in production, one worker of it that counts its statements, and the floor."""

    overleg: WebServer
    counter: WebServer
    floor: WebServer

    def statements(self, path: str, headers: Mapping[str, str]) -> int:
        """How many statements a page takes that was asked before."""
        fetch(self.counter.port, path, headers=headers)
        return int(fetch(self.counter.port, path, headers=headers).headers[HEADER])


@contextmanager
def serve(
    target: str, *, ready: str, environment: Mapping[str, str], workers: int = WEB_WORKERS
) -> Iterator[WebServer]:
    """Serve a WSGI application until the block ends; ``ready`` is a path that answers 200.

    Raises ``TimeoutError`` when it does not answer in time.
    """
    port = _free_port()
    command = [sys.executable, "-m", "gunicorn", target, "--bind", f"127.0.0.1:{port}"]
    command += ["--worker-class", "gthread", "--preload", "--keep-alive", "30"]
    command += ["--workers", str(workers), "--threads", str(WEB_THREADS), "--log-level", "warning"]
    process = subprocess.Popen(command, env={**os.environ, **environment})
    try:
        _wait_until_ready(process, port, ready)
        yield WebServer(port, process.pid)
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait()


def _wait_until_ready(process: subprocess.Popen[bytes], port: int, path: str) -> None:
    last_moment = time.monotonic() + START_WITHIN_SECONDS
    while time.monotonic() < last_moment and process.poll() is None:
        try:
            if fetch(port, path).status == 200:
                return
        except OSError:
            pass
        time.sleep(0.1)
    raise TimeoutError(f"the server does not answer {path}")


def _memory_mb(process_id: int) -> float:
    for line in Path(f"/proc/{process_id}/smaps_rollup").read_text().splitlines():
        if line.startswith("Pss:"):
            return int(line.split()[1]) / 1024
    return 0.0


def _free_port() -> int:
    with socket.socket() as knocker:
        knocker.bind(("127.0.0.1", 0))
        port: int = knocker.getsockname()[1]
        return port

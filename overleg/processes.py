"""The two processes of an installation on one machine: the web server and the worker.

The demo starts them from here; production does the same with its own service manager.
"""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from http.client import HTTPConnection, HTTPException
from types import FrameType

HOST = "127.0.0.1"
LOOK_EVERY_SECONDS = 0.2
START_WITHIN_SECONDS = 60
STOP_WITHIN_SECONDS = 10
STOP_SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)

WEB = "de webserver"
WORKER = "de achtergrondtaken"


class StartError(Exception):
    """The processes can't run here; the message is a Dutch sentence that says why."""


def web_command(port: int, *, workers: int = 2, threads: int = 4) -> list[str]:
    """Return the command that serves the application on this port of this machine."""
    command = [sys.executable, "-m", "gunicorn", "wsgi:app", "--bind", f"{HOST}:{port}"]
    command += ["--worker-class", "gthread", "--workers", str(workers), "--threads", str(threads)]
    # Loaded once and then forked: half the start, and the workers share what they only read.
    command.append("--preload")
    # Heartbeats go to memory where there is some: a slow disk should not look like a hung worker.
    if os.path.isdir("/dev/shm"):  # noqa: S108, PTH112 - not a file of ours
        command += ["--worker-tmp-dir", "/dev/shm"]  # noqa: S108
    return [*command, "--graceful-timeout", "5", "--log-level", "warning"]


def worker_command() -> list[str]:
    """Return the command that runs what waits in the queue."""
    return [sys.executable, "-m", "overleg.cli", "worker"]


def check_port_is_free(port: int) -> None:
    """Raise ``StartError`` when something already listens on this port."""
    with socket.socket() as knocker:
        knocker.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            knocker.bind((HOST, port))
        except OSError:
            raise StartError(
                f"Poort {port} is al in gebruik. Kies een andere, bijvoorbeeld: "
                f"PORT={port + 1} make demo"
            ) from None


def run_web_and_worker(
    port: int, *, environment: Mapping[str, str], on_ready: Callable[[], None]
) -> int:
    """Run both until one is asked to stop, or one of them stops by itself.

    ``on_ready`` is called once, when pages are answered. Returns the exit status: 0 when it was
    stopped from outside, 1 when a process stopped by itself. Raises ``StartError``.
    """
    check_port_is_free(port)
    commands = {WEB: web_command(port), WORKER: worker_command()}
    return run_together(
        commands, environment=environment, ready=lambda: answers(port), on_ready=on_ready
    )


def run_together(
    commands: Mapping[str, Sequence[str]],
    *,
    environment: Mapping[str, str],
    ready: Callable[[], bool],
    on_ready: Callable[[], None],
) -> int:
    """Run commands, by their Dutch name, until one ends or SIGINT, SIGTERM or SIGHUP comes.

    ``ready`` is asked until it says so, then ``on_ready`` is called. Whatever happens, none of
    them is left running. Returns the exit status, as ``run_web_and_worker`` does.
    """
    return _Together(commands, environment=environment).run(ready=ready, on_ready=on_ready)


def answers(port: int, path: str = "/healthz") -> bool:
    """Tell whether the web server on this port answers this path with 200."""
    connection = HTTPConnection(HOST, port, timeout=5)
    try:
        connection.request("GET", path)
        return connection.getresponse().status == 200
    except (OSError, HTTPException):
        return False
    finally:
        connection.close()


class _Together:
    """Child processes that live and stop together."""

    def __init__(
        self, commands: Mapping[str, Sequence[str]], *, environment: Mapping[str, str]
    ) -> None:
        self._commands = commands
        self._environment = dict(environment)
        self._children: dict[str, subprocess.Popen[bytes]] = {}
        self._asked_to_stop = False

    def run(self, *, ready: Callable[[], bool], on_ready: Callable[[], None]) -> int:
        before = {number: signal.signal(number, self._ask) for number in STOP_SIGNALS}
        try:
            for name, command in self._commands.items():
                # In a session of its own, a child hears Ctrl-C from here only, and once.
                self._children[name] = subprocess.Popen(  # noqa: S603 - our own commands
                    command, env=self._environment, start_new_session=True
                )
            return self._watch(ready=ready, on_ready=on_ready)
        finally:
            self._stop()
            for number, handler in before.items():
                signal.signal(number, handler)

    def _watch(self, *, ready: Callable[[], bool], on_ready: Callable[[], None]) -> int:
        last_moment = time.monotonic() + START_WITHIN_SECONDS
        announced = False
        while not self._asked_to_stop:
            if ended := self._ended():
                say(f"Gestopt: {ended} is onverwacht beëindigd.")
                return 1
            if not announced and ready():
                announced = True
                on_ready()
            elif not announced and time.monotonic() > last_moment:
                say(f"Gestopt: {WEB} antwoordt niet na {START_WITHIN_SECONDS} seconden.")
                return 1
            time.sleep(LOOK_EVERY_SECONDS)
        say("Overleg stopt.")
        return 0

    def _ended(self) -> str | None:
        return next((n for n, child in self._children.items() if child.poll() is not None), None)

    def _ask(self, _number: int, _frame: FrameType | None) -> None:
        if self._asked_to_stop:  # a second Ctrl-C: no more patience
            self._signal(signal.SIGKILL)
        self._asked_to_stop = True

    def _stop(self) -> None:
        self._signal(signal.SIGTERM)
        last_moment = time.monotonic() + STOP_WITHIN_SECONDS
        for child in self._children.values():
            with suppress(subprocess.TimeoutExpired):
                child.wait(max(0.0, last_moment - time.monotonic()))
        # Also what a child left behind: the whole of its session.
        self._signal(signal.SIGKILL)
        for child in self._children.values():
            child.wait()

    def _signal(self, number: signal.Signals) -> None:
        for child in self._children.values():
            with suppress(ProcessLookupError):
                if number is signal.SIGKILL:
                    os.killpg(child.pid, number)
                else:
                    child.send_signal(number)


def say(sentence: str) -> None:
    """Print a line at once, also when the output goes to a file."""
    print(sentence, flush=True)

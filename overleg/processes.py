"""The two processes of an installation on one machine: the web server and the worker.

The demo starts them from here; production does the same with its own service manager.
"""

import multiprocessing
import os
import signal
import socket
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from types import FrameType

from flask import Flask
from gunicorn.app.base import BaseApplication

from overleg.memory import keep_what_is_loaded

HOST = "127.0.0.1"
LOOK_EVERY_SECONDS = 0.1
START_WITHIN_SECONDS = 60
STOP_WITHIN_SECONDS = 10
FORK = multiprocessing.get_context("fork")
WEB_WORKERS = 2
WEB_THREADS = 2
"""Of each web worker: one draws a page while the other waits for the database. More of them wait
for the same interpreter: with four, 3 % fewer pages were drawn."""
LONGEST_REQUEST_LINE = 8190
"""The most gunicorn takes; Overleg itself answers an address that is too long."""
SHARED_MEMORY = Path("/dev/shm")  # noqa: S108 - not a file of ours
STOP_SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)

WEB = "de webserver"
WORKER = "de achtergrondtaken"


class StartError(Exception):
    """The processes can't run here; the message is a Dutch sentence that says why."""


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
    port: int,
    *,
    application: Flask,
    work: Callable[[Flask], None],
    on_ready: Callable[[], None],
) -> int:
    """Run both until one is asked to stop, or one of them stops by itself.

    ``application`` is shared by the processes, so it may hold no open connections; ``work`` runs
    its jobs, and ``on_ready`` is called once, when pages are answered. Returns the exit status: 0
    when it was stopped from outside, 1 when a process stopped by itself. Raises ``StartError``.
    """
    check_port_is_free(port)
    keep_what_is_loaded()
    tasks = {WEB: WebServer(application, port).run, WORKER: lambda: work(application)}
    return run_together(tasks, ready=lambda: answers(port), on_ready=on_ready)


class WebServer(BaseApplication):
    """gunicorn on a port of this machine."""

    def __init__(self, application: Flask, port: int) -> None:
        self._application = application
        self._settings = {
            "bind": f"{HOST}:{port}",
            "worker_class": "gthread",
            "workers": WEB_WORKERS,
            "threads": WEB_THREADS,
            # What is only read is shared by the workers.
            "preload_app": True,
            "limit_request_line": LONGEST_REQUEST_LINE,
            "graceful_timeout": 5,
            "loglevel": "warning",
        }
        # Heartbeats go to memory where there is some: a slow disk should not look like a hung one.
        if SHARED_MEMORY.is_dir():
            self._settings["worker_tmp_dir"] = str(SHARED_MEMORY)
        super().__init__()

    def load_config(self) -> None:
        """Take over our settings; gunicorn calls this."""
        for name, value in self._settings.items():
            self.cfg.set(name, value)

    def load(self) -> Flask:
        """Give the application; gunicorn calls this."""
        return self._application


def run_together(
    tasks: Mapping[str, Callable[[], None]],
    *,
    ready: Callable[[], bool],
    on_ready: Callable[[], None],
) -> int:
    """Run tasks, by their Dutch name, until one ends or SIGINT, SIGTERM or SIGHUP comes.

    Each runs in a fork of this process, which loaded everything already; it must hold no open
    connections. ``ready`` is asked until it says so, then ``on_ready`` is called. Whatever happens,
    none of them is left running. Returns the exit status, as ``run_web_and_worker`` does.
    """
    return _Together(tasks).run(ready=ready, on_ready=on_ready)


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

    def __init__(self, tasks: Mapping[str, Callable[[], None]]) -> None:
        self._children = {
            name: FORK.Process(target=_in_own_session, args=(task,), name=name)
            for name, task in tasks.items()
        }
        self._asked_to_stop = False

    def run(self, *, ready: Callable[[], bool], on_ready: Callable[[], None]) -> int:
        before = {number: signal.signal(number, self._ask) for number in STOP_SIGNALS}
        try:
            # A child that is asked to stop at its birth must not take that for its parent's affair.
            signal.pthread_sigmask(signal.SIG_BLOCK, STOP_SIGNALS)
            try:
                for child in self._children.values():
                    child.start()
            finally:
                signal.pthread_sigmask(signal.SIG_UNBLOCK, STOP_SIGNALS)
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
        return next((n for n, child in self._children.items() if not child.is_alive()), None)

    def _ask(self, _number: int, _frame: FrameType | None) -> None:
        if self._asked_to_stop:  # a second Ctrl-C: no more patience
            self._signal(signal.SIGKILL)
        self._asked_to_stop = True

    def _stop(self) -> None:
        self._signal(signal.SIGTERM)
        last_moment = time.monotonic() + STOP_WITHIN_SECONDS
        for child in self._children.values():
            child.join(max(0.0, last_moment - time.monotonic()))
        # Also what a child left behind: the whole of its session.
        self._signal(signal.SIGKILL)
        for child in self._children.values():
            child.join()

    def _signal(self, number: signal.Signals) -> None:
        for child in self._children.values():
            with suppress(ProcessLookupError):
                if child.pid is None:
                    continue
                if number is signal.SIGKILL:
                    os.killpg(child.pid, number)
                else:
                    os.kill(child.pid, number)


def _in_own_session(task: Callable[[], None]) -> None:
    """Hear Ctrl-C from the parent only, and once."""
    os.setsid()
    for number in STOP_SIGNALS:
        signal.signal(number, signal.SIG_DFL)
    signal.pthread_sigmask(signal.SIG_UNBLOCK, STOP_SIGNALS)
    task()


def say(sentence: str) -> None:
    """Print a line at once, also when the output goes to a file."""
    print(sentence, flush=True)

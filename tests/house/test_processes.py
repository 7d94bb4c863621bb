"""The web server and the worker live and stop together."""

import gc
import os
import signal
import socket
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path

import pytest
from flask import Flask

from overleg.processes import StartError, WebServer, answers, check_port_is_free, run_together
from tests.plugins.forked import Forked

LIVES = "import time; open(r'{file}', 'a').write('x'); time.sleep(600)"
PATIENCE_SECONDS = 60
DIES = "raise SystemExit(3)"


@contextmanager
def running(first: str, second: str, started: Path) -> Iterator[Forked]:
    """Two children under a parent, with its lines of output at hand."""
    parent = Forked(run_both, first, second, started)
    try:
        yield parent
    finally:
        parent.kill()


def run_both(first: str, second: str, started: Path) -> None:
    """Run two children and say when they have begun."""
    status = run_together(
        {"de eerste": partial(exec, first), "de tweede": partial(exec, second)},
        ready=started.exists,
        on_ready=lambda: print("klaar", flush=True),
    )
    sys.exit(status)


def children_of(parent: Forked) -> list[int]:
    children = Path(f"/proc/{parent.pid}/task/{parent.pid}/children").read_text()
    return [int(child) for child in children.split()]


def is_alive(process_id: int) -> bool:
    try:
        os.kill(process_id, 0)
    except ProcessLookupError:
        return False
    return True


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_both_stop_when_asked(tmp_path: Path, number: signal.Signals) -> None:
    started = tmp_path / "started"
    lives = LIVES.format(file=started)
    with running(lives, lives, started) as parent:
        assert parent.output.readline() == "klaar\n"
        children = children_of(parent)
        assert len(children) == 2
        parent.send_signal(number)
        assert parent.output.readline() == "Overleg stopt.\n"
        assert parent.wait(PATIENCE_SECONDS) == 0
    assert not any(map(is_alive, children))


def test_when_one_ends_the_other_is_stopped_and_it_is_said(tmp_path: Path) -> None:
    started = tmp_path / "started"
    with running(LIVES.format(file=started), DIES, started) as parent:
        said = parent.output.read()
        assert parent.wait(PATIENCE_SECONDS) == 1
    assert "Gestopt: de tweede is onverwacht beëindigd." in said


def test_a_port_in_use_is_said_in_a_sentence() -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        with pytest.raises(StartError, match=f"Poort {port} is al in gebruik"):
            check_port_is_free(port)


def serve(port: int) -> None:
    """The web server, with an application that has an answer to every address."""
    application = Flask("any")
    application.add_url_rule("/<path:_any>", view_func=lambda _any: "hier")
    WebServer(application, port).run()


def test_the_web_server_leaves_long_addresses_to_the_application() -> None:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    server = Forked(serve, port)
    try:
        until = time.monotonic() + PATIENCE_SECONDS
        while not answers(port) and time.monotonic() < until:
            time.sleep(0.05)
        assert answers(port, "/" + "a" * 8000)
    finally:
        server.kill()


def test_what_was_loaded_is_not_searched_for_garbage_and_what_came_since_is() -> None:
    assert gc.get_freeze_count() > 100_000
    assert gc.isenabled()

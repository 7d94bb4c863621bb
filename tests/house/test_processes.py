"""The web server and the worker live and stop together."""

import gc
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from overleg.processes import StartError, check_port_is_free

LIVES = "import time; open(r'{file}', 'a').write('x'); time.sleep(600)"
PATIENCE_SECONDS = 60
DIES = "raise SystemExit(3)"
PARENT = """
import sys
from functools import partial
from pathlib import Path
from overleg.processes import run_together

first, second, started = sys.argv[1:]
sys.exit(
    run_together(
        {"de eerste": partial(exec, first), "de tweede": partial(exec, second)},
        ready=Path(started).exists,
        on_ready=lambda: print("klaar", flush=True),
    )
)
"""


@contextmanager
def running(first: str, second: str, started: Path) -> Iterator[subprocess.Popen[str]]:
    """Two children under a parent, with its lines of output at hand."""
    with subprocess.Popen(
        [sys.executable, "-c", PARENT, first, second, str(started)],
        stdout=subprocess.PIPE,
        text=True,
    ) as parent:
        yield parent
        parent.kill()


def children_of(parent: subprocess.Popen[str]) -> list[int]:
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
        assert parent.stdout is not None
        assert parent.stdout.readline() == "klaar\n"
        children = children_of(parent)
        assert len(children) == 2
        parent.send_signal(number)
        assert parent.stdout.readline() == "Overleg stopt.\n"
        assert parent.wait(PATIENCE_SECONDS) == 0
    assert not any(map(is_alive, children))


def test_when_one_ends_the_other_is_stopped_and_it_is_said(tmp_path: Path) -> None:
    started = tmp_path / "started"
    with running(LIVES.format(file=started), DIES, started) as parent:
        assert parent.stdout is not None
        said = parent.stdout.read()
        assert parent.wait(PATIENCE_SECONDS) == 1
    assert "Gestopt: de tweede is onverwacht beëindigd." in said


def test_a_port_in_use_is_said_in_a_sentence() -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        with pytest.raises(StartError, match=f"Poort {port} is al in gebruik"):
            check_port_is_free(port)


def test_what_was_loaded_is_not_searched_for_garbage_and_what_came_since_is() -> None:
    assert gc.get_freeze_count() > 100_000
    assert gc.isenabled()

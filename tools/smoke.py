"""Start the demo as a newcomer would, with `make demo`, and see that it answers; then again.

The second start has to take less than five seconds and must keep what the first one made.
"""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
FIRST_START_SECONDS = 180.0
SECOND_START_SECONDS = 5.0
STOP_SECONDS = 15.0


def main() -> None:
    """Start twice in one fresh folder; exit with a sentence when anything is amiss."""
    with tempfile.TemporaryDirectory(prefix="overleg-demo-") as instance:
        for name, limit in (("eerste", FIRST_START_SECONDS), ("tweede", SECOND_START_SECONDS)):
            took = start_and_stop(Path(instance), limit=FIRST_START_SECONDS)
            print(f"make demo, {name} keer: antwoordt na {took:.1f} s", flush=True)
            if took > limit:
                sys.exit(f"Dat is te traag: hoogstens {limit:.0f} s.")


def start_and_stop(instance: Path, *, limit: float) -> float:
    """Return after how many seconds `/readyz` answered 200; stop it as Ctrl-C does."""
    port = free_port()
    environment = {**os.environ, "PORT": str(port), "OVERLEG_INSTANCE": str(instance)}
    environment.pop("DATABASE_URL", None)
    started = time.monotonic()
    demo = subprocess.Popen(
        ["make", "--no-print-directory", "demo"],
        cwd=ROOT,
        env=environment,
        stdin=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        wait_until_ready(demo, port, last_moment=started + limit)
        took = time.monotonic() - started
    finally:
        os.killpg(demo.pid, signal.SIGINT)
        try:
            demo.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            os.killpg(demo.pid, signal.SIGKILL)
            sys.exit(f"make demo stopt niet binnen {STOP_SECONDS:.0f} s na Ctrl-C.")
    if answers(port):
        sys.exit("make demo is gestopt, maar de webserver antwoordt nog.")
    return took


def wait_until_ready(demo: subprocess.Popen[bytes], port: int, *, last_moment: float) -> None:
    """Return when `/readyz` answers 200; exit when it stopped or takes too long."""
    while time.monotonic() < last_moment:
        if demo.poll() is not None:
            sys.exit(f"make demo stopte vanzelf, met status {demo.returncode}.")
        if answers(port):
            return
        time.sleep(0.1)
    sys.exit("make demo antwoordt niet op tijd.")


def answers(port: int) -> bool:
    """Tell whether the application is ready on this port."""
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/readyz", timeout=5) as response:
            return bool(response.status == 200)
    except (urllib.error.URLError, OSError):
        return False


def free_port() -> int:
    """Return a port nothing listens on."""
    with socket.socket() as knocker:
        knocker.bind(("127.0.0.1", 0))
        port: int = knocker.getsockname()[1]
        return port


if __name__ == "__main__":
    main()

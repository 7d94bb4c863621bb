"""Start the demo as a newcomer would, with `make demo`, and see that it answers; then again.

The second start is to answer within five seconds and must keep what the first one made. Its time is
told, not judged: machines that build are noisy. What hangs fails.
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
START_WITHIN_SECONDS = 300.0
STOP_SECONDS = 15.0


def main() -> None:
    """Start twice in one fresh folder; exit with a sentence when anything is amiss."""
    with tempfile.TemporaryDirectory(prefix="overleg-demo-") as instance:
        took = start_and_stop(Path(instance), limit=START_WITHIN_SECONDS)
        print(f"make demo, eerste keer: antwoordt na {took:.1f} s", flush=True)
        took = start_and_stop(Path(instance), limit=START_WITHIN_SECONDS)
        print(f"make demo, tweede keer: antwoordt na {took:.1f} s (doel: 5 s)", flush=True)


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

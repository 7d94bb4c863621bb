"""Real workers in processes of their own, that a test may kill."""

import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

from overleg import create_app
from overleg.cli import main
from overleg.jobs.queue import daily, queue_of
from overleg.jobs.worker import run_worker
from overleg.settings import read_settings
from tests.plugins.forked import Forked

PATIENCE_SECONDS = 120
SLOW = "slow"


@contextmanager
def worker(url: str, folder: Path, **settings: str) -> Iterator[Forked]:
    """A worker on this database, killed with all it started when the block ends."""
    with _killed_at_the_end(Forked(work, **_settings(url, folder), **settings)) as process:
        yield process


@contextmanager
def plain_worker(url: str, folder: Path) -> Iterator[Forked]:
    """``overleg worker`` on this database, killed with all it started when the block ends."""
    with _killed_at_the_end(Forked(start_worker, **_settings(url, folder))) as process:
        yield process


@contextmanager
def _killed_at_the_end(process: Forked) -> Iterator[Forked]:
    try:
        yield process
    finally:
        process.kill()


def _settings(url: str, folder: Path) -> dict[str, str]:
    return {"OVERLEG_MODE": "demo", "DATABASE_URL": url, "OVERLEG_INSTANCE": str(folder)}


def start_worker() -> None:
    """What the command does, with its complaints among its output."""
    os.dup2(1, 2)
    main(["worker"])


def wait_until(is_so: Callable[[], bool], process: Forked) -> None:
    """Wait for a state that a worker brings about."""
    last_moment = time.monotonic() + PATIENCE_SECONDS
    while not is_so():
        assert process.poll() is None, "the worker stopped by itself"
        assert time.monotonic() < last_moment, "it did not happen"
        time.sleep(0.1)


def work_slowly(_now: datetime) -> None:
    """Say that it began, go on when it may, say that it ended."""
    folder = Path(os.environ["OVERLEG_INSTANCE"])
    with (folder / "told").open("a") as told:
        told.write("begun\n")
        told.flush()
        while not (folder / "go on").exists():
            time.sleep(0.05)
        told.write("ended\n")


def work() -> None:
    """A worker as an installation starts it, with one more job."""
    app = create_app(read_settings(os.environ))
    earlier = datetime.now(UTC) - timedelta(hours=2)
    queue_of(app).declare(SLOW, work_slowly, every=daily(hour_utc=earlier.hour))
    run_worker(app)

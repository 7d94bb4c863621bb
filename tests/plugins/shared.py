"""What the processes of a run make once, for all of them."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from fcntl import LOCK_EX, flock
from pathlib import Path

import pytest


@pytest.fixture(scope="session")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder for all processes of this run."""
    base = tmp_path_factory.getbasetemp()
    folder = (base.parent if "PYTEST_XDIST_WORKER" in os.environ else base) / "shared"
    folder.mkdir(exist_ok=True)
    return folder


@contextmanager
def alone_with(file: Path) -> Iterator[None]:
    """Let one process at a time look whether this file is there, and make it."""
    with file.with_name(f"{file.name}.lock").open("w") as lock:
        flock(lock, LOCK_EX)
        yield

"""The files of the tests stand in memory where there is room for them.

No test is about a disk, and each database of PostgreSQL is hundreds of files: on a slow disk,
copying one takes ten times as long. With TMPDIR set, they stand there.
"""

import os
import tempfile
from pathlib import Path

import pytest

SHARED_MEMORY = Path("/dev/shm")  # noqa: S108 - what is made in it has a name nobody can guess
ROOM_BYTES = 2 * 1024**3


@pytest.hookimpl(tryfirst=True)
def pytest_configure() -> None:
    if "TMPDIR" not in os.environ and _has_room():
        os.environ["TMPDIR"] = str(SHARED_MEMORY)
        tempfile.tempdir = None  # looked up again


def _has_room() -> bool:
    """Whether it is there, large enough, and a place programs may be started from."""
    if not os.access(SHARED_MEMORY, os.W_OK | os.X_OK):
        return False
    found = os.statvfs(SHARED_MEMORY)
    return found.f_bavail * found.f_frsize >= ROOM_BYTES and not found.f_flag & os.ST_NOEXEC

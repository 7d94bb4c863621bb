"""A Redis server of one's own, for the tests: in a temporary folder, on a socket, then gone."""

from __future__ import annotations

import shutil
import subprocess
import tempfile
import time
from pathlib import Path
from types import TracebackType
from typing import Self

from redis import Redis
from redis.exceptions import ConnectionError as NotThere

START_WITHIN_SECONDS = 60
STOP_WITHIN_SECONDS = 10


def find_server() -> str | None:
    """Return the path of `redis-server`, if there is one."""
    return shutil.which("redis-server")


class PrivateRedis:
    """A running server; use it as a context manager.

    Raises ``FileNotFoundError`` when Redis is not installed, ``TimeoutError`` when it does not
    start.
    """

    def __init__(self) -> None:
        server = find_server()
        if server is None:
            raise FileNotFoundError("Redis is not installed")
        self._server = server
        self._folder = Path(tempfile.mkdtemp(prefix="overleg-redis-"))
        self._socket = self._folder / "socket"
        self.url = f"unix://{self._socket}"

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.stop()
        shutil.rmtree(self._folder, ignore_errors=True)

    def start(self) -> None:
        """Start it with nothing in it, and wait until it answers."""
        options = ["--port", "0", "--unixsocket", str(self._socket), "--save", ""]
        options += ["--appendonly", "no", "--dir", str(self._folder)]
        self._process = subprocess.Popen(
            [self._server, *options], stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL
        )
        last_moment = time.monotonic() + START_WITHIN_SECONDS
        while not self._answers():
            if self._process.poll() is not None or time.monotonic() > last_moment:
                self.stop()
                raise TimeoutError("Redis did not start")
            time.sleep(0.02)

    def stop(self) -> None:
        """Stop it, as a machine that fails does: it forgets all it holds."""
        self._process.kill()
        self._process.wait(STOP_WITHIN_SECONDS)

    def forget_all(self) -> None:
        """Take out all it holds."""
        with Redis.from_url(self.url) as redis:
            redis.flushall()

    def _answers(self) -> bool:
        try:
            with Redis.from_url(self.url) as redis:
                return bool(redis.ping())
        except NotThere:
            return False

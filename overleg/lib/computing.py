"""A limit on how long code of others may compute, on input that anybody can write."""

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

CALLS_BETWEEN_LOOKS = 1000


class TookTooLong(BaseException):
    """It computed longer than it may. No ``Exception``, so that no library takes it for its own."""


@contextmanager
def computing_at_most(seconds: float) -> Iterator[None]:
    """Stop what this thread does inside once it computed so many seconds; waiting does not count.

    Raises ``TookTooLong``, at the next call of a function: a loop that calls none goes on. A limit
    inside another one replaces it until it ends.
    """
    last_moment = time.thread_time() + seconds
    calls = 0

    def look(_frame: FrameType, _event: str, _argument: object) -> None:
        nonlocal calls
        calls += 1
        if calls % CALLS_BETWEEN_LOOKS == 0 and time.thread_time() > last_moment:
            raise TookTooLong

    before = sys.getprofile()
    sys.setprofile(look)
    try:
        yield
    finally:
        sys.setprofile(before)

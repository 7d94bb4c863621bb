"""The garbage collector while the application loads, and after it.

What is loaded stays: searching it for garbage again and again takes a quarter of the time that
loading takes, and later copies it into each process forked from this one. So the collector rests
from the moment this module is loaded, which ``overleg`` does first, until ``keep_what_is_loaded``.
"""

import gc
from collections.abc import Iterator
from contextlib import contextmanager


def keep_what_is_loaded() -> None:
    """Never search what there is now; let the collector search what comes."""
    if gc.isenabled():  # after the first time: what came since is quickly searched
        gc.collect()
    gc.freeze()
    gc.enable()


@contextmanager
def nothing_to_collect() -> Iterator[None]:
    """Let the collector rest while much is made that stays, such as the rows of the demo."""
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


gc.disable()

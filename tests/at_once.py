"""Pressing buttons at the same time, in two browsers or more, on both databases."""

from collections.abc import Callable
from threading import Barrier, Thread

import pytest

from tests.reading import ReadingClient

ON_BOTH = pytest.mark.parametrize(
    "database_kind", ["sqlite", pytest.param("postgresql", marks=pytest.mark.postgresql)]
)


def at_once(clients: list[ReadingClient], press: Callable[[int, ReadingClient], int]) -> list[int]:
    """What each got as answer, lowest status first."""
    together = Barrier(len(clients))
    statuses: list[int] = []

    def run(number: int, client: ReadingClient) -> None:
        with client.application.app_context():
            together.wait()
            statuses.append(press(number, client))

    threads = [Thread(target=run, args=pair) for pair in enumerate(clients)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sorted(statuses)

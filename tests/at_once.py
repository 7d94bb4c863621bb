"""Pressing buttons at the same time, in two browsers or more, on both databases."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from threading import Barrier, Thread, current_thread

import pytest
from flask import Flask
from sqlalchemy import event
from sqlalchemy.orm import ORMExecuteState, Session

from overleg.db import db
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
    with _session_left_alone():
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    return sorted(statuses)


def meanwhile(app: Flask, act: Callable[[Session], object]) -> None:
    """Let another request do this from its beginning to its commit; what is loaded here stays."""

    def run() -> None:
        with app.app_context():
            act(db.session())
            db.session.commit()

    with ThreadPoolExecutor(1) as elsewhere:
        elsewhere.submit(run).result()


@contextmanager
def _session_left_alone() -> Iterator[None]:
    """Let nobody else read through the session of the test, as two may do it at the same moment."""
    session, here = db.session(), current_thread()

    def refuse(_asked: ORMExecuteState) -> None:
        assert current_thread() is here, "read what is pressed before pressing it at once"

    event.listen(session, "do_orm_execute", refuse)
    try:
        yield
    finally:
        event.remove(session, "do_orm_execute", refuse)

"""A visitor who only asks for the answer: quick, for the tests that ask for many."""

from collections.abc import Callable
from typing import Any

from werkzeug.test import TestResponse

from overleg.accounts.models import Person
from tests.reading import ReadingClient


class Visitor(ReadingClient):
    """Only asks for the answer: what stands on the pages is read by the tests of their own."""

    def open(self, *args: Any, **kwargs: Any) -> TestResponse:
        return self.ask(*args, **kwargs)


VisitAs = Callable[[Person | None], Visitor]

"""A visitor who only asks for the answer: quick, for the tests that ask for many."""

from collections.abc import Callable
from contextvars import Context
from typing import Any

from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from overleg.accounts.models import Person
from overleg.db import db
from tests.reading import ReadingClient


class Visitor(ReadingClient):
    """Only asks for the answer: what stands on the pages is read by the tests of their own."""

    def open(self, *args: Any, **kwargs: Any) -> TestResponse:
        db.session.commit()
        kwargs.setdefault("buffered", True)
        response: TestResponse = Context().run(FlaskClient.open, self, *args, **kwargs)
        db.session.expire_all()
        return response


VisitAs = Callable[[Person | None], Visitor]

"""What tests about the house share."""

import pytest
from flask import Flask

from overleg.accounts.models import Person
from tests.house.visiting import VisitAs, Visitor


@pytest.fixture
def visit_as(app: Flask) -> VisitAs:
    """A visitor who is this person, or nobody."""

    def visit(person: Person | None) -> Visitor:
        visitor = Visitor(app, app.response_class)
        if person is not None:
            visitor.sign_in(person)
        return visitor

    return visit

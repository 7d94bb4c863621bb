"""What tests about the house share."""

import pytest
from flask import Flask

from overleg.accounts.models import Person
from tests.agenda.preparing import Table, send_table
from tests.house.visiting import VisitAs, Visitor
from tests.plugins.cast import Cast
from tests.plugins.scenarios import scenario


@pytest.fixture
def visit_as(app: Flask) -> VisitAs:
    """A visitor who is this person, or nobody."""

    def visit(person: Person | None) -> Visitor:
        visitor = Visitor(app, app.response_class)
        if person is not None:
            visitor.sign_in(person)
        return visitor

    return visit


@scenario
def sent_table(cast: Cast) -> Table:
    """A point and an annex of each circle, on an agenda that was sent."""
    return send_table(cast)

"""What tests about the house share."""

from datetime import datetime

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from overleg.accounts.models import Person
from tests.house.visiting import VisitAs, Visitor
from tests.house.world import World, build_world
from tests.plugins.cast import Cast


@pytest.fixture
def world(cast: Cast, session: Session, now: datetime) -> World:
    """One of everything in Midwest, committed."""
    return build_world(session, cast, now)


@pytest.fixture
def visit_as(app: Flask) -> VisitAs:
    """A visitor who is this person, or nobody."""

    def visit(person: Person | None) -> Visitor:
        visitor = Visitor(app, app.response_class)
        if person is not None:
            visitor.sign_in(person)
        return visitor

    return visit

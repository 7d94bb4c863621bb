"""What tests about the house share."""

from datetime import datetime

import pytest
from sqlalchemy.orm import Session

from tests.house.world import World, build_world
from tests.plugins.cast import Cast


@pytest.fixture
def world(cast: Cast, session: Session, now: datetime) -> World:
    """One of everything in Midwest, committed."""
    return build_world(session, cast, now)

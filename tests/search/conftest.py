"""What tests about searching share."""

from datetime import datetime

import pytest
from sqlalchemy.orm import Session

from overleg.documents.views import file_store
from overleg.search.workflow.rebuilding import rebuild_index
from tests.house.world import World


@pytest.fixture
def world(world: World, session: Session, now: datetime) -> World:
    """One of everything in Midwest, in the index."""
    for _changed in rebuild_index(file_store(), now=now):
        session.commit()
    return world

"""The world of ``tests/house/world.py``; all of it is in the index of the search."""

from overleg.db import db
from overleg.documents.views import file_store
from overleg.search.workflow.rebuilding import rebuild_index
from tests.house.world import World, build_world
from tests.plugins.cast import Cast
from tests.plugins.scenarios import A_MONDAY_MORNING, scenario


@scenario
def world(cast: Cast) -> World:
    """One of everything in Midwest."""
    made = build_world(db.session(), cast, A_MONDAY_MORNING)
    for _changed in rebuild_index(file_store(), now=A_MONDAY_MORNING):
        db.session.commit()
    return made

"""The table of these tests, before and after its agenda was sent."""

from overleg.db import session
from tests.agenda.preparing import Table, lay_table, send_table
from tests.plugins.cast import Cast
from tests.plugins.scenarios import scenario


@scenario
def table(cast: Cast) -> Table:
    """A meeting with a point of each circle, not sent yet."""
    return lay_table(session(), cast.midwest, cast.support, cast.mayor, cast.roeselare)


@scenario
def sent(cast: Cast) -> Table:
    """A meeting whose agenda was sent, with a point and an annex of each circle."""
    return send_table(cast)

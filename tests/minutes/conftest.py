"""The meeting of these tests: today, in Midwest, its agenda sent."""

from tests.minutes.held import Held, sent_meeting
from tests.plugins.cast import Cast
from tests.plugins.scenarios import scenario


@scenario
def held(cast: Cast) -> Held:
    """A meeting on the day the clock shows, not begun."""
    return sent_meeting(cast.midwest, by=cast.support)

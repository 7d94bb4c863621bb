"""The meeting of a page, for who looks; and for those who write its verslag."""

from overleg.lib.errors import Forbidden
from overleg.minutes.permissions import can_write_minutes
from overleg.scheduling.models import Meeting
from overleg.scheduling.queries import meeting_by_id
from overleg.web.access import viewer


def meeting_to_write(meeting_id: str) -> Meeting:
    """The meeting, for its support staff; raises ``Forbidden`` for others who may see it."""
    meeting = meeting_by_id(viewer(), meeting_id)
    if not can_write_minutes(viewer(), meeting):
        raise Forbidden("Alleen de ondersteuners van dit overleg schrijven het verslag.")
    return meeting

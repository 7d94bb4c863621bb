"""The meeting and the point of a page, for those who write its verslag."""

from flask import request

from overleg.agenda.models import AgendaItem
from overleg.lib.errors import Forbidden, NotFound
from overleg.minutes.permissions import can_write_minutes
from overleg.minutes.queries.minutes import item_of_meeting
from overleg.scheduling.models import Meeting
from overleg.scheduling.queries import meeting_by_id
from overleg.web.access import viewer


def meeting_to_write(meeting_id: str) -> Meeting:
    """The meeting, for its support staff; raises ``Forbidden`` for others who may see it."""
    meeting = meeting_by_id(viewer(), meeting_id)
    if not can_write_minutes(viewer(), meeting):
        raise Forbidden("Alleen de ondersteuners van dit overleg schrijven het verslag.")
    return meeting


def item_to_write(meeting: Meeting) -> AgendaItem:
    """The point that the address names (``?punt=``); raises ``NotFound``."""
    item = item_of_meeting(meeting, request.args.get("punt", ""))
    if item is None:
        raise NotFound
    return item

"""Who may say whether they come, and who may read it."""

from datetime import datetime

from overleg.documents.states import Circle
from overleg.organisations.viewer import Viewer
from overleg.scheduling.models import Meeting
from overleg.scheduling.permissions import CHANGEABLE


def can_read_answers(viewer: Viewer, body_id: str) -> bool:
    """Whether this person reads who comes: the table itself, and who supports it."""
    return viewer.may_read(body_id, Circle.MAYORS)


def asks_answers(meeting: Meeting, now: datetime) -> bool:
    """Whether the meeting is still to come, so that people can say whether they do."""
    return meeting.state in CHANGEABLE and meeting.starts_at_utc > now and not meeting.is_quiet

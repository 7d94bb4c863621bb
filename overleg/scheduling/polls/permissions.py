"""Who may do what with a poll for a date.

Support staff make it; holders of a voting or advisory seat answer; they, the chair and the
agendacommissie read along. For others it does not exist.
"""

from datetime import date

from overleg.documents.states import Circle
from overleg.organisations.viewer import Viewer
from overleg.scheduling.models import DatePoll
from overleg.scheduling.permissions import can_plan
from overleg.scheduling.states import PollState


def can_read_polls(viewer: Viewer, body_id: str) -> bool:
    """Whether polls of this body exist for this person."""
    return viewer.may_read(body_id, Circle.MAYORS)


def can_keep_polls(viewer: Viewer, body_id: str) -> bool:
    """Whether this person makes, changes and ends polls of this body."""
    return can_plan(viewer, body_id)


def can_see_answers(viewer: Viewer, poll: DatePoll) -> bool:
    """Whether this person sees what others answered."""
    return poll.shows_answers or can_keep_polls(viewer, poll.body_id)


def can_answer(viewer: Viewer, poll: DatePoll, today: date) -> bool:
    """Whether this person is asked, and answers are still taken today (in Brussels)."""
    return (
        poll.state is PollState.OPEN
        and poll.body_id in viewer.seated_in
        and not poll.is_too_late(today)
    )

"""Who may read and write the verslag of a meeting. That the meeting exists is the queries' care."""

from overleg.documents.states import Circle
from overleg.minutes.models import Minutes
from overleg.minutes.states import MinutesState
from overleg.organisations.states import Role
from overleg.organisations.viewer import Viewer
from overleg.scheduling.models import Meeting
from overleg.scheduling.states import MeetingState

ATTENDANCE_OPEN = frozenset(
    {
        MeetingState.PREPARING,
        MeetingState.AGENDA_SENT,
        MeetingState.IN_SESSION,
        MeetingState.MINUTES,
    }
)
NOTES_OPEN = frozenset({MeetingState.IN_SESSION, MeetingState.MINUTES})


def can_write_minutes(viewer: Viewer, meeting: Meeting) -> bool:
    """Support staff of the body note who is there and what is said, and open and close."""
    return viewer.supports(meeting.body_id)


def can_read_minutes(viewer: Viewer, meeting: Meeting) -> bool:
    """Whether this person reads the verslag as it stands now, in the own circle.

    A draft is read by who steers the body; once the meeting is over also by its members; after
    approval by everybody who may see the body.
    """
    own = viewer.reach.get(meeting.body_id)
    if own is None:
        return False
    if meeting.state is MeetingState.APPROVED or viewer.steers(meeting.body_id):
        return True
    return meeting.state is MeetingState.MINUTES and own is Circle.MAYORS


def may_approve_minutes(viewer: Viewer, meeting: Meeting) -> bool:
    """Support staff and the chair write down that the table approved the verslag."""
    return meeting.body_id in viewer.bodies_as(Role.SUPPORT, Role.CHAIR)


def may_remark(viewer: Viewer, minutes: Minutes | None) -> bool:
    """Whether remarks are asked of this person: of the chair at first, then of all who read along.

    The day until which is the verb's care, which says so.
    """
    if minutes is None or not can_read_minutes(viewer, minutes.meeting):
        return False
    if minutes.state is MinutesState.WITH_CHAIR:
        return minutes.meeting.body_id in viewer.bodies_as(Role.CHAIR)
    return minutes.state is MinutesState.CIRCULATED

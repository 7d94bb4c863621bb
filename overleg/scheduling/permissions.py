"""Who may plan meetings and keep dates: the support staff of the body. The others read."""

from overleg.documents.states import Circle
from overleg.organisations.models import Body
from overleg.organisations.states import Role
from overleg.organisations.viewer import Viewer
from overleg.scheduling.models import Meeting
from overleg.scheduling.states import MeetingState

CHANGEABLE = frozenset({MeetingState.PREPARING, MeetingState.AGENDA_SENT})


def can_plan(viewer: Viewer, body_id: str) -> bool:
    """Whether this person may plan meetings of the body."""
    return viewer.supports(body_id)


def can_change(viewer: Viewer, meeting: Meeting) -> bool:
    """Whether this person may change when and where, in the meeting's present state."""
    return can_plan(viewer, meeting.body_id) and meeting.state in CHANGEABLE


def can_keep_dates(viewer: Viewer, body: Body) -> bool:
    """The body's support staff; of a body that is not ours, support staff who see it."""
    if viewer.supports(body.id):
        return True
    return body.is_external and body.id in viewer.body_ids and bool(viewer.bodies_as(Role.SUPPORT))


def can_see_online_link(viewer: Viewer, body_id: str) -> bool:
    """Whether this person may see where to join online: all but readers of what is public."""
    return viewer.may_read(body_id, Circle.ADMINISTRATIONS)

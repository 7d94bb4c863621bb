"""Action items and votes, for who may read them.

Who does something reads it once the meeting was closed, by name or for an organisation whose
circle reads the item; so do all who read the verslag. Those who steer the body read it at once.
"""

from collections.abc import Collection, Sequence

from sqlalchemy import ColumnElement, Select, and_, false, or_, select
from sqlalchemy.orm import contains_eager, selectinload

from overleg.agenda.models import AgendaItem
from overleg.db import session
from overleg.decisions.models import ActionItem, Outcome, OutcomeVote
from overleg.decisions.queries.outcomes import CLOSED
from overleg.decisions.states import ActionState
from overleg.documents.states import Circle
from overleg.lib.errors import NotFound
from overleg.one_of import is_one_of
from overleg.organisations.remembered import once_per_access
from overleg.organisations.states import BODY_ROLES, Role
from overleg.organisations.viewer import Viewer
from overleg.scheduling.models import Meeting
from overleg.scheduling.states import MeetingState

MOST_TO_DO = 50
DOING_ROLES = (Role.DIRECTOR, Role.SECRETARIAT, Role.PARTNER)


def done_by(viewer: Viewer) -> ColumnElement[bool]:
    """What this person does: by name, or for an organisation that reads the item."""
    organisations = sorted(viewer.organisations_as(*DOING_ROLES))
    for_own_side = and_(
        ActionItem.organisation_id.in_(organisations),
        viewer.readable(Meeting.body_id, AgendaItem.circle),
    )
    return or_(ActionItem.person_id == viewer.person_id, for_own_side if organisations else false())


def _readable(viewer: Viewer) -> ColumnElement[bool]:
    """The condition on actions joined with their item and meeting, as that of the verslag."""
    full = [body_id for body_id, circle in viewer.reach.items() if circle is Circle.MAYORS]
    in_circle = and_(
        viewer.readable(Meeting.body_id, AgendaItem.circle),
        or_(
            Meeting.state == MeetingState.APPROVED,
            and_(Meeting.state == MeetingState.MINUTES, Meeting.body_id.in_(sorted(full))),
        ),
    )
    return or_(
        is_one_of(Meeting.body_id, viewer.bodies_as(*BODY_ROLES)),
        in_circle,
        and_(is_one_of(Meeting.state, CLOSED), done_by(viewer)),
    )


def my_open_actions(viewer: Viewer) -> Sequence[ActionItem]:
    """What this person still has to do, first due first; one statement."""
    return session().scalars(_mine_to_do(viewer)).all()


@once_per_access
def _mine_to_do(viewer: Viewer) -> Select[ActionItem]:
    return (
        select(ActionItem)
        .join(ActionItem.item)
        .join(AgendaItem.meeting)
        .where(
            ActionItem.state == ActionState.OPEN, is_one_of(Meeting.state, CLOSED), done_by(viewer)
        )
        .options(
            contains_eager(ActionItem.item)
            .contains_eager(AgendaItem.meeting)
            .joinedload(Meeting.body)
        )
        .order_by(ActionItem.due_on.is_(None), ActionItem.due_on, ActionItem.id)
        .limit(MOST_TO_DO)
    )


def action_by_id(viewer: Viewer, action_id: str) -> ActionItem:
    """One action item with its meeting. Raises ``NotFound``."""
    found = session().scalar(
        select(ActionItem)
        .join(ActionItem.item)
        .join(AgendaItem.meeting)
        .where(ActionItem.id == action_id, _readable(viewer))
        .options(
            contains_eager(ActionItem.item)
            .contains_eager(AgendaItem.meeting)
            .joinedload(Meeting.body)
        )
    )
    if found is None:
        raise NotFound
    return found


def actions_of_meeting(viewer: Viewer, meeting: Meeting) -> Sequence[ActionItem]:
    """What was noted to do at a meeting, in the order of its agenda."""
    return (
        session()
        .scalars(
            select(ActionItem)
            .join(ActionItem.item)
            .join(AgendaItem.meeting)
            .where(AgendaItem.meeting_id == meeting.id, _readable(viewer))
            .options(contains_eager(ActionItem.item).contains_eager(AgendaItem.meeting))
            .order_by(AgendaItem.position, ActionItem.noted_at_utc, ActionItem.id)
        )
        .all()
    )


def actions_by_item(item_ids: Collection[str]) -> dict[str, list[ActionItem]]:
    """The action items of each of these items, for who reads their verslag; one statement."""
    found: dict[str, list[ActionItem]] = {}
    for action in session().scalars(
        select(ActionItem)
        .where(ActionItem.item_id.in_(sorted(item_ids)))
        .order_by(ActionItem.noted_at_utc, ActionItem.id)
    ):
        found.setdefault(action.item_id, []).append(action)
    return found


def vote_of(outcome: Outcome) -> OutcomeVote | None:
    """How the table came to one outcome, where that was noted."""
    return session().get(OutcomeVote, outcome.id, options=[selectinload(OutcomeVote.reservations)])


def votes_by_outcome(item_ids: Collection[str]) -> dict[str, OutcomeVote]:
    """How the table came to each outcome of these items, by outcome; two statements."""
    rows = session().scalars(
        select(OutcomeVote)
        .join(OutcomeVote.outcome)
        .where(Outcome.item_id.in_(sorted(item_ids)))
        .options(selectinload(OutcomeVote.reservations))
    )
    return {vote.outcome_id: vote for vote in rows}

"""Points that were not treated, and those that wait for a next meeting."""

from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy import exists, func, select
from sqlalchemy.orm import aliased, contains_eager

from overleg.agenda.models import AgendaItem
from overleg.agenda.states import ItemKind, ItemState
from overleg.db import session
from overleg.decisions.models import Outcome
from overleg.decisions.queries.actions import actions_by_item
from overleg.minutes.queries.minutes import latest_notes
from overleg.organisations.models import Body
from overleg.organisations.viewer import Viewer
from overleg.scheduling.models import Meeting
from overleg.scheduling.states import MeetingState

FIXED = (ItemKind.MINUTES_APPROVAL, ItemKind.ANY_OTHER_BUSINESS)


def untreated_items(meeting: Meeting) -> Sequence[AgendaItem]:
    """The points of a meeting without an outcome, in order; the fixed ones left out."""
    return (
        session()
        .scalars(
            select(AgendaItem)
            .where(
                AgendaItem.meeting_id == meeting.id,
                AgendaItem.position > 0,
                AgendaItem.state == ItemState.SCHEDULED,
                AgendaItem.kind.not_in(FIXED),
                ~exists().where(Outcome.item_id == AgendaItem.id),
            )
            .order_by(AgendaItem.position, AgendaItem.id)
        )
        .all()
    )


def discussed_among(items: Sequence[AgendaItem]) -> set[str]:
    """The ids of those points of which a text or an action was noted; two statements."""
    ids = [item.id for item in items]
    told = {item_id for item_id, note in latest_notes(ids).items() if note.text_html}
    return told | set(actions_by_item(ids))


def taken_up_at(item_ids: Collection[str]) -> dict[str, datetime]:
    """When the meeting begins (UTC) on whose agenda each of these points stands again.

    One statement. A meeting that was not made known yet tells nothing.
    """
    rows = session().execute(
        select(AgendaItem.continues_id, func.min(Meeting.starts_at_utc))
        .join(AgendaItem.meeting)
        .where(
            AgendaItem.continues_id.in_(sorted(item_ids)),
            AgendaItem.state != ItemState.WITHDRAWN,
            Meeting.state != MeetingState.CANCELLED,
            Meeting.is_quiet.is_(False),
        )
        .group_by(AgendaItem.continues_id)
    )
    return {item_id: starts_at for item_id, starts_at in rows if item_id is not None}


def waiting_items(viewer: Viewer, body: Body) -> Sequence[AgendaItem]:
    """Points of a body that were postponed and not taken up again, oldest first, with the meeting.

    For those who prepare its agendas; others get none. One statement at most.
    """
    if not viewer.steers(body.id):
        return []
    later = aliased(AgendaItem)
    return (
        session()
        .scalars(
            select(AgendaItem)
            .join(AgendaItem.meeting)
            .where(
                Meeting.body_id == body.id,
                AgendaItem.state == ItemState.POSTPONED,
                ~exists().where(later.continues_id == AgendaItem.id, later.position > 0),
            )
            .options(contains_eager(AgendaItem.meeting))
            .order_by(Meeting.starts_at_utc, AgendaItem.position, AgendaItem.id)
        )
        .all()
    )

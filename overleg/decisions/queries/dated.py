"""What is due on a day, as a calendar shows it: plain rows, so that a poll stays cheap.

The title of what was treated in the closed circle of mayors never leaves this module: calendars
are shown to others, on a wall or to an assistant.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from sqlalchemy import Select, case, select

from overleg.agenda.models import AgendaItem
from overleg.db import session
from overleg.decisions.models import ActionItem, FollowUp, Outcome
from overleg.decisions.queries.actions import done_by
from overleg.decisions.queries.follow_up import readable
from overleg.decisions.queries.organ_days import sessions_of
from overleg.decisions.queries.outcomes import CLOSED
from overleg.decisions.states import OPEN_FOLLOW_UP, ActionState, AskedOfOrgan, FollowUpState, Organ
from overleg.documents.states import Circle
from overleg.one_of import is_one_of
from overleg.organisations.models import Body, Organisation
from overleg.organisations.viewer import Viewer
from overleg.scheduling.models import Meeting

MOST_DATED = 500


@dataclass(frozen=True)
class DatedFollowUp:
    """What a college or council must do by a day, or has on its session of that day."""

    id: str
    day: date
    is_scheduled: bool
    """Whether ``day`` is that of the session; else it is the last day."""
    title: str
    """Empty for a closed one."""
    organ: Organ
    asked: AskedOfOrgan
    municipality: str
    nis_code: str | None
    body: Body
    met_at_utc: datetime
    opened_at_utc: datetime
    reported_at_utc: datetime | None
    revision: int
    organisation_id: str
    waits_for_college: bool
    """Whether a college comes first that did not decide yet."""
    first_possible: date | None = None
    """The first session it can still come on, where the municipality's days are known."""

    @property
    def changed_at_utc(self) -> datetime:
        """When it last changed."""
        return max(self.opened_at_utc, self.reported_at_utc or self.opened_at_utc)


@dataclass(frozen=True)
class DatedAction:
    """What somebody does by a day."""

    id: str
    day: date
    text: str
    """Empty for a closed one."""
    meeting_id: str
    body_name: str
    met_at_utc: datetime
    noted_at_utc: datetime
    revision: int


_OPEN_TO_ALL = AgendaItem.circle != Circle.MAYORS


def dated_follow_ups(
    viewer: Viewer,
    organisation_ids: Collection[str],
    *,
    body_ids: Collection[str] | None = None,
    since: date,
) -> list[DatedFollowUp]:
    """Open rows with a day of these municipalities that this viewer may see; one statement.

    ``body_ids`` leaves only those of some bodies; what was due before ``since`` falls away.
    """
    if not organisation_ids:
        return []
    day = case(
        (FollowUp.state == FollowUpState.SCHEDULED, FollowUp.scheduled_on), else_=FollowUp.due_on
    )
    query = (
        select(
            FollowUp.id,
            day,
            FollowUp.state == FollowUpState.SCHEDULED,
            case((_OPEN_TO_ALL, Outcome.title), else_=""),
            FollowUp.organ,
            FollowUp.asked,
            Organisation.name,
            Organisation.nis_code,
            Body,
            Meeting.starts_at_utc,
            FollowUp.opened_at_utc,
            FollowUp.reported_at_utc,
            FollowUp.revision,
            FollowUp.organisation_id,
            FollowUp.waits_for_college,
        )
        .join(FollowUp.outcome)
        .join(Outcome.item)
        .join(AgendaItem.meeting)
        .join(Meeting.body)
        .join(FollowUp.organisation)
        .where(
            FollowUp.organisation_id.in_(sorted(organisation_ids)),
            is_one_of(FollowUp.state, OPEN_FOLLOW_UP),
            day >= since,
            readable(viewer),
        )
        .order_by(day, FollowUp.id)
        .limit(MOST_DATED)
    )
    rows = session().execute(_within(query, body_ids))
    return [DatedFollowUp(*row) for row in rows]


def with_first_sessions(rows: Sequence[DatedFollowUp], today: date) -> list[DatedFollowUp]:
    """The same rows with the first session after a day (in Brussels) that each can still come on.

    Two statements, none without rows. What stands on a session, waits for its college, or is of a
    municipality that never said when it meets, is left as it is.
    """
    if not rows:
        return []
    known = sessions_of({row.organisation_id for row in rows})
    first = {key: sessions.first_after(today) for key, sessions in known.items()}
    return [
        row
        if row.is_scheduled or row.waits_for_college
        else replace(row, first_possible=first.get((row.organisation_id, row.organ)))
        for row in rows
    ]


def dated_actions(
    viewer: Viewer, *, body_ids: Collection[str] | None = None, since: date
) -> list[DatedAction]:
    """Open action items of this viewer that have a day; one statement. As ``dated_follow_ups``."""
    query = (
        select(
            ActionItem.id,
            ActionItem.due_on,
            case((_OPEN_TO_ALL, ActionItem.text), else_=""),
            AgendaItem.meeting_id,
            Body.name,
            Meeting.starts_at_utc,
            ActionItem.noted_at_utc,
            ActionItem.revision,
        )
        .join(ActionItem.item)
        .join(AgendaItem.meeting)
        .join(Meeting.body)
        .where(
            ActionItem.state == ActionState.OPEN,
            ActionItem.due_on >= since,
            is_one_of(Meeting.state, CLOSED),
            done_by(viewer),
        )
        .order_by(ActionItem.due_on, ActionItem.id)
        .limit(MOST_DATED)
    )
    rows = session().execute(_within(query, body_ids))
    return [DatedAction(*row) for row in rows]


def _within(query: Select[Any], body_ids: Collection[str] | None) -> Select[Any]:
    return query if body_ids is None else query.where(Meeting.body_id.in_(sorted(body_ids)))

"""What is known beforehand: who sits at another table at a moment that is proposed."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import false, select, union_all

from overleg.db import session
from overleg.lib.dates import format_span, local_date
from overleg.organisations.models import Body, Seat
from overleg.scheduling.models import BodyDate, DatePollSlot, Meeting
from overleg.scheduling.states import DateState, MeetingState


@dataclass(frozen=True)
class Conflict:
    """Another table at which somebody sits then. Of a whole day the hours are not known."""

    body_id: str
    body: str
    """The name of the overleg within a sentence."""
    starts_at: datetime
    ends_at: datetime
    is_all_day: bool

    @property
    def reason(self) -> str:
        """``de Zoneraad Midwest vergadert dan, 8.00 tot 9.15 uur``."""
        if self.is_all_day:
            return f"{self.body} vergadert die dag, het uur is niet bekend"
        return f"{self.body} vergadert dan, {format_span(self.starts_at, self.ends_at)}"


Conflicts = dict[tuple[str, str], Conflict]
"""By person and moment; of several the one with known hours, then the first."""


def known_conflicts(person_ids: Collection[str], slots: Sequence[DatePollSlot]) -> Conflicts:
    """Where these people sit at these moments: meetings, and dates of other bodies; one statement.

    A cancelled meeting is no conflict, one that just touches a moment neither.
    """
    if not slots or not person_ids:
        return {}
    since = min(slot.starts_at_utc for slot in slots)
    until = max(slot.ends_at_utc for slot in slots)
    meetings = (
        select(
            Seat.person_id,
            Seat.valid_from,
            Seat.valid_to,
            Seat.body_id,
            Meeting.starts_at_utc.label("starts"),
            Meeting.ends_at_utc.label("ends"),
            false().label("all_day"),
        )
        .join(Meeting, Meeting.body_id == Seat.body_id)
        .where(
            Seat.person_id.in_(sorted(person_ids)),
            Meeting.state != MeetingState.CANCELLED,
            Meeting.starts_at_utc < until,
            Meeting.ends_at_utc > since,
        )
    )
    dates = (
        select(
            Seat.person_id,
            Seat.valid_from,
            Seat.valid_to,
            Seat.body_id,
            BodyDate.starts_at_utc,
            BodyDate.ends_at_utc,
            BodyDate.is_all_day,
        )
        .join(BodyDate, BodyDate.body_id == Seat.body_id)
        .where(
            Seat.person_id.in_(sorted(person_ids)),
            BodyDate.state != DateState.CANCELLED,
            BodyDate.gone_at_utc.is_(None),
            BodyDate.starts_at_utc < until,
            BodyDate.ends_at_utc > since,
        )
    )
    both = union_all(meetings, dates).subquery()
    rows = session().execute(
        select(both, Body.article, Body.name)
        .join(Body, Body.id == both.c.body_id)
        .order_by(both.c.all_day, both.c.starts, Body.name)
    )
    found: Conflicts = {}
    for person_id, valid_from, valid_to, body_id, starts, ends, all_day, article, name in rows:
        day = local_date(starts)
        if valid_from > day or (valid_to is not None and valid_to < day):
            continue
        conflict = Conflict(body_id, article.before(name), starts, ends, bool(all_day))
        for slot in slots:
            if starts < slot.ends_at_utc and ends > slot.starts_at_utc:
                found.setdefault((person_id, slot.id), conflict)
    return found

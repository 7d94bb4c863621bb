"""Reading who sits in two bodies, and where they can not be at both."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import replace
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import aliased, joinedload

from overleg.accounts.models import Person
from overleg.db import session
from overleg.organisations.models import Body, Seat
from overleg.organisations.viewer import Viewer
from overleg.scheduling.models import Meeting
from overleg.scheduling.permissions import CHANGEABLE
from overleg.scheduling.rules.checking import Slot
from overleg.scheduling.rules.queries import slot_of, slots_of_bodies, travel_minutes_of
from overleg.scheduling.years.people import HIDDEN, Clash, Double, clashes_of


def coming_clashes(body: Body, viewer: Viewer, now: datetime) -> list[tuple[Meeting, list[Clash]]]:
    """Coming meetings at which somebody can not be, with who and why; four statements."""
    meetings = (
        session()
        .scalars(
            select(Meeting)
            .where(
                Meeting.body_id == body.id,
                Meeting.starts_at_utc > now,
                Meeting.state.in_(CHANGEABLE),
            )
            .options(joinedload(Meeting.body))
            .order_by(Meeting.starts_at_utc, Meeting.id)
        )
        .all()
    )
    if not meetings:
        return []
    doubles = doubles_of([body.id])[body.id]
    travel = travel_minutes_of([body.id])[body.id]
    day = timedelta(days=1)
    since, until = meetings[0].starts_at_utc - day, meetings[-1].ends_at_utc + day
    slots = slots_shown({double.other_body_id for double in doubles}, viewer, since, until)
    found = [
        (meeting, clashes_of(slot_of(meeting), doubles, slots, travel)) for meeting in meetings
    ]
    return [(meeting, clashes) for meeting, clashes in found if clashes]


def doubles_of(body_ids: Collection[str]) -> dict[str, list[Double]]:
    """Of each body, who sits in another one too; one statement."""
    here, there = aliased(Seat), aliased(Seat)
    rows = session().execute(
        select(
            here.body_id,
            there.body_id,
            Person.name,
            here.valid_from,
            here.valid_to,
            there.valid_from,
            there.valid_to,
        )
        .join(there, there.person_id == here.person_id)
        .join(Person, Person.id == here.person_id)
        .where(here.body_id.in_(sorted(body_ids)), there.body_id != here.body_id)
        .order_by(here.body_id, there.body_id, Person.name)
    )
    found: dict[str, list[Double]] = {body_id: [] for body_id in body_ids}
    for body_id, other_id, name, since, until, other_since, other_until in rows:
        ends = [day for day in (until, other_until) if day is not None]
        double = Double(name, other_id, max(since, other_since), min(ends, default=None))
        found[body_id].append(double)
    return found


def slots_shown(
    body_ids: Collection[str], viewer: Viewer, since: datetime, until: datetime
) -> dict[str, list[Slot]]:
    """The dates of bodies, by body; one that does not exist for the viewer goes without name.

    One statement.
    """
    found: dict[str, list[Slot]] = defaultdict(list)
    for body_id, slot in slots_of_bodies(body_ids, since, until):
        shown = slot if body_id in viewer.body_ids else replace(slot, name=HIDDEN)
        found[body_id].append(shown)
    return found

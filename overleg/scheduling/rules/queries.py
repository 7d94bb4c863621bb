"""Reading rules, the dates they speak of, and the meetings that break them."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import literal, select, union_all
from sqlalchemy.orm import joinedload

from overleg.db import session
from overleg.lib.dates import local_date
from overleg.lib.errors import NotFound
from overleg.organisations.models import Body, Seat
from overleg.scheduling.models import BodyDate, DateRule, Meeting
from overleg.scheduling.permissions import CHANGEABLE
from overleg.scheduling.rules.checking import NEAR, Around, Broken, Slot, broken_rules
from overleg.scheduling.states import DateState, MeetingState, RuleKind


@dataclass(frozen=True)
class Loose:
    """A coming meeting with the rules it breaks, and where it would keep the first that it can."""

    meeting: Meeting
    broken: Sequence[Broken]

    @property
    def better(self) -> Slot | None:
        """Where to move it; None when only a person can say."""
        return next((broken.better for broken in self.broken if broken.better is not None), None)


def rules_of(body: Body) -> Sequence[DateRule]:
    """The rules of a body, oldest first; one statement."""
    return (
        session()
        .scalars(
            select(DateRule)
            .where(DateRule.body_id == body.id)
            .options(joinedload(DateRule.other_body))
            .order_by(DateRule.added_at_utc, DateRule.id)
        )
        .all()
    )


def rule_of(body: Body, rule_id: str) -> DateRule:
    """One rule of a body. Raises ``NotFound``."""
    rule = session().scalar(
        select(DateRule).where(DateRule.id == rule_id, DateRule.body_id == body.id)
    )
    if rule is None:
        raise NotFound
    return rule


def bodies_bound_to(body_id: str) -> Sequence[Body]:
    """The bodies with a rule about this one, by name; one statement."""
    bound = select(DateRule.body_id).where(DateRule.other_body_id == body_id)
    return session().scalars(select(Body).where(Body.id.in_(bound)).order_by(Body.name)).all()


def loose_meetings(body: Body, now: datetime) -> list[Loose]:
    """The coming meetings of a body that break one of its rules, in order; four statements."""
    rules = rules_of(body)
    if not rules:
        return []
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
    around = _around(body, rules, meetings[0].starts_at_utc - NEAR, meetings[-1].ends_at_utc + NEAR)
    checked = [
        Loose(meeting, broken_rules(slot_of(meeting), rules, around)) for meeting in meetings
    ]
    return [loose for loose in checked if loose.broken]


def slot_of(meeting: Meeting) -> Slot:
    """When and where a meeting is."""
    return Slot(meeting.starts_at_utc, meeting.ends_at_utc, meeting.place, meeting.body.name)


def _around(body: Body, rules: Sequence[DateRule], since: datetime, until: datetime) -> Around:
    """The dates that the rules speak of; two statements."""
    named = {rule.other_body_id for rule in rules if rule.other_body_id}
    kin = (
        _bodies_with_the_same_people(body, since, until)
        if any(rule.kind is RuleKind.NOT_TOGETHER for rule in rules)
        else frozenset()
    )
    of_body: dict[str, list[Slot]] = defaultdict(list)
    for body_id, slot in _slots(named | kin, since, until):
        of_body[body_id].append(slot)
    same_people = [slot for body_id in sorted(kin) for slot in of_body[body_id]]
    return Around(of_body, same_people)


def _slots(body_ids: Collection[str], since: datetime, until: datetime) -> list[tuple[str, Slot]]:
    """Own meetings and known dates of these bodies, in order; one statement."""
    meetings = select(
        Meeting.body_id,
        Meeting.starts_at_utc.label("starts"),
        Meeting.ends_at_utc.label("ends"),
        Meeting.place.label("place"),
        literal(False).label("all_day"),
    ).where(Meeting.body_id.in_(sorted(body_ids)), Meeting.state != MeetingState.CANCELLED)
    dates = select(
        BodyDate.body_id,
        BodyDate.starts_at_utc,
        BodyDate.ends_at_utc,
        BodyDate.place,
        BodyDate.is_all_day,
    ).where(
        BodyDate.body_id.in_(sorted(body_ids)),
        BodyDate.state != DateState.CANCELLED,
        BodyDate.gone_at_utc.is_(None),
    )
    both = union_all(meetings, dates).subquery()
    rows = session().execute(
        select(both.c.body_id, both.c.starts, both.c.ends, both.c.place, both.c.all_day, Body.name)
        .join(Body, Body.id == both.c.body_id)
        .where(both.c.starts >= since, both.c.starts <= until)
        .order_by(both.c.starts, both.c.body_id)
    )
    return [
        (body_id, Slot(starts, ends, place, name, bool(all_day)))
        for body_id, starts, ends, place, all_day, name in rows
    ]


def _bodies_with_the_same_people(body: Body, since: datetime, until: datetime) -> frozenset[str]:
    """Other bodies in which somebody sits who sits in this one, between two moments."""
    first, last = local_date(since), local_date(until + timedelta(days=1))
    here = select(Seat.person_id).where(
        Seat.body_id == body.id, Seat.person_id.is_not(None), Seat.valid_on(first)
    )
    found = session().scalars(
        select(Seat.body_id)
        .where(Seat.body_id != body.id, Seat.person_id.in_(here), Seat.valid_on(last))
        .distinct()
    )
    return frozenset(found)

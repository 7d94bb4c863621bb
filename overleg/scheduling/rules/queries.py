"""Reading rules, the dates they speak of, and the meetings that break them."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import literal, select, union_all
from sqlalchemy.orm import aliased, joinedload

from overleg.db import session
from overleg.lib.dates import local_date
from overleg.lib.errors import NotFound
from overleg.one_of import is_one_of
from overleg.organisations.models import Body, Seat
from overleg.scheduling.models import BodyDate, DateRule, Meeting, TravelTime
from overleg.scheduling.permissions import CHANGEABLE
from overleg.scheduling.rules.checking import NEAR, Around, Broken, Slot, broken_rules
from overleg.scheduling.rules.mending import mended, why_it_stays
from overleg.scheduling.states import DateState, MeetingState, RuleKind

USUAL_TRAVEL_MINUTES = 30


@dataclass(frozen=True)
class Loose:
    """A coming meeting with the rules it breaks, and where it would keep them."""

    meeting: Meeting
    broken: Sequence[Broken]
    better: Slot | None
    """Where to move it; None when only a person can say."""
    still: Sequence[Broken] = ()
    """What it would break there all the same."""
    why_stays: str = ""
    """Why it stays where it is all the same, when all that it breaks is only liked better."""


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


def rules_about_bodies() -> Sequence[DateRule]:
    """The rules about another body, of every body; one statement."""
    return (
        session()
        .scalars(
            select(DateRule)
            .where(DateRule.other_body_id.is_not(None))
            .options(joinedload(DateRule.body), joinedload(DateRule.other_body))
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
    """The coming meetings of a body that break one of its rules, in order; five statements."""
    return loose_in([body.id], now)


def loose_in(body_ids: Collection[str], now: datetime) -> list[Loose]:
    """The same for several bodies at once; five statements however many there are."""
    rules = rules_by_body(body_ids)
    if not rules:
        return []
    meetings = (
        session()
        .scalars(
            select(Meeting)
            .where(
                Meeting.body_id.in_(sorted(rules)),
                Meeting.starts_at_utc > now,
                is_one_of(Meeting.state, CHANGEABLE),
            )
            .options(joinedload(Meeting.body))
            .order_by(Meeting.starts_at_utc, Meeting.id)
        )
        .all()
    )
    if not meetings:
        return []
    first, last = meetings[0].starts_at_utc - NEAR, meetings[-1].ends_at_utc + NEAR
    around = _around(rules, first, last)
    taken: dict[str, set[date]] = defaultdict(set)
    for meeting in meetings:
        taken[meeting.body_id].add(meeting.day)
    found = []
    for meeting in meetings:
        own, beside, slot = rules[meeting.body_id], around[meeting.body_id], slot_of(meeting)
        broken = broken_rules(slot, own, beside)
        if broken:
            better, still = mended(
                slot, broken, own, beside, after=now, taken=taken[meeting.body_id]
            )
            why_stays = why_it_stays(broken, better, own)
            found.append(Loose(meeting, broken, better, still, why_stays))
    return found


def rules_by_body(body_ids: Collection[str]) -> dict[str, list[DateRule]]:
    """The rules of each body that has any, oldest first; one statement."""
    found: dict[str, list[DateRule]] = defaultdict(list)
    for rule in session().scalars(
        select(DateRule)
        .where(DateRule.body_id.in_(sorted(body_ids)))
        .options(joinedload(DateRule.other_body))
        .order_by(DateRule.added_at_utc, DateRule.id)
    ):
        found[rule.body_id].append(rule)
    return found


def slot_of(meeting: Meeting) -> Slot:
    """When and where a meeting is."""
    return Slot(meeting.starts_at_utc, meeting.ends_at_utc, meeting.place, meeting.body.the_name)


def _around(
    rules: Mapping[str, Sequence[DateRule]], since: datetime, until: datetime
) -> dict[str, Around]:
    """The dates that the rules of each body speak of, and how far people travel."""
    named = {rule.other_body_id for own in rules.values() for rule in own if rule.other_body_id}
    asking = [
        body_id
        for body_id, own in rules.items()
        if any(rule.kind is RuleKind.NOT_TOGETHER for rule in own)
    ]
    kin = _bodies_with_the_same_people(asking, since, until) if asking else {}
    of_body: dict[str, list[Slot]] = defaultdict(list)
    for body_id, slot in slots_of_bodies(named.union(*kin.values()), since, until):
        of_body[body_id].append(slot)
    travel = travel_minutes_of(rules)
    return {
        body_id: Around(
            of_body,
            [slot for other in sorted(kin.get(body_id, ())) for slot in of_body[other]],
            travel[body_id],
        )
        for body_id in rules
    }


def travel_minutes_of(body_ids: Iterable[str]) -> dict[str, int]:
    """How long the people of each body need from another place; one statement."""
    rows = session().execute(
        select(TravelTime.body_id, TravelTime.minutes).where(
            TravelTime.body_id.in_(sorted(body_ids))
        )
    )
    kept = {row.body_id: row.minutes for row in rows}
    return {body_id: kept.get(body_id, USUAL_TRAVEL_MINUTES) for body_id in body_ids}


def slots_of_bodies(
    body_ids: Collection[str], since: datetime, until: datetime
) -> list[tuple[str, Slot]]:
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
        select(both.c.body_id, both.c.starts, both.c.ends, both.c.place, both.c.all_day, Body)
        .join(Body, Body.id == both.c.body_id)
        .where(both.c.starts >= since, both.c.starts <= until)
        .order_by(both.c.starts, both.c.body_id)
    )
    return [
        (body_id, Slot(starts, ends, place, body.the_name, bool(all_day)))
        for body_id, starts, ends, place, all_day, body in rows
    ]


def _bodies_with_the_same_people(
    body_ids: Collection[str], since: datetime, until: datetime
) -> dict[str, set[str]]:
    """Per body the others in which somebody sits who sits in it, between two moments."""
    first, last = local_date(since), local_date(until + timedelta(days=1))
    here, there = aliased(Seat), aliased(Seat)
    rows = session().execute(
        select(here.body_id, there.body_id)
        .join(there, there.person_id == here.person_id)
        .where(
            here.body_id.in_(sorted(body_ids)),
            there.body_id != here.body_id,
            here.valid_on(first),
            there.valid_on(last),
        )
        .distinct()
    )
    found: dict[str, set[str]] = defaultdict(set)
    for body_id, other_id in rows:
        found[body_id].add(other_id)
    return found

"""Reading years in the making and all around them; the number of statements is fixed."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time

from sqlalchemy import or_, select
from sqlalchemy.orm import joinedload, selectinload

from overleg.accounts.models import Person
from overleg.db import session
from overleg.lib.dates import local_date, to_utc
from overleg.organisations.models import Body, Seat
from overleg.organisations.viewer import Viewer
from overleg.scheduling.models import DateRule, Meeting, PlannedDate, PlannedYear
from overleg.scheduling.rules.checking import Slot
from overleg.scheduling.rules.queries import (
    rules_by_body,
    travel_minutes_of,
)
from overleg.scheduling.states import MeetingState
from overleg.scheduling.years.choosing import Proposed, propose_years
from overleg.scheduling.years.doubles import doubles_of, slots_shown
from overleg.scheduling.years.finding import MARGIN
from overleg.scheduling.years.people import Clash, Double, clashes_of
from overleg.scheduling.years.weighing import Choice, Plan
from overleg.scheduling.years.wishes import YearRhythm


@dataclass(frozen=True)
class Proposal:
    """The years of one body, with who can not be there."""

    proposed: Sequence[Proposed]
    plan: Plan
    doubles: Sequence[Double]
    slots: Mapping[str, Sequence[Slot]]
    without_dates: Sequence[Body] = ()
    """Bodies that a rule names and of which no date is known in these years."""

    def clashes(self, slot: Slot) -> list[Clash]:
        """Who sits elsewhere then."""
        return clashes_of(slot, self.doubles, self.slots, self.plan.travel_minutes)


def year_of(body: Body) -> PlannedYear | None:
    """What was asked for the years of a body; two statements."""
    return session().scalar(
        select(PlannedYear)
        .where(PlannedYear.body_id == body.id)
        .options(selectinload(PlannedYear.dates))
    )


def propose(year: PlannedYear, viewer: Viewer, now: datetime) -> Proposal:
    """Propose the dates of a body, after those of the bodies on which it waits; seven statements.

    Names of bodies that do not exist for the viewer are left out.
    """
    years = {each.body_id: each for each in _years()} | {year.body_id: year}
    rules = rules_by_body(years)
    bound = _bound(year.body_id, rules, years)
    doubles = doubles_of(bound)
    travel = travel_minutes_of(bound)
    cancelled = _cancelled_days(bound)
    named = {
        rule.other_body_id for body_id in bound for rule in rules[body_id] if rule.other_body_id
    }
    kin = {double.other_body_id for each in doubles.values() for double in each}
    asked = [years[body_id] for body_id in bound]
    slots = _seen_by(viewer, named | kin | set(bound), asked)
    plans = [
        _plan(
            each,
            rules[each.body_id],
            doubles[each.body_id],
            travel[each.body_id],
            cancelled=cancelled[each.body_id],
            now=now,
        )
        for each in asked
    ]
    found = propose_years(plans, slots)
    for each in asked:
        if each is not year:
            chosen = [p.chosen.slot for p in found[each.body_id] if p.chosen]
            slots[each.body_id] = sorted([*slots.get(each.body_id, []), *chosen], key=_start)
    return Proposal(
        proposed=found[year.body_id],
        plan=next(plan for plan in plans if plan.body_id == year.body_id),
        doubles=doubles[year.body_id],
        slots=slots,
        without_dates=_without_dates(rules[year.body_id], slots, year),
    )


def habit_of(body: Body) -> Meeting | None:
    """The last meeting of a body that takes place: what its years start from; one statement."""
    return session().scalar(
        select(Meeting)
        .where(Meeting.body_id == body.id, Meeting.state != MeetingState.CANCELLED)
        .order_by(Meeting.starts_at_utc.desc(), Meeting.id)
        .limit(1)
    )


def seated_between(body: Body, first: date, last: date) -> Sequence[Person]:
    """Who has a seat on some day of a period and can be mailed, by name; one statement."""
    seated = select(Seat.person_id).where(
        Seat.body_id == body.id,
        Seat.valid_from <= last,
        or_(Seat.valid_to.is_(None), Seat.valid_to >= first),
    )
    return (
        session()
        .scalars(
            select(Person)
            .where(
                Person.id.in_(seated), Person.email.is_not(None), Person.disabled_at_utc.is_(None)
            )
            .order_by(Person.name, Person.id)
        )
        .all()
    )


def _years() -> Sequence[PlannedYear]:
    """Every year in the making; two statements."""
    return (
        session()
        .scalars(
            select(PlannedYear)
            .options(joinedload(PlannedYear.body), selectinload(PlannedYear.dates))
            .order_by(PlannedYear.id)
        )
        .all()
    )


def _bound(
    body_id: str, rules: Mapping[str, Sequence[DateRule]], years: Collection[str]
) -> list[str]:
    """The body and those in the making on which its dates wait, through however many others."""
    found, waiting = [body_id], [body_id]
    while waiting:
        for rule in rules.get(waiting.pop(), ()):
            other = rule.other_body_id
            if other is not None and other in years and other not in found:
                found.append(other)
                waiting.append(other)
    return found


def _seen_by(
    viewer: Viewer, body_ids: Collection[str], years: Sequence[PlannedYear]
) -> dict[str, list[Slot]]:
    """The dates around these years."""
    first = min(year.first_day for year in years) - MARGIN
    last = max(year.last_day for year in years) + MARGIN
    return slots_shown(body_ids, viewer, to_utc(first, time()), to_utc(last, time()))


def _cancelled_days(body_ids: Collection[str]) -> dict[str, set[date]]:
    """The days on which a meeting of each body was cancelled; one statement."""
    rows = session().execute(
        select(Meeting.body_id, Meeting.starts_at_utc).where(
            Meeting.body_id.in_(sorted(body_ids)), Meeting.state == MeetingState.CANCELLED
        )
    )
    found: dict[str, set[date]] = {body_id: set() for body_id in body_ids}
    for body_id, starts_at in rows:
        found[body_id].add(local_date(starts_at))
    return found


def _plan(
    year: PlannedYear,
    rules: Sequence[DateRule],
    doubles: Sequence[Double],
    travel_minutes: int,
    *,
    cancelled: Collection[date],
    now: datetime,
) -> Plan:
    return Plan(
        body_id=year.body_id,
        name=year.body.the_name,
        rhythm=rhythm_of(year),
        starts=year.starts_at_hour,
        ends=year.ends_at_hour,
        place=year.place,
        rules=rules,
        kin=frozenset(double.other_body_id for double in doubles),
        travel_minutes=travel_minutes,
        not_before=now,
        cancelled=cancelled,
        choices={each.wished_on: _choice(each, year.body.the_name) for each in year.dates},
    )


def rhythm_of(year: PlannedYear) -> YearRhythm:
    """The rhythm that was asked."""
    return YearRhythm(
        kind=year.kind,
        weekday=year.weekday,
        first_day=year.first_day,
        last_day=year.last_day,
        nth=year.nth,
        every_weeks=year.every_weeks,
        times=year.times,
        skips_summer=year.skips_summer,
    )


def _choice(kept: PlannedDate, name: str) -> Choice:
    if kept.starts_at_utc is None or kept.ends_at_utc is None:
        return Choice(None)
    return Choice(Slot(kept.starts_at_utc, kept.ends_at_utc, kept.place, name), kept.is_own)


def _without_dates(
    rules: Sequence[DateRule], slots: Mapping[str, Sequence[Slot]], year: PlannedYear
) -> list[Body]:
    found = {
        rule.other_body.id: rule.other_body
        for rule in rules
        if rule.other_body is not None
        and not any(
            year.first_day <= slot.day <= year.last_day
            for slot in slots.get(rule.other_body.id, ())
        )
    }
    return list(found.values())


def _start(slot: Slot) -> datetime:
    return slot.starts_at

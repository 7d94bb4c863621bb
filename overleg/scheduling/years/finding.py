"""The dates that one wish can have, the best first, and why there is none. Pure."""

from bisect import bisect_left, bisect_right
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from functools import cached_property, lru_cache

from dateutil.rrule import DAILY, rrule

from overleg.lib.dates import format_date, format_weekday_date
from overleg.scheduling.models import DateRule
from overleg.scheduling.rules.checking import NEAR, Around, Slot
from overleg.scheduling.states import RuleKind
from overleg.scheduling.years.weighing import Candidate, Plan, distance_cost, weigh
from overleg.scheduling.years.wishes import Wish

ALTERNATIVES = 3
MOST_DAYS_BETWEEN = 60
"""As the form of a rule allows."""
MARGIN = NEAR + timedelta(days=MOST_DAYS_BETWEEN + 1)
"""How far from a day a date of another body can lie that a rule about that day looks at."""
MONDAY_TO_FRIDAY = frozenset(range(5))


@dataclass(frozen=True)
class Room:
    """One wish, and all that decides which dates it can have."""

    wish: Wish
    plan: Plan
    around: Around
    slots: Sequence[Slot]
    """The nearest to the wished day first."""

    def best(self, wanted: int | None = None) -> list[Candidate]:
        """One date a day that breaks no hard rule, the cheapest first; so many, or all.

        Stops as soon as what is left can not be cheaper any more.
        """
        found: dict[date, Candidate] = {}
        for slot in self.slots:
            least = distance_cost(slot.day, self.wish)
            if wanted and sum(each.cost <= least for each in found.values()) >= wanted:
                break
            candidate = weigh(slot, self.wish, self.plan, self.around)
            if candidate.broken:
                continue
            there = found.get(slot.day)
            if there is None or worth(candidate) < worth(there):
                found[slot.day] = candidate
        return sorted(found.values(), key=worth)[:wanted]

    @cached_property
    def few(self) -> Sequence[Candidate]:
        """The best date and its alternatives."""
        return self.best(ALTERNATIVES + 1)

    def why_not(self) -> str:
        """What stands in the way of the date that comes nearest to keeping the rules."""
        wish = self.wish
        for rule in self.plan.follows:
            if rule.is_hard and not between(dates_of(rule, self.around), wish.first, wish.last):
                other = rule.other_body.the_name if rule.other_body is not None else ""
                return (
                    f"Van {other} is tussen {format_date(wish.first)} en {format_date(wish.last)} "
                    f"geen datum bekend, en dit overleg valt {rule.sentence}."
                )
        slots = self.slots or [self.plan.on(wish.day)]
        weighed = [weigh(slot, wish, self.plan, self.around) for slot in slots]
        best = min(weighed, key=lambda each: (len(each.broken), worth(each)))
        if not best.broken:
            return "Alle dagen die hier kunnen, zijn voorbij of al gekozen."
        reasons = "; ".join(f"{broken.rule.sentence} ({broken.why})" for broken in best.broken)
        return (
            f"Geen enkele dag houdt zich aan wat moet. Het dichtst komt "
            f"{format_weekday_date(best.slot.day)}, maar daar lukt niet: {reasons}."
        )


def room_for(
    wish: Wish, plan: Plan, slots: Mapping[str, Sequence[Slot]], taken: Collection[date]
) -> Room:
    """The room of a wish between the dates of others, without the days that are taken."""
    around = _near(wish, plan, slots)
    found = [slot for slot in _slots(wish, plan, around) if slot.day not in taken]
    if plan.not_before is not None:
        found = [slot for slot in found if slot.starts_at > plan.not_before]
    return Room(wish, plan, around, sorted(found, key=lambda slot: _nearness(slot, wish)))


def _slots(wish: Wish, plan: Plan, around: Around) -> list[Slot]:
    """The usual hours on each day, and right after the bodies that this one follows."""
    must_follow = any(rule.is_hard for rule in plan.follows)
    days = [] if must_follow else _days(plan, wish)
    for rule in plan.rules:
        if rule.is_hard and rule.kind is RuleKind.DAYS_BEFORE:
            before = timedelta(days=rule.days)
            asked = {other.day - before for other in dates_of(rule, around)}
            days = [day for day in days if day in asked]
    return [plan.on(day) for day in days] + [
        _after(other, rule, plan)
        for rule in plan.follows
        for other in dates_of(rule, around)
        if wish.first <= other.day <= wish.last and plan.rhythm.allows(other.day)
    ]


def _days(plan: Plan, wish: Wish) -> list[date]:
    """Working days, and the liked weekday when that is another."""
    rhythm = plan.rhythm
    days = _every_day(rhythm.first_day, rhythm.last_day, MONDAY_TO_FRIDAY | {rhythm.weekday})
    span = days[bisect_left(days, wish.first) : bisect_right(days, wish.last)]
    return [day for day in span if rhythm.allows(day)]


@lru_cache(maxsize=64)
def _every_day(first: date, last: date, weekdays: frozenset[int]) -> Sequence[date]:
    start, until = datetime.combine(first, time()), datetime.combine(last, time())
    rule = rrule(DAILY, dtstart=start, until=until, byweekday=sorted(weekdays))
    return [moment.date() for moment in rule]


def _near(wish: Wish, plan: Plan, slots: Mapping[str, Sequence[Slot]]) -> Around:
    """The dates of others that can matter for a wish."""
    named = {rule.other_body_id for rule in plan.rules if rule.other_body_id}
    since, until, day = wish.first - MARGIN, wish.last + MARGIN, timedelta(days=2)
    return Around(
        {body_id: between(slots.get(body_id, ()), since, until) for body_id in named},
        [
            slot
            for body_id in sorted(plan.kin)
            for slot in between(slots.get(body_id, ()), wish.first - day, wish.last + day)
        ],
        plan.travel_minutes,
    )


def between(slots: Sequence[Slot], first: date, last: date) -> Sequence[Slot]:
    """The slots, given in order of time, from one day up to and including another."""
    return slots[bisect_left(slots, first, key=_day) : bisect_right(slots, last, key=_day)]


def dates_of(rule: DateRule, around: Around) -> Sequence[Slot]:
    """The dates of the body that a rule names."""
    return around.of_body.get(rule.other_body_id or "", ())


def _after(other: Slot, rule: DateRule, plan: Plan) -> Slot:
    usual, wait = plan.on(other.day), timedelta(minutes=rule.minutes)
    starts_at = usual.starts_at if other.is_all_day else other.ends_at + wait
    return replace(
        usual,
        starts_at=starts_at,
        ends_at=starts_at + (usual.ends_at - usual.starts_at),
        place=other.place if rule.is_same_place and other.place else usual.place,
    )


def worth(candidate: Candidate) -> tuple[int, datetime]:
    """In which order candidates are liked."""
    return candidate.cost, candidate.slot.starts_at


def _nearness(slot: Slot, wish: Wish) -> tuple[int, datetime]:
    return distance_cost(slot.day, wish), slot.starts_at


def _day(slot: Slot) -> date:
    return slot.day

"""Which rules a meeting breaks, and where it would keep them. Pure; moments are aware."""

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta
from functools import cached_property

from overleg.lib.dates import BRUSSELS, format_span, format_weekday_date, local_date, to_utc
from overleg.lib.text import count_of
from overleg.scheduling.models import DateRule
from overleg.scheduling.rules.free_days import holiday_on, school_holiday_on
from overleg.scheduling.states import RuleKind

NEAR = timedelta(days=45)
"""How far the other body's date may lie to be the one that a meeting belongs to."""


@dataclass(frozen=True)
class Slot:
    """When and where a body meets; moments in UTC."""

    starts_at: datetime
    ends_at: datetime
    place: str = ""
    name: str = ""
    """Of the body, within a sentence: ``het Midwestoverleg``."""
    is_all_day: bool = False

    @cached_property
    def day(self) -> date:
        """The calendar day in Brussels."""
        return local_date(self.starts_at)

    @property
    def in_words(self) -> str:
        """``vrijdag 13 maart 2026, 9.30 tot 11.00 uur``."""
        hours = "" if self.is_all_day else f", {format_span(self.starts_at, self.ends_at)}"
        return f"{format_weekday_date(self.starts_at)}{hours}"


@dataclass(frozen=True)
class Broken:
    """A rule that a date does not keep: why, and where it would."""

    rule: DateRule
    why: str
    better: Slot | None = None


@dataclass(frozen=True)
class Around:
    """What else there is: dates of bodies that rules name, and of those with the same people."""

    of_body: Mapping[str, Sequence[Slot]] = field(default_factory=dict)
    same_people: Sequence[Slot] = ()
    travel_minutes: int = 0
    """How long people need from one place to another."""

    @cached_property
    def same_people_by_day(self) -> Mapping[date, Sequence[Slot]]:
        """By day in UTC who meets then, or so near it that people are on their way."""
        travel, found = timedelta(minutes=self.travel_minutes), defaultdict(list)
        for slot in self.same_people:
            for day in _days(slot.starts_at - travel, slot.ends_at + travel):
                found[day].append(slot)
        return found


def broken_rules(slot: Slot, rules: Sequence[DateRule], around: Around) -> list[Broken]:
    """The rules that a date breaks, hard ones first."""
    found = [broken for rule in rules if (broken := _broken(slot, rule, around)) is not None]
    return sorted(found, key=lambda broken: not broken.rule.is_hard)


def _broken(slot: Slot, rule: DateRule, around: Around) -> Broken | None:
    match rule.kind:
        case RuleKind.AFTER:
            return _not_after(slot, rule, around)
        case RuleKind.DAYS_BEFORE:
            return _not_days_before(slot, rule, around)
        case RuleKind.AT_LEAST_BEFORE:
            return _too_late_before(slot, rule, around)
        case RuleKind.NO_HOLIDAY:
            name = holiday_on(slot.day)
        case RuleKind.NO_SCHOOL_HOLIDAY:
            name = school_holiday_on(slot.day)
        case RuleKind.NOT_TOGETHER:
            name = _together(slot, around)
    return Broken(rule, name) if name else None


def _not_after(slot: Slot, rule: DateRule, around: Around) -> Broken | None:
    other = nearest(slot.day, rule, around)
    if other is None:
        return Broken(rule, _nothing_near(rule, slot))
    better = slot
    if other.is_all_day:
        better = on_day(slot, other.day)
    elif slot.starts_at != other.ends_at + timedelta(minutes=rule.minutes):
        better = _from(slot, other.ends_at + timedelta(minutes=rule.minutes))
    if rule.is_same_place and other.place:
        better = replace(better, place=other.place)
    if better == slot:
        return None
    where = f" in {other.place}" if rule.is_same_place and other.place else ""
    return Broken(rule, f"{other.name} vergadert op {other.in_words}{where}", better)


def _not_days_before(slot: Slot, rule: DateRule, around: Around) -> Broken | None:
    before = timedelta(days=rule.days)
    other = nearest(slot.day + before, rule, around)
    if other is None:
        return Broken(rule, _nothing_near(rule, slot))
    if other.day - slot.day == before:
        return None
    return Broken(
        rule, f"{other.name} vergadert op {other.in_words}", on_day(slot, other.day - before)
    )


def _too_late_before(slot: Slot, rule: DateRule, around: Around) -> Broken | None:
    """The first date of the other body that follows must leave enough days."""
    for other in around.of_body.get(rule.other_body_id or "", ()):
        if slot.starts_at < other.starts_at and other.day - slot.day < timedelta(days=rule.days):
            left = count_of((other.day - slot.day).days, "dag", "dagen")
            better = on_day(slot, other.day - timedelta(days=rule.days))
            return Broken(rule, f"{left} voor {other.name} van {other.in_words}", better)
    return None


def _together(slot: Slot, around: Around) -> str:
    for day in _days(slot.starts_at, slot.ends_at):
        for other in around.same_people_by_day.get(day, ()):
            if too_close(slot, other, around.travel_minutes):
                away = travel_between(slot, other, around.travel_minutes)
                travel = f" ({count_of(away, 'minuut', 'minuten')} reistijd)" if away else ""
                return f"{other.name} vergadert op {other.in_words}{travel}"
    return ""


def _days(first: datetime, last: datetime) -> list[date]:
    """The days from one moment up to and including another."""
    count = (last.date() - first.date()).days + 1
    return [first.date() + timedelta(days=number) for number in range(count)]


def too_close(one: Slot, two: Slot, travel_minutes: int) -> bool:
    """Whether nobody can be at both: they overlap, or leave too little time to go there."""
    longest = timedelta(minutes=travel_minutes)
    if not _meet(one, two, longest):
        return False  # far apart, wherever they are: reading the places takes longest
    return _meet(one, two, timedelta(minutes=travel_between(one, two, travel_minutes)))


def _meet(one: Slot, two: Slot, travel: timedelta) -> bool:
    return one.starts_at < two.ends_at + travel and two.starts_at < one.ends_at + travel


def travel_between(one: Slot, two: Slot, minutes: int) -> int:
    """So many minutes between two places; none within one, or where a place is not known yet.

    A place that names no more than the other does is the same: a room in the same town hall.
    """
    if one.is_all_day or two.is_all_day:
        return 0
    here, there = (set(re.findall(r"\w+", slot.place.casefold())) for slot in (one, two))
    return 0 if here <= there or there <= here else minutes


def nearest(day: date, rule: DateRule, around: Around) -> Slot | None:
    """The other body's date that lies nearest to a day; of two as near the earlier."""
    slots = around.of_body.get(rule.other_body_id or "", ())
    near = [slot for slot in slots if abs(slot.day - day) <= NEAR]
    return min(near, key=lambda slot: (abs(slot.day - day), slot.starts_at), default=None)


def _nothing_near(rule: DateRule, slot: Slot) -> str:
    other = rule.other_body.the_name if rule.other_body is not None else ""
    return f"van {other} is rond {format_weekday_date(slot.starts_at)} geen datum bekend"


def _from(slot: Slot, starts_at: datetime) -> Slot:
    return replace(slot, starts_at=starts_at, ends_at=starts_at + (slot.ends_at - slot.starts_at))


def on_day(slot: Slot, day: date) -> Slot:
    """The same hours on the clock in Brussels, on another day."""
    return replace(
        slot,
        starts_at=to_utc(day, _clock(slot.starts_at)),
        ends_at=to_utc(day, _clock(slot.ends_at)),
    )


def _clock(moment: datetime) -> time:
    return moment.astimezone(BRUSSELS).time()

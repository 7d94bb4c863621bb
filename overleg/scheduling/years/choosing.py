"""Choosing the dates of a year, for one body or for several that follow each other. Pure.

Days come from dateutil's recurrences; ``docs/adr/0013`` says why no solver is asked. The rules
weigh each date by itself; what couples the dates of one body is the time between one and the next,
a chain, of which the best is found exactly by adding up from the front.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from graphlib import CycleError, TopologicalSorter
from itertools import pairwise

from overleg.lib.text import count_of
from overleg.scheduling.rules.checking import Slot
from overleg.scheduling.years.chaining import best_chain, is_too_soon
from overleg.scheduling.years.finding import ALTERNATIVES, Room, between, room_for
from overleg.scheduling.years.weighing import Candidate, Choice, Plan, explain_distance, weigh
from overleg.scheduling.years.wishes import Wish, wishes_of


@dataclass(frozen=True)
class Proposed:
    """What is proposed for one wish."""

    wish: Wish
    chosen: Candidate | None = None
    """None when nothing can be, when it was left out, or when a meeting stands there already."""
    alternatives: tuple[Candidate, ...] = ()
    why_not: str = ""
    """Why no date can be, in a Dutch sentence."""
    existing: Slot | None = None
    is_left_out: bool = False
    is_own: bool = False
    """Whether a person typed it."""
    is_adjusted: bool = False

    @property
    def options(self) -> tuple[Candidate, ...]:
        """All that can be picked."""
        return ((self.chosen,) if self.chosen else ()) + self.alternatives


def propose_years(
    plans: Sequence[Plan], known: Mapping[str, Sequence[Slot]]
) -> dict[str, list[Proposed]]:
    """The dates of each body, by its id.

    ``known`` holds the dates of every body that there is to reckon with, those of the plans
    included. A body comes after those that its rules name, so what is proposed for these counts;
    where they name each other in a circle, the order is that in which they were given.
    """
    slots: dict[str, list[Slot]] = defaultdict(list)
    for body_id, dates in known.items():
        slots[body_id] = sorted(dates, key=_start)
    found: dict[str, list[Proposed]] = {}
    for plan in _in_order(plans):
        proposals = propose_year(plan, slots)
        chosen = [each.chosen.slot for each in proposals if each.chosen]
        slots[plan.body_id] = sorted([*slots[plan.body_id], *chosen], key=_start)
        found[plan.body_id] = proposals
    return found


def propose_year(plan: Plan, slots: Mapping[str, Sequence[Slot]]) -> list[Proposed]:
    """The dates of one body between those of others, which are in order of time."""
    taken = {choice.slot.day for choice in plan.choices.values() if choice.slot}
    own = slots.get(plan.body_id, ())
    rows = [
        _Row(wish, existing, plan.choices.get(wish.day), room_for(wish, plan, slots, taken))
        for wish in wishes_of(plan.rhythm)
        for existing in [next(iter(between(own, wish.first, wish.last)), None)]
    ]
    chosen = _chosen(rows)
    return [_proposed(row, chosen.get(row.wish.day)) for row in rows]


@dataclass(frozen=True)
class _Row:
    """A wish and what is to be said of it: a meeting that is there, or what a person chose."""

    wish: Wish
    existing: Slot | None
    choice: Choice | None
    room: Room

    def candidates(self, *, all_of_them: bool) -> Sequence[Candidate]:
        """From which dates to take one, the best first; none when it is left out."""
        if self.existing is not None:
            return [Candidate(self.existing)]
        if self.choice is None:
            return self.room.best() if all_of_them else self.room.few
        if self.choice.slot is None:
            return []
        return [weigh(self.choice.slot, self.wish, self.room.plan, self.room.around)]


def _in_order(plans: Sequence[Plan]) -> list[Plan]:
    by_id = {plan.body_id: plan for plan in plans}
    before = {
        plan.body_id: [rule.other_body_id for rule in plan.rules if rule.other_body_id in by_id]
        for plan in plans
    }
    try:
        return [by_id[body_id] for body_id in TopologicalSorter(before).static_order()]
    except CycleError:
        return list(plans)


def _chosen(rows: Sequence[_Row]) -> dict[date, Candidate]:
    """The date taken for each wish that has any, by the wished day.

    Where the best date of each wish leaves enough time, no other chain can cost less.
    """
    open_rows = [row for row in rows if row.candidates(all_of_them=False)]
    ideals = [(two.wish.day - one.wish.day).days for one, two in pairwise(open_rows)]
    chain = [row.candidates(all_of_them=False)[0] for row in open_rows]
    if any(_too_soon(chain, ideals)):
        chain = best_chain([row.candidates(all_of_them=True) for row in open_rows], ideals)
    said = ["", *_too_soon(chain, ideals)]
    return {
        row.wish.day: each.also_gives_up(too_soon) if too_soon else each
        for row, each, too_soon in zip(open_rows, chain, said, strict=False)
    }


def _too_soon(chain: Sequence[Candidate], ideals: Sequence[int]) -> list[str]:
    """Of each date but the first, how soon it comes after the one before; empty if that is fine."""
    gaps = [(two.slot.day - one.slot.day).days for one, two in pairwise(chain)]
    return [
        _soon_after(gap) if is_too_soon(gap, ideal) else ""
        for gap, ideal in zip(gaps, ideals, strict=True)
    ]


def _soon_after(days: int) -> str:
    if days <= 0:
        return "niet later dan de vorige vergadering"
    return f"maar {count_of(days, 'dag', 'dagen')} na de vorige vergadering"


def _proposed(row: _Row, chosen: Candidate | None) -> Proposed:
    wish, plan, around = row.wish, row.room.plan, row.room.around
    if row.existing is not None:
        return Proposed(wish, existing=row.existing)
    if chosen is not None:
        chosen = explain_distance(chosen, wish, plan, around)
    key = chosen.key if chosen is not None else ""
    others = [explain_distance(each, wish, plan, around) for each in row.room.few]
    choice = row.choice
    return Proposed(
        wish,
        chosen,
        tuple([each for each in others if each.key != key][:ALTERNATIVES]),
        why_not="" if chosen is not None or others else row.room.why_not(),
        is_left_out=choice is not None and choice.slot is None,
        is_own=choice is not None and choice.is_own,
        is_adjusted=choice is not None,
    )


def _start(slot: Slot) -> datetime:
    return slot.starts_at

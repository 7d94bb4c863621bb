"""Where a meeting that breaks rules would keep them. Pure; moments are aware."""

from collections.abc import Collection, Iterator, Sequence
from datetime import date, datetime, timedelta

from overleg.scheduling.models import DateRule
from overleg.scheduling.rules.checking import Around, Broken, Slot, broken_rules, on_day

NEAR_DAYS = (7, -7, 14, -14, *(sign * day for day in range(1, 14) for sign in (1, -1) if day != 7))
"""In days from the meeting, the best first: the same day of the week, then the nearest."""
SATURDAY = 5


def mended(
    slot: Slot,
    broken: Sequence[Broken],
    rules: Sequence[DateRule],
    around: Around,
    *,
    after: datetime,
    taken: Collection[date],
) -> tuple[Slot | None, list[Broken]]:
    """Where to move a meeting, and what it would still break there; None when nobody can say.

    That is where a broken rule asks it, the one that breaks the fewest others; or, when that breaks
    any, the nearest working day on which fewer are broken. What is only liked better is given up
    for what must be. Only moments ``after`` this one, and the search is not on the days that are
    ``taken`` by the body's own meetings.
    """
    asked = [
        (each.better, broken_rules(each.better, rules, around))
        for each in broken
        if each.better is not None and each.better.starts_at > after
    ]
    best = min(asked, key=_cost, default=None)
    if best is not None and _hard(best[1]) > _hard(broken):
        best = None
    if best is not None and not best[1]:
        return best
    near = min(_nearby(slot, rules, around, after, taken), key=_cost, default=None)
    there = [(slot, list(broken)), *([best] if best is not None else [])]
    if near is not None and all(_cost(near) < _cost(each) for each in there):
        return near
    return best if best is not None else (None, [])


def why_it_stays(broken: Sequence[Broken], better: Slot | None, rules: Sequence[DateRule]) -> str:
    """Why a meeting that only breaks what is liked better stays where it is, in Dutch.

    Empty for one that can move, or that breaks what must be.
    """
    if better is not None or _hard(broken):
        return ""
    bound = [rule.sentence for rule in rules if rule.is_hard and rule.kind.names_a_body]
    if not bound:
        return "Geen dag in de buurt past beter."
    return f"Ze valt verplicht {' en '.join(bound)}, en dat gaat voor."


def _nearby(
    slot: Slot,
    rules: Sequence[DateRule],
    around: Around,
    after: datetime,
    taken: Collection[date],
) -> Iterator[tuple[Slot, list[Broken]]]:
    """The working days around a meeting, the best first, at the hour that its rules ask there."""
    for plus in NEAR_DAYS:
        day = slot.day + timedelta(days=plus)
        if day.weekday() >= SATURDAY or day in taken:
            continue
        found = on_day(slot, day)
        broken = broken_rules(found, rules, around)
        hours = next(
            (each.better for each in broken if each.better and each.better.day == day), None
        )
        if hours is not None:
            found, broken = hours, broken_rules(hours, rules, around)
        if found.starts_at > after:
            yield found, broken


def _cost(moved: tuple[Slot, Sequence[Broken]]) -> tuple[int, int]:
    return _hard(moved[1]), len(moved[1])


def _hard(broken: Sequence[Broken]) -> int:
    return sum(each.rule.is_hard for each in broken)

"""Where a meeting that breaks rules would keep them. Pure; moments are aware."""

from collections.abc import Collection, Sequence
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

    That is where a broken rule asks it, the one that breaks the fewest others; where none asks a
    place of its own, as for holidays, the nearest working day on which all rules are kept. Only
    moments ``after`` this one, and not on the days that are ``taken`` by the body's own meetings.
    """
    asked = [
        (each.better, broken_rules(each.better, rules, around))
        for each in broken
        if each.better is not None and each.better.starts_at > after
    ]
    if asked:
        return min(asked, key=lambda pair: (_hard(pair[1]), len(pair[1])))
    if any(each.better is not None for each in broken):
        return None, []
    for plus in NEAR_DAYS:
        day = slot.day + timedelta(days=plus)
        if day.weekday() >= SATURDAY or day in taken:
            continue
        found = on_day(slot, day)
        if found.starts_at > after and not broken_rules(found, rules, around):
            return found, []
    return None, []


def _hard(broken: Sequence[Broken]) -> int:
    return sum(each.rule.is_hard for each in broken)

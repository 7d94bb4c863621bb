"""Taking one date from each row of candidates, with enough time in between. Pure."""

from collections.abc import Sequence
from itertools import pairwise

from overleg.scheduling.years.weighing import Candidate

CLOSEST = 0.6
"""Nearer than this part of the rhythm is too soon after the one before."""
TOO_SOON_COST = 3
SAME_DAY_COST = 100_000


def best_chain(rows: Sequence[Sequence[Candidate]], ideals: Sequence[int]) -> list[Candidate]:
    """One candidate of each row, together at the lowest cost, the time in between included.

    ``ideals`` are the days that the rhythm leaves between a row and the next. Exact: the cheapest
    way to each candidate of a row follows from the cheapest ways to those of the row before.
    """
    totals = [each.cost for each in rows[0]]
    came_from: list[list[int]] = []
    for (before, row), ideal in zip(pairwise(rows), ideals, strict=True):
        days = [each.slot.day.toordinal() for each in before]
        ways = [
            min(
                (total + _cost_between(each.slot.day.toordinal() - day, ideal), place)
                for place, (total, day) in enumerate(zip(totals, days, strict=True))
            )
            for each in row
        ]
        came_from.append([place for _total, place in ways])
        totals = [each.cost + total for each, (total, _place) in zip(row, ways, strict=True)]
    place = totals.index(min(totals))
    chain = [rows[-1][place]]
    for number in range(len(came_from) - 1, -1, -1):
        place = came_from[number][place]
        chain.append(rows[number][place])
    return chain[::-1]


def is_too_soon(gap: int, ideal: int) -> bool:
    """Whether so many days is far less than the rhythm leaves."""
    return gap < round(CLOSEST * ideal)


def _cost_between(gap: int, ideal: int) -> int:
    if gap <= 0:
        return SAME_DAY_COST
    return TOO_SOON_COST * max(0, round(CLOSEST * ideal) - gap)

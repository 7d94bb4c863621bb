"""When somebody would have to be at two tables at once, the way in between included. Pure."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import timedelta

from overleg.calendars.planner.year import Gathering
from overleg.lib.text import count_of
from overleg.scheduling.rules.checking import Slot, too_close, travel_between

LONGEST = timedelta(days=1)
"""Gatherings that begin farther apart leave time enough, whatever the way."""


def with_doubles(
    gatherings: Sequence[Gathering], seated_in: Collection[str], travel: Mapping[str, int]
) -> list[Gathering]:
    """The same gatherings, in order of time, each with the others that its person can't be at too.

    ``seated_in`` are the bodies in which that person sits; ``travel`` the minutes that the people
    of each need from another place, of which the longest of two counts.
    """
    own = [each for each in gatherings if each.body.id in seated_in]
    slots = {id(each): _slot(each) for each in own}
    told: dict[int, list[str]] = {}
    for place, one in enumerate(own):
        for two in own[place + 1 :]:
            if two.starts_at - one.ends_at > LONGEST:
                break
            minutes = max(travel.get(one.body.id, 0), travel.get(two.body.id, 0))
            pair = slots[id(one)], slots[id(two)]
            if one.body.id != two.body.id and too_close(*pair, minutes):
                way = travel_between(*pair, minutes)
                told.setdefault(id(one), []).append(_sentence(two, way))
                told.setdefault(id(two), []).append(_sentence(one, way))
    return [
        replace(each, double="; ".join(told[id(each)])) if id(each) in told else each
        for each in gatherings
    ]


def _slot(each: Gathering) -> Slot:
    return Slot(each.starts_at, each.ends_at, each.place, each.body.the_name, each.is_all_day)


def _sentence(other: Gathering, way: int) -> str:
    travel = f" ({count_of(way, 'minuut', 'minuten')} reistijd)" if way else ""
    return f"u zit dan ook in {other.body.the_call_name}, {other.hours}{travel}"

"""Who sits at two tables at once, the way from one to the other included. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from overleg.lib.dates import format_span
from overleg.lib.text import count_of, join_words
from overleg.scheduling.rules.checking import Slot, too_close, travel_between
from overleg.scheduling.years.finding import between

HIDDEN = "een ander overleg"
"""What a body is called for those who may not know that it exists."""
NAMED = 3


@dataclass(frozen=True)
class Double:
    """Somebody of this body who sits in another one too, between two days, both included."""

    name: str
    other_body_id: str
    since: date
    until: date | None

    def on(self, day: date) -> bool:
        """Whether both seats are theirs on a day."""
        return self.since <= day and (self.until is None or day <= self.until)


@dataclass(frozen=True)
class Clash:
    """A date of another body that leaves no time for this one, and who sits in both."""

    other: Slot
    names: tuple[str, ...]
    travel_minutes: int

    @property
    def sentence(self) -> str:
        """``Burgemeester Tielt zit dan ook in de Zoneraad Midwest, 8.00 tot 9.15 uur, Izegem``."""
        sit = "zit" if len(self.names) == 1 else "zitten"
        who = join_words(self.names)
        if len(self.names) > NAMED:
            rest = count_of(len(self.names) - NAMED + 1, "ander", "anderen")
            who = f"{', '.join(self.names[: NAMED - 1])} en {rest}"
        when = "de hele dag" if self.other.is_all_day else self._hours
        where = self.other.place if self.other.name != HIDDEN else ""
        travel = count_of(self.travel_minutes, "minuut", "minuten")
        parts = [f"{who} {sit} dan ook in {self.other.name}", when, where]
        told = ", ".join(part for part in parts if part)
        return f"{told} ({travel} reistijd)" if self.travel_minutes else told

    @property
    def _hours(self) -> str:
        return format_span(self.other.starts_at, self.other.ends_at)


def clashes_of(
    slot: Slot,
    doubles: Sequence[Double],
    slots: Mapping[str, Sequence[Slot]],
    travel_minutes: int,
) -> list[Clash]:
    """The dates of other bodies, in order of time, that somebody of this body can not combine."""
    by_body: dict[str, list[str]] = {}
    for double in doubles:
        if double.on(slot.day):
            by_body.setdefault(double.other_body_id, []).append(double.name)
    day = timedelta(days=1)
    found = [
        Clash(other, tuple(sorted(set(names))), travel_between(slot, other, travel_minutes))
        for body_id, names in by_body.items()
        for other in between(slots.get(body_id, ()), slot.day - day, slot.day + day)
        if too_close(slot, other, travel_minutes)
    ]
    return sorted(found, key=lambda clash: (clash.other.starts_at, clash.other.name))

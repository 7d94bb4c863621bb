"""When an address wants its mail: at once or once a day, and not in its quiet hours. Pure.

Hours are those of Brussels; moments go in and out in UTC.
"""

from dataclasses import dataclass
from datetime import datetime, time, timedelta

from overleg.lib.dates import BRUSSELS, to_utc
from overleg.mail.states import Rhythm

MORNING = time(7)
"""When the mail of the day leaves, and what waited through a weekend."""
DAY = timedelta(days=1)
SATURDAY = 5


@dataclass(frozen=True)
class Wishes:
    """How somebody wants mail; without ``quiet_from`` no hours are quiet."""

    rhythm: Rhythm = Rhythm.AT_ONCE
    quiet_from: time | None = None
    quiet_until: time | None = None
    quiet_weekends: bool = False

    def first_moment(self, moment: datetime) -> datetime:
        """This moment (UTC), or the end of the quiet hours it falls in."""
        while (end := self._end_of_quiet(moment)) is not None:
            moment = end
        return moment

    def next_digest(self, moment: datetime) -> datetime:
        """When the next mail of the day leaves after this moment (UTC)."""
        local = moment.astimezone(BRUSSELS)
        day = local.date() if local.time() < MORNING else local.date() + DAY
        return self.first_moment(to_utc(day, MORNING))

    def _end_of_quiet(self, moment: datetime) -> datetime | None:
        local = moment.astimezone(BRUSSELS)
        day, hour = local.date(), local.time()
        if self.quiet_weekends and day.weekday() >= SATURDAY:
            return to_utc(day + DAY * (7 - day.weekday()), MORNING)
        if self.quiet_from is None or self.quiet_until is None:
            return None
        if self.quiet_from < self.quiet_until:
            is_quiet = self.quiet_from <= hour < self.quiet_until
        else:
            is_quiet = hour >= self.quiet_from or hour < self.quiet_until
        if not is_quiet:
            return None
        end = to_utc(day if hour < self.quiet_until else day + DAY, self.quiet_until)
        # In the night the clock goes back, an hour of the clock comes twice.
        return end if end > moment else end + timedelta(hours=1)

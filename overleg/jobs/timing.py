"""When a job runs by itself."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from huey import crontab

MINUTE = timedelta(minutes=1)
FARTHEST = timedelta(days=8)


@dataclass(frozen=True)
class Timing:
    """The minutes, in UTC, in which a job runs."""

    label: str
    """How the page of the jobs says it, in Dutch."""
    matches: Callable[[datetime], bool]

    def __call__(self, moment: datetime) -> bool:
        """Whether the job runs in the minute of this moment (UTC)."""
        return self.matches(moment)

    def next_after(self, moment: datetime) -> datetime:
        """The first minute after this moment (UTC) in which the job runs.

        Raises ``ValueError`` when there is none in eight days.
        """
        minute = moment.astimezone(UTC).replace(second=0, microsecond=0)
        last = minute + FARTHEST
        while minute < last:
            minute += MINUTE
            if self.matches(minute):
                return minute
        raise ValueError(f"no run within {FARTHEST} of {moment}")


EVERY_MINUTE = Timing("elke minuut", crontab())
EVERY_FIVE_MINUTES = Timing("elke vijf minuten", crontab(minute="*/5"))
EVERY_TEN_MINUTES = Timing("elke tien minuten", crontab(minute="*/10"))


def daily(*, hour_utc: int, minute: int = 0) -> Timing:
    """Once a day, at an hour in UTC."""
    return Timing("elke dag", crontab(hour=str(hour_utc), minute=str(minute)))

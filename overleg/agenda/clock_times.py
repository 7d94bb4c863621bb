"""Clock times of agenda items, counted from the minutes each one gets. Pure."""

from collections.abc import Iterable
from datetime import datetime, timedelta


def start_times(starts_at_utc: datetime, minutes: Iterable[int]) -> list[datetime]:
    """When each item starts, in UTC, when the first starts with the meeting and all run on."""
    times: list[datetime] = []
    moment = starts_at_utc
    for length in minutes:
        times.append(moment)
        moment += timedelta(minutes=length)
    return times

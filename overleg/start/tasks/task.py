"""One thing that is asked of somebody."""

from dataclasses import dataclass
from datetime import date, timedelta

from overleg.lib.dates import format_date, format_days_left

SOON = timedelta(days=7)


@dataclass(frozen=True)
class Task:
    """One thing to do; ``due_on`` is a day in Brussels."""

    kicker: str
    title: str
    url: str
    action: str
    detail: str
    due_on: date | None
    today: date

    @property
    def due(self) -> str:
        """By when, in words; empty without a date."""
        if self.due_on is None:
            return ""
        return f"{format_date(self.due_on)} ({format_days_left(self.due_on, self.today)})"

    @property
    def tone(self) -> str:
        """How pressing it is: ``bad`` past its date, ``warn`` within a week."""
        if self.due_on is None:
            return "neutral"
        if self.due_on < self.today:
            return "bad"
        return "warn" if self.due_on - self.today <= SOON else "neutral"

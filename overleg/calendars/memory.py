"""What this process remembers of feeds, so that a poll that changed nothing costs one statement.

All that a feed depends on (meetings, settings of bodies, roles, seats) leaves a row in the journal.
While the newest of those rows is the same, so is the feed. What was changed outside the journal, by
hand in the database, is seen after ``KEPT_FOR``.
"""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

SETTLED_AFTER = timedelta(minutes=1)
"""A request that is under way may still add a row with an older moment; none lasts this long."""
KEPT_FOR = timedelta(minutes=15)
MOST_KEPT = 5_000


@dataclass(frozen=True)
class Remembered:
    """The stand of a feed on a day, as long as the journal stands at ``journal_at``."""

    etag: str
    modified_at: datetime
    journal_at: datetime
    day: date
    kept_at: datetime


@dataclass
class FeedMemory:
    """Remembered stands by the hash of the token."""

    stands: dict[str, Remembered] = field(default_factory=dict)

    def recall(
        self, token_hash: str, *, journal_at: datetime | None, today: date, now: datetime
    ) -> Remembered | None:
        """The stand, when it still holds."""
        found = self.stands.get(token_hash)
        if found is None or (found.journal_at, found.day) != (journal_at, today):
            return None
        return found if found.kept_at <= now < found.kept_at + KEPT_FOR else None

    def keep(self, token_hash: str, stand: Remembered) -> None:
        """Remember a stand, once the journal has been quiet long enough to rely on."""
        if stand.kept_at - stand.journal_at < SETTLED_AFTER:
            return
        if len(self.stands) >= MOST_KEPT:
            self.stands.clear()
        self.stands[token_hash] = stand

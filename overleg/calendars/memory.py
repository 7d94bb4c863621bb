"""What this process remembers of feeds, so that a poll that changed nothing costs one statement.

All that a feed depends on (meetings, settings of bodies, roles, seats) leaves a row in the journal.
While the newest of those rows is the same, so is the feed. What was changed outside the journal, by
hand in the database, is seen after ``KEPT_FOR``.

What was written is kept as well, with its ETag: a calendar that always fetches everything, or a
second one at the same address, gets the same bytes as long as the ETag is the same.
"""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

SETTLED_AFTER = timedelta(minutes=1)
"""A request that is under way may still add a row with an older moment; none lasts this long."""
KEPT_FOR = timedelta(minutes=15)
MOST_KEPT = 5_000
MOST_WRITTEN_BYTES = 16 * 1024 * 1024
"""Of one process; a feed of 500 meetings takes 300 kB."""


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
    """Remembered stands, and what was written with which ETag, by the hash of the token."""

    stands: dict[str, Remembered] = field(default_factory=dict)
    written: dict[str, tuple[str, bytes]] = field(default_factory=dict)

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

    def recall_written(self, token_hash: str, etag: str) -> bytes | None:
        """The bytes of a feed, when they were written with this ETag."""
        kept_etag, content = self.written.get(token_hash, ("", b""))
        return content if kept_etag == etag else None

    def keep_written(self, token_hash: str, etag: str, content: bytes) -> None:
        """Keep the bytes of a feed beside their ETag; what was kept before gives way."""
        kept = sum(len(each) for _etag, each in list(self.written.values()))
        if kept + len(content) > MOST_WRITTEN_BYTES:
            self.written.clear()
        if len(content) <= MOST_WRITTEN_BYTES:
            self.written[token_hash] = (etag, content)

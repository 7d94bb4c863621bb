"""Which rows of the journal may tell of another feed, and the newest of them.

Every poll asks for that moment. It stands at the end of an index that holds these rows only.
"""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Index, ScalarSelect, TextClause, func, select, text

from overleg.audit.models import JournalEntry

_AT = JournalEntry.__table__.c.at_utc


@dataclass(frozen=True)
class Telling:
    """The kinds of things whose rows tell; ``part`` is what of a feed they tell of."""

    part: str
    kinds: tuple[str, ...]

    def index(self) -> Index:
        """The index of their moments. Other kinds need another index, so a migration."""
        return Index(
            f"ix_journal_entries_of_{self.part}",
            _AT,
            sqlite_where=self._condition,
            postgresql_where=self._condition,
        )

    def newest(self) -> ScalarSelect[datetime | None]:
        """The moment of the newest row, or NULL."""
        return select(func.max(_AT)).where(self._condition).scalar_subquery()

    @property
    def _condition(self) -> TextClause:
        """The same words in the index and in the question, or no database uses it."""
        kinds = ", ".join(f"'{kind}'" for kind in self.kinds)
        return text(f"subject_type IN ({kinds})")


OF_MEETINGS = Telling(
    "meetings",
    ("meetings", "agenda_versions", "minutes", "bodies", "seats", "role_assignments"),
)
OF_FOLLOW_UP = Telling(
    "follow_up", ("follow_ups", "outcomes", "action_items", "agenda_items", "organisations")
)
OF_DATES = Telling("dates", ("body_dates", "date_sources"))

INDEXES = [telling.index() for telling in (OF_MEETINGS, OF_FOLLOW_UP, OF_DATES)]

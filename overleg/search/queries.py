"""Finding entries: what the words match, as far as the viewer may read it now.

A page takes a fixed number of statements, and what one may not read counts nowhere.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import joinedload

from overleg.db import session
from overleg.lib.words import Asked
from overleg.organisations.models import Body
from overleg.organisations.viewer import Viewer
from overleg.scheduling.models import Meeting
from overleg.search.matching import has_words, has_words_in_title
from overleg.search.models import FileText, SearchEntry
from overleg.search.reach import latest_proposal, sieve, still_readable
from overleg.search.states import KIND_OF, FoundKind, Source, TextState

MOST_FOUND = 500
"""So many are found at most: the best and newest. Who wants others says it more precisely."""
PAGE_LENGTH = 15


@dataclass(frozen=True)
class Choice:
    """What somebody looks for, and where; ``None`` is everywhere."""

    asked: Asked
    kind: FoundKind | None = None
    body_id: str | None = None
    year: int | None = None
    page: int = 1

    @property
    def is_narrowed(self) -> bool:
        """Whether only a part is wanted."""
        return (self.kind, self.body_id, self.year) != (None, None, None)


@dataclass(frozen=True)
class Entry:
    """Something that was found, with what its line shows."""

    entry: SearchEntry
    body: Body | None
    meeting: Meeting | None
    text_state: TextState | None
    proposal_id: str | None
    """Of a dossier: the newest proposal in it that the viewer reads."""

    @property
    def kind(self) -> FoundKind:
        """How the page calls it."""
        return self.entry.source.kind

    @property
    def is_in_preparation(self) -> bool:
        """Whether it stands on an agenda that was not sent like this."""
        return self.entry.source is Source.WORKING_ITEM


@dataclass(frozen=True)
class Found:
    """A page of what was found, and how much there is of each kind, body and year."""

    entries: Sequence[Entry]
    total: int
    page: int
    is_capped: bool
    kinds: Counter[FoundKind]
    body_ids: Counter[str]
    years: Counter[int]

    @property
    def pages(self) -> int:
        """How many pages there are; at least one."""
        return max(1, -(-self.total // PAGE_LENGTH))


@dataclass(frozen=True)
class Hit:
    """An entry that has the words, and what is counted of it."""

    id: int
    source: Source
    body_id: str | None
    year: int
    is_readable: bool


def find(viewer: Viewer, choice: Choice) -> Found:
    """What the viewer finds: first what has the words in its title, then the newest.

    Two statements, three when only a part is wanted, one more for each of which there is too much;
    none when nothing was asked. Counts are those of everything found, whatever part is wanted.
    """
    if not choice.asked:
        return Found([], 0, 1, False, Counter(), Counter(), Counter())
    rows = _hits(viewer, choice.asked)
    wanted = rows
    if choice.is_narrowed:
        wanted = _hits(viewer, choice.asked, _narrowed(choice))
    start = (choice.page - 1) * PAGE_LENGTH
    shown = [row.id for row in wanted[start : start + PAGE_LENGTH]]
    return Found(
        entries=_entries(viewer, shown),
        total=len(wanted),
        page=choice.page,
        is_capped=len(wanted) >= MOST_FOUND,
        kinds=Counter(row.source.kind for row in rows),
        body_ids=Counter(row.body_id for row in rows if row.body_id is not None),
        years=Counter(row.year for row in rows),
    )


def _narrowed(choice: Choice) -> list[ColumnElement[bool]]:
    parts: list[ColumnElement[bool]] = []
    if choice.kind is not None:
        sources = [source for source, kind in KIND_OF.items() if kind is choice.kind]
        parts.append(SearchEntry.source.in_(sources))
    if choice.body_id is not None:
        parts.append(SearchEntry.body_id == choice.body_id)
    if choice.year is not None:
        parts.append(SearchEntry.year == choice.year)
    return parts


def _hits(
    viewer: Viewer, asked: Asked, narrowed: Sequence[ColumnElement[bool]] = ()
) -> Sequence[Hit]:
    """The best so many entries in order, without their texts.

    The things are asked of what passed the quick sieve only, best first. Where that left out some
    of so many, a second statement asks them of everything, so that nothing takes a readable place.
    """
    conditions = [has_words(asked), sieve(viewer), *narrowed]
    found = _best(viewer, asked, conditions)
    if len(found) == MOST_FOUND and not all(hit.is_readable for hit in found):
        found = _best(viewer, asked, [*conditions, still_readable(viewer)])
    return [hit for hit in found if hit.is_readable]


def _best(viewer: Viewer, asked: Asked, conditions: Sequence[ColumnElement[bool]]) -> Sequence[Hit]:
    in_title = has_words_in_title(asked).label("in_title")
    best = (
        select(SearchEntry.id.label("id"), in_title)
        .where(*conditions)
        .order_by(in_title.desc(), SearchEntry.happened_at_utc.desc(), SearchEntry.id.desc())
        .limit(MOST_FOUND)
        .cte("best")
        .prefix_with("MATERIALIZED")
    )
    rows = session().execute(
        select(
            SearchEntry.id,
            SearchEntry.source,
            SearchEntry.body_id,
            SearchEntry.year,
            still_readable(viewer),
        )
        .join(best, best.c.id == SearchEntry.id)
        .order_by(best.c.in_title.desc(), SearchEntry.happened_at_utc.desc(), SearchEntry.id.desc())
    )
    return [Hit(*row) for row in rows]


def _entries(viewer: Viewer, ids: Sequence[int]) -> list[Entry]:
    rows = session().execute(
        select(SearchEntry, Meeting, FileText.state, latest_proposal(viewer).scalar_subquery())
        .outerjoin(Meeting, Meeting.id == SearchEntry.meeting_id)
        .outerjoin(FileText, FileText.sha256 == SearchEntry.sha256)
        .where(SearchEntry.id.in_(ids))
        .options(joinedload(SearchEntry.body))
    )
    by_id = {entry.id: Entry(entry, entry.body, *others) for entry, *others in rows}
    return [by_id[number] for number in ids if number in by_id]


def silent_files(viewer: Viewer) -> list[Entry]:
    """The newest annexes that the viewer may read and whose text is not found; one statement."""
    silent = [state for state in TextState if state is not TextState.READ]
    rows = session().execute(
        select(SearchEntry, Meeting, FileText.state)
        .join(FileText, FileText.sha256 == SearchEntry.sha256)
        .outerjoin(Meeting, Meeting.id == SearchEntry.meeting_id)
        .where(FileText.state.in_(silent), sieve(viewer), still_readable(viewer))
        .options(joinedload(SearchEntry.body))
        .order_by(SearchEntry.happened_at_utc.desc(), SearchEntry.id.desc())
        .limit(MOST_FOUND)
    )
    return [Entry(entry, entry.body, meeting, state, None) for entry, meeting, state in rows]

"""Finding entries: what the words match, as far as the viewer may read it now.

A page takes a fixed number of statements, and what one may not read counts nowhere.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any, NamedTuple

from sqlalchemy import (
    ColumnElement,
    Integer,
    Row,
    Select,
    String,
    bindparam,
    literal,
    select,
    type_coerce,
)

from overleg.db import rows_of, session
from overleg.documents.states import Circle
from overleg.lib.words import Sought
from overleg.organisations.models import Body
from overleg.organisations.remembered import once_per_access
from overleg.organisations.viewer import Viewer
from overleg.scheduling.models import Meeting
from overleg.search.matching import HAS_WORDS, HAS_WORDS_IN_TITLE, IS_NUMBERED
from overleg.search.models import FileText, SearchEntry
from overleg.search.reach import latest_proposal, rules_for, sieve, still_readable
from overleg.search.states import KIND_OF, FoundKind, Source, TextState

MOST_FOUND = 100
"""So many are found at most: the best and newest. Who wants others says it more precisely."""
MOST_SILENT = 200
PAGE_LENGTH = 15
MOST_MIXES = 8
"""So many mixtures of kinds of things are remembered for one viewer."""


@dataclass(frozen=True)
class Choice:
    """What somebody looks for, and where; ``None`` is everywhere."""

    asked: Sought
    kind: FoundKind | None = None
    body_id: str | None = None
    year: int | None = None
    page: int = 1

    @property
    def is_narrowed(self) -> bool:
        """Whether only a part is wanted."""
        return (self.kind, self.body_id, self.year) != (None, None, None)


class Entry(NamedTuple):
    """Something that was found, with what its line shows."""

    id: int
    source: Source
    subject_id: str
    meeting_id: str | None
    circle: Circle
    happened_at_utc: datetime
    anchor: str
    title: str
    text: str
    is_file: bool
    text_state: TextState | None
    """Of a file: whether its text was read; None as long as nobody tried."""
    body_name: str | None
    body_short_name: str | None
    meeting_year: int | None
    meeting_number: int | None
    proposal_id: str | None
    """Of a dossier: the newest proposal in it that the viewer reads."""

    @property
    def kind(self) -> FoundKind:
        """How the page calls it."""
        return self.source.kind


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


Hit = Row[int, str, str | None, int]
"""The id, source, body and year of an entry that has the words: what is counted of it."""


def find(viewer: Viewer, choice: Choice) -> Found:
    """What the viewer finds: first what has the words in its title, then the newest.

    Three statements, two more when only a part is wanted, one more for each of which there is too
    much; none when nothing was asked. Counts are those of everything found, whatever part is
    wanted.
    """
    if not choice.asked:
        return Found([], 0, 1, False, Counter(), Counter(), Counter())
    rows = _hits(viewer, choice.asked)
    wanted = rows
    if choice.is_narrowed:
        wanted = _hits(viewer, choice.asked, _narrowed(choice))
    start = (choice.page - 1) * PAGE_LENGTH
    shown = wanted[start : start + PAGE_LENGTH]
    _, sources, body_ids, years = zip(*rows, strict=True) if rows else ((), (), (), ())
    return Found(
        entries=_entries(viewer, shown),
        total=len(wanted),
        page=choice.page,
        is_capped=len(wanted) >= MOST_FOUND,
        kinds=_kinds(sources),
        body_ids=Counter(filter(None, body_ids)),
        years=Counter(years),
    )


def _kinds(sources: Iterable[str]) -> Counter[FoundKind]:
    kinds: Counter[FoundKind] = Counter()
    for source, count in Counter(sources).items():
        kinds[Source(source).kind] += count
    return kinds


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
    viewer: Viewer, asked: Sought, narrowed: Sequence[ColumnElement[bool]] = ()
) -> Sequence[Hit]:
    """The best so many entries in order, without their texts.

    The things are asked of what passed the quick sieve only, best first. Where that left out some
    of so many, they are asked of everything, so that nothing takes a readable place.
    """
    found = _best(_sieved(viewer).where(*narrowed) if narrowed else _sieved(viewer), asked)
    readable = _readable(viewer, found)
    if len(readable) < len(found) == MOST_FOUND:
        return _best(_sieved(viewer).where(*narrowed, still_readable(rules_for(viewer))), asked)
    return [hit for hit in found if hit.id in readable]


@once_per_access
def _sieved(viewer: Viewer) -> Select[int, str, str | None, int]:
    return (
        select(
            SearchEntry.id,
            type_coerce(SearchEntry.source, String).label("source"),
            SearchEntry.body_id,
            SearchEntry.year,
        )
        .where(HAS_WORDS, sieve(viewer))
        .order_by(
            HAS_WORDS_IN_TITLE.desc(), SearchEntry.happened_at_utc.desc(), SearchEntry.id.desc()
        )
        .limit(bindparam("most", type_=Integer))
    )


def _best(entries: Select[int, str, str | None, int], asked: Sought) -> Sequence[Hit]:
    return rows_of(entries, {"asked": asked, "most": MOST_FOUND})


def _readable(viewer: Viewer, found: Sequence[Hit]) -> set[int]:
    """Which of these the viewer may read now; one statement, none for nothing."""
    if not found:
        return set()
    numbers = [hit.id for hit in found]
    entries = _readable_entries(viewer)(frozenset(hit.source for hit in found))
    return {number for (number,) in rows_of(entries, {"numbers": numbers})}


@once_per_access
def _readable_entries(viewer: Viewer) -> Callable[[frozenset[str]], Select[int]]:
    rules = rules_for(viewer)

    @lru_cache(maxsize=MOST_MIXES)
    def of_sources(sources: frozenset[str]) -> Select[int]:
        return select(SearchEntry.id).where(IS_NUMBERED, still_readable(rules, sources))

    return of_sources


def _entries(viewer: Viewer, shown: Sequence[Hit]) -> list[Entry]:
    entries = _NUMBERED
    if any(hit.source == Source.DOSSIER for hit in shown):
        entries = _shown(latest_proposal(viewer).scalar_subquery()).where(IS_NUMBERED)
    numbers = [hit.id for hit in shown]
    by_id = {row.id: Entry(*row) for row in rows_of(entries, {"numbers": numbers})}
    return [by_id[number] for number in numbers if number in by_id]


def _shown(proposal_id: ColumnElement[str | None]) -> Select[*tuple[Any, ...]]:
    """What an ``Entry`` holds, in that order."""
    return (
        select(
            SearchEntry.id,
            SearchEntry.source,
            SearchEntry.subject_id,
            SearchEntry.meeting_id,
            SearchEntry.circle,
            SearchEntry.happened_at_utc,
            SearchEntry.anchor,
            SearchEntry.title,
            SearchEntry.text,
            SearchEntry.sha256.is_not(None),
            FileText.state,
            Body.name,
            Body.short_name,
            Meeting.year,
            Meeting.number,
            proposal_id,
        )
        .outerjoin(Body, Body.id == SearchEntry.body_id)
        .outerjoin(Meeting, Meeting.id == SearchEntry.meeting_id)
        .outerjoin(FileText, FileText.sha256 == SearchEntry.sha256)
    )


SHOWN = _shown(literal(None, String))
"""Entries as they are shown, without the proposals of dossiers; each row is an ``Entry``."""
_NUMBERED = SHOWN.where(IS_NUMBERED)


def silent_files(viewer: Viewer) -> list[Entry]:
    """The newest annexes that the viewer may read and whose text is not found; one statement."""
    silent = [state for state in TextState if state is not TextState.READ]
    rows = session().execute(
        SHOWN.where(FileText.state.in_(silent), sieve(viewer), still_readable(rules_for(viewer)))
        .order_by(SearchEntry.happened_at_utc.desc(), SearchEntry.id.desc())
        .limit(MOST_SILENT)
    )
    return [Entry(*row) for row in rows]

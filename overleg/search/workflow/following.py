"""Following the journal: each row about a thing has that thing put in the index again."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from sqlalchemy import Row, Select, event, select
from sqlalchemy.engine import Connection
from sqlalchemy.orm import Mapper

from overleg.agenda.models import AgendaItem, AgendaVersion, Dossier, Proposal
from overleg.audit.models import JournalEntry
from overleg.db import session
from overleg.decisions.models import FollowUp, Outcome
from overleg.jobs.queue import run_after_commit
from overleg.minutes.models import Minutes
from overleg.one_of import is_one_of
from overleg.scheduling.models import Meeting
from overleg.search.models import SearchEntry, SearchProgress
from overleg.search.workflow.indexing import (
    THE_ROW,
    hold_index,
    index_dossiers,
    index_meetings,
    index_proposals,
)

FOLLOW = "follow_journal"
ROWS_AT_ONCE = 400
SETTLED_AFTER = timedelta(minutes=1)
"""A request that is under way may still add a row below newer ones; none lasts this long."""

MEETING_OF: dict[str, Callable[[Collection[str]], Select[str]]] = {
    Meeting.__tablename__: lambda ids: select(Meeting.id).where(Meeting.id.in_(ids)),
    AgendaVersion.__tablename__: lambda ids: select(AgendaVersion.meeting_id).where(
        AgendaVersion.id.in_(ids)
    ),
    AgendaItem.__tablename__: lambda ids: select(AgendaItem.meeting_id).where(
        AgendaItem.id.in_(ids)
    ),
    Minutes.__tablename__: lambda ids: select(Minutes.meeting_id).where(Minutes.id.in_(ids)),
    Outcome.__tablename__: lambda ids: (
        select(AgendaItem.meeting_id)
        .join(Outcome, Outcome.item_id == AgendaItem.id)
        .where(Outcome.id.in_(ids))
    ),
    FollowUp.__tablename__: lambda ids: (
        select(AgendaItem.meeting_id)
        .join(Outcome, Outcome.item_id == AgendaItem.id)
        .join(FollowUp, FollowUp.outcome_id == Outcome.id)
        .where(FollowUp.id.in_(ids))
    ),
}
"""How a thing in the journal leads to its meeting; what is gone is known by its entry."""

TELLING = frozenset({*MEETING_OF, Proposal.__tablename__, Dossier.__tablename__})
"""The things whose rows in the journal change what can be found."""


@dataclass
class Touched:
    """What has to be put in the index again."""

    proposals: set[str] = field(default_factory=set)
    dossiers: set[str] = field(default_factory=set)
    meetings: set[str] = field(default_factory=set)


@event.listens_for(JournalEntry, "after_insert")
def _ask_to_follow(
    _mapper: Mapper[JournalEntry], _connection: Connection, entry: JournalEntry
) -> None:
    if entry.subject_type in TELLING:
        run_after_commit(FOLLOW)


def follow_journal(now: datetime) -> None:
    """Put in the index what the journal tells of since the last time; ``now`` in UTC."""
    if not _news(_settled()):
        return
    progress = hold_index()
    rows = _news(progress.settled_id)
    touched = _touched(rows)
    index_proposals(touched.proposals)
    index_dossiers(touched.dossiers)
    index_meetings(touched.meetings)
    before = progress.settled_id
    for row in rows:
        if row.at_utc > now - SETTLED_AFTER:
            break
        progress.settled_id = row.id
    if len(rows) == ROWS_AT_ONCE and progress.settled_id > before:
        run_after_commit(FOLLOW)


def _settled() -> int:
    progress = session().get(SearchProgress, THE_ROW)
    return 0 if progress is None else progress.settled_id


def _news(settled_id: int) -> Sequence[Row[int, datetime, str, str]]:
    return (
        session()
        .execute(
            select(
                JournalEntry.id,
                JournalEntry.at_utc,
                JournalEntry.subject_type,
                JournalEntry.subject_id,
            )
            .where(JournalEntry.id > settled_id, is_one_of(JournalEntry.subject_type, TELLING))
            .order_by(JournalEntry.id)
            .limit(ROWS_AT_ONCE)
        )
        .all()
    )


def _touched(rows: Sequence[Row[int, datetime, str, str]]) -> Touched:
    by_type: dict[str, set[str]] = {}
    for row in rows:
        by_type.setdefault(row.subject_type, set()).add(row.subject_id)
    touched = Touched(
        proposals=by_type.pop(Proposal.__tablename__, set()),
        dossiers=by_type.pop(Dossier.__tablename__, set()),
    )
    for subject_type, ids in sorted(by_type.items()):
        touched.meetings.update(session().scalars(MEETING_OF[subject_type](sorted(ids))))
        touched.meetings.update(_meetings_of_entries(ids))
    touched.meetings.update(
        session().scalars(
            select(AgendaItem.meeting_id).where(
                AgendaItem.proposal_id.in_(sorted(touched.proposals))
            )
        )
    )
    # A point that was sent opens its proposal to readers, also when only the agenda tells so.
    touched.proposals.update(
        proposal_id
        for proposal_id in session().scalars(
            select(AgendaItem.proposal_id).where(
                AgendaItem.meeting_id.in_(sorted(touched.meetings))
            )
        )
        if proposal_id is not None
    )
    return touched


def _meetings_of_entries(subject_ids: Collection[str]) -> set[str]:
    return {
        meeting_id
        for meeting_id in session().scalars(
            select(SearchEntry.meeting_id).where(SearchEntry.subject_id.in_(sorted(subject_ids)))
        )
        if meeting_id is not None
    }

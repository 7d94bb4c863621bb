"""Making the whole index anew, in steps that are each worth keeping."""

from collections.abc import Iterator, Sequence
from datetime import datetime

from sqlalchemy import delete, func, select

from overleg.agenda.models import Dossier, Proposal
from overleg.audit.models import JournalEntry
from overleg.db import session
from overleg.documents.workflow import FileStore
from overleg.scheduling.models import Meeting
from overleg.search.models import FileText, SearchEntry
from overleg.search.states import TextState
from overleg.search.workflow.files import read_next_file
from overleg.search.workflow.following import SETTLED_AFTER
from overleg.search.workflow.indexing import hold_index, index_meetings, index_proposals

PROPOSALS_AT_ONCE = 200
MEETINGS_AT_ONCE = 50


def rebuild_index(store: FileStore, *, now: datetime) -> Iterator[int]:
    """Put everything in the index as it is now, and read the files that could not be read before.

    Yields after each step how many entries it changed; the caller commits there. Meanwhile what
    was in the index is found as before.
    """
    yield from index_everything(now)
    while read_next_file(store, now=now):
        yield 1


def index_everything(now: datetime) -> Iterator[int]:
    """The same, but for files that were not read yet: the worker reads those, one by one."""
    _start(now)
    yield 0
    for ids in _batches(_ids(Proposal), PROPOSALS_AT_ONCE):
        hold_index()
        yield index_proposals(ids)
    for ids in _batches(_ids(Meeting), MEETINGS_AT_ONCE):
        hold_index()
        yield index_meetings(ids)


def _start(now: datetime) -> None:
    progress = hold_index()
    progress.settled_id = (
        session().scalar(
            select(func.max(JournalEntry.id)).where(JournalEntry.at_utc <= now - SETTLED_AFTER)
        )
        or 0
    )
    session().execute(delete(FileText).where(FileText.state != TextState.READ))
    for column, things in (
        (SearchEntry.proposal_id, Proposal),
        (SearchEntry.meeting_id, Meeting),
        (SearchEntry.dossier_id, Dossier),
    ):
        session().execute(
            delete(SearchEntry).where(column.is_not(None), column.not_in(select(things.id)))
        )


def _ids(things: type[Proposal | Meeting]) -> Sequence[str]:
    return session().scalars(select(things.id).order_by(things.id)).all()


def _batches(ids: Sequence[str], size: int) -> Iterator[Sequence[str]]:
    for start in range(0, len(ids), size):
        yield ids[start : start + size]

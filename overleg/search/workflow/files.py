"""Reading the texts of annexes, one file at a time."""

from datetime import datetime

from sqlalchemy import or_, select

from overleg.agenda.models import Annex, SentAnnex
from overleg.db import session
from overleg.documents.models import StoredFile
from overleg.documents.workflow import FileStore
from overleg.jobs.queue import run_after_commit
from overleg.search.extraction import read_file
from overleg.search.models import FileText, SearchEntry
from overleg.search.workflow.indexing import hold_index, index_meetings, index_proposals

READ_FILES = "read_files"


def read_next_file(store: FileStore, *, now: datetime) -> bool:
    """Read one annex that was not read yet and put its text in the index; false when none waits.

    The file is read before anything is written, so that nobody waits for it. What can't be read is
    noted with its reason, and not tried again.
    """
    waiting = _next_waiting()
    if waiting is None:
        return False
    sha256, media_type = waiting
    read = read_file(store.path_of(sha256), media_type)
    hold_index()
    if session().get(FileText, sha256) is None:
        session().add(FileText(sha256=sha256, state=read.state, text=read.text, read_at_utc=now))
        session().flush()
        if read.text:
            _index_again(sha256)
    run_after_commit(READ_FILES)
    return True


def _next_waiting() -> tuple[str, str] | None:
    row = (
        session()
        .execute(
            select(StoredFile.sha256, StoredFile.media_type)
            .outerjoin(FileText, FileText.sha256 == StoredFile.sha256)
            .where(
                FileText.sha256.is_(None),
                or_(
                    StoredFile.id.in_(select(Annex.file_id)),
                    StoredFile.id.in_(select(SentAnnex.file_id)),
                ),
            )
            .order_by(StoredFile.uploaded_at_utc.desc(), StoredFile.id)
            .limit(1)
        )
        .first()
    )
    return None if row is None else (row[0], row[1])


def _index_again(sha256: str) -> None:
    rows = session().execute(
        select(SearchEntry.proposal_id, SearchEntry.meeting_id).where(SearchEntry.sha256 == sha256)
    )
    proposals, meetings = set(), set()
    for proposal_id, meeting_id in rows:
        proposals.add(proposal_id)
        meetings.add(meeting_id)
    index_proposals({found for found in proposals if found is not None})
    index_meetings({found for found in meetings if found is not None})

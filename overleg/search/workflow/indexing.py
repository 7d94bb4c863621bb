"""Putting things in the index as they are now; what did not change is not written."""

from collections.abc import Collection, Sequence

from sqlalchemy import ColumnElement, delete, insert, select, update

from overleg.agenda.models import Proposal
from overleg.db import session
from overleg.lib.words import index_words
from overleg.search.gathering.gathered import Gathered
from overleg.search.gathering.meetings import gather_meetings
from overleg.search.gathering.proposals import gather_dossiers, gather_proposals
from overleg.search.models import SearchEntry, SearchProgress

THE_ROW = 1
Values = dict[str, object]


def hold_index() -> SearchProgress:
    """Hold the index until the commit: others who write in it wait. The first makes its row."""
    touched = session().execute(
        update(SearchProgress)
        .where(SearchProgress.id == THE_ROW)
        .values(turn=SearchProgress.turn + 1)
        .returning(SearchProgress.id)
    )
    if touched.first() is None:
        session().add(SearchProgress(id=THE_ROW))
        session().flush()
    return session().get_one(SearchProgress, THE_ROW, populate_existing=True)


def index_proposals(proposal_ids: Collection[str]) -> int:
    """Put these proposals, their annexes and dossiers in the index; how many entries changed."""
    if not proposal_ids:
        return 0
    dossiers = set(
        session().scalars(select(Proposal.dossier_id).where(Proposal.id.in_(sorted(proposal_ids))))
    )
    changed = _replace(
        SearchEntry.proposal_id.in_(sorted(proposal_ids)), gather_proposals(proposal_ids)
    )
    return changed + index_dossiers(dossiers)


def index_dossiers(dossier_ids: Collection[str]) -> int:
    """Put these dossiers in the index; how many entries changed."""
    if not dossier_ids:
        return 0
    return _replace(SearchEntry.dossier_id.in_(sorted(dossier_ids)), gather_dossiers(dossier_ids))


def index_meetings(meeting_ids: Collection[str]) -> int:
    """Put the points, notes and outcomes of these meetings in the index; how many changed."""
    if not meeting_ids:
        return 0
    return _replace(SearchEntry.meeting_id.in_(sorted(meeting_ids)), gather_meetings(meeting_ids))


def _replace(present: ColumnElement[bool], gathered: Sequence[Gathered]) -> int:
    """Make the entries under this condition those that were gathered."""
    rows = session().execute(
        select(
            SearchEntry.source, SearchEntry.subject_id, SearchEntry.id, SearchEntry.digest
        ).where(present)
    )
    known = {(source, subject_id): (number, digest) for source, subject_id, number, digest in rows}
    new: list[Values] = []
    changed: list[Values] = []
    for one in gathered:
        number, digest = known.pop((one.source, one.subject_id), (None, ""))
        if number is None:
            new.append(_values(one))
        elif digest != one.digest:
            changed.append({"id": number, **_values(one)})
    gone = [number for number, _digest in known.values()]
    if gone:
        session().execute(delete(SearchEntry).where(SearchEntry.id.in_(gone)))
    if changed:
        session().execute(update(SearchEntry), changed)
    if new:
        session().execute(insert(SearchEntry), new)
    return len(gone) + len(changed) + len(new)


def _values(one: Gathered) -> Values:
    return {
        **vars(one),
        "year": one.year,
        "digest": one.digest,
        "title_words": index_words(one.title),
        "words": index_words(f"{one.title}\n{one.text}"),
    }

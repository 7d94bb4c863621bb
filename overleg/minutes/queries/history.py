"""What happened around a meeting, as far as who looks may read it."""

from collections.abc import Sequence

from sqlalchemy import exists, select, true

from overleg.agenda.models import AgendaItem, Proposal, SentItem
from overleg.agenda.queries.history import is_told_to_readers
from overleg.agenda.queries.proposals import visible_proposals
from overleg.audit.models import JournalEntry
from overleg.audit.queries import history_of
from overleg.audit.states import Verb
from overleg.db import session
from overleg.decisions.queries.follow_up import rows_of_outcomes
from overleg.decisions.queries.outcomes import dropped_of_items, outcomes_of_items
from overleg.mail.history import Sending, sendings_about, with_mails
from overleg.minutes.models import Minutes
from overleg.minutes.permissions import can_read_minutes
from overleg.organisations.states import Role
from overleg.organisations.viewer import Viewer
from overleg.scheduling.models import Meeting
from overleg.scheduling.states import MeetingState

HELD = frozenset({MeetingState.MINUTES, MeetingState.APPROVED})
MOST_ROWS = 300


def history_of_meeting(viewer: Viewer, meeting: Meeting) -> list[JournalEntry | Sending]:
    """The journal of a meeting, newest first: of itself, its points with their proposals, the
    verslag, outcomes and follow-up. A fixed number of statements.

    What the viewer may not read leaves no row: points of a narrower circle, points that were never
    sent, how its proposals were validated, the writing of a verslag that is still closed. Support
    staff also see which mails went out.
    """
    points = _points(viewer, meeting)
    item_ids = [item_id for item_id, _ in points]
    outcomes = outcomes_of_items(viewer, item_ids)
    outcome_ids = [outcome.id for noted in outcomes.values() for outcome in noted]
    minutes_ids = session().scalars(select(Minutes.id).where(Minutes.meeting_id == meeting.id))
    subjects = [
        meeting.id,
        *minutes_ids,
        *item_ids,
        *_proposals(viewer, [proposal_id for _, proposal_id in points if proposal_id]),
        *outcome_ids,
        *(dropped.id for dropped in dropped_of_items(viewer, item_ids)),
        *(row.id for row in rows_of_outcomes(viewer, outcome_ids)),
    ]
    reads = can_read_minutes(viewer, meeting)
    steers = viewer.steers(meeting.body_id)
    entries = [
        entry
        for entry in history_of(subjects, limit=MOST_ROWS)
        if (reads or entry.verb is not Verb.NOTES_SAVED)
        and (steers or entry.subject_type != Proposal.__tablename__ or is_told_to_readers(entry))
    ]
    return with_mails(entries, sendings_about(subjects, viewer.bodies_as(Role.SUPPORT)))


def _points(viewer: Viewer, meeting: Meeting) -> Sequence[tuple[str, str | None]]:
    """The items that the viewer may know of, each with its proposal."""
    circles = sorted(viewer.reach[meeting.body_id].readable)
    was_sent = exists().where(SentItem.item_id == AgendaItem.id, SentItem.circle.in_(circles))
    knows_all = viewer.steers(meeting.body_id) or meeting.state in HELD
    known = true() if knows_all else was_sent
    rows = session().execute(
        select(AgendaItem.id, AgendaItem.proposal_id).where(
            AgendaItem.meeting_id == meeting.id,
            AgendaItem.circle.in_(circles),
            known,
        )
    )
    return [(item_id, proposal_id) for item_id, proposal_id in rows]


def _proposals(viewer: Viewer, proposal_ids: Sequence[str]) -> Sequence[str]:
    return (
        session()
        .scalars(
            select(Proposal.id).where(Proposal.id.in_(proposal_ids), visible_proposals(viewer))
        )
        .all()
    )

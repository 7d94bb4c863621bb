"""The verslag as part of a bundle: what the agenda that asks to approve it takes along."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import ScalarSelect, and_, distinct, exists, func, or_, select

from overleg.agenda.models import AgendaItem
from overleg.agenda.verslag import VerslagFile, Whereabouts
from overleg.db import session
from overleg.documents.states import Circle
from overleg.minutes.models import Minutes, MinutesVersion, NoteRevision, Remark
from overleg.minutes.papers import minutes_docx, minutes_file_name
from overleg.minutes.reading import minutes_in_circle
from overleg.minutes.states import MinutesState
from overleg.one_of import is_one_of
from overleg.scheduling.models import Meeting
from overleg.scheduling.states import MeetingState

WHEREABOUTS = {
    MinutesState.WITH_CHAIR: Whereabouts.WITH_CHAIR,
    MinutesState.CIRCULATED: Whereabouts.ROUND,
}


class Verslagen:
    """The verslagen of meetings that were held, for the bundles of later ones."""

    def mark(self, meeting_id: str, body_id: str, circle: Circle) -> str:
        """How many points this circle reads of it, how often they were written and put right; one
        statement.

        Empty for a meeting of another body and for a draft that this circle may not read yet.
        """
        row = (
            session()
            .execute(
                select(
                    Meeting.state,
                    func.count(distinct(AgendaItem.id)),
                    func.coalesce(func.sum(NoteRevision.edition), 0),
                    _versions(),
                )
                .outerjoin(
                    AgendaItem,
                    and_(
                        AgendaItem.meeting_id == Meeting.id,
                        AgendaItem.position > 0,
                        AgendaItem.circle.in_(sorted(circle.readable)),
                    ),
                )
                .outerjoin(NoteRevision, NoteRevision.item_id == AgendaItem.id)
                .where(Meeting.id == meeting_id, Meeting.body_id == body_id)
                .group_by(Meeting.id, Meeting.state)
            )
            .one_or_none()
        )
        if row is None:
            return ""
        state, points, written, versions = row
        is_draft_for_members = state is MeetingState.MINUTES and circle is Circle.MAYORS
        if state is not MeetingState.APPROVED and not is_draft_for_members:
            return ""
        return f"{state.value}-{points}-{written}-{versions}"

    def whereabouts(self, meeting_ids: Collection[str]) -> dict[str, Whereabouts]:
        """Those that went round, and those that the chair has and did not remark on."""
        remarked = exists().where(Remark.minutes_id == Minutes.id)
        rows = session().execute(
            select(Minutes.meeting_id, Minutes.state).where(
                is_one_of(Minutes.meeting_id, meeting_ids),
                or_(
                    Minutes.state == MinutesState.CIRCULATED,
                    and_(Minutes.state == MinutesState.WITH_CHAIR, ~remarked),
                ),
            )
        )
        return {meeting_id: WHEREABOUTS[state] for meeting_id, state in rows}

    def make(self, meeting_id: str, circle: Circle, *, now: datetime) -> VerslagFile:
        """The Word file of this circle."""
        meeting = session().get_one(Meeting, meeting_id)
        read = minutes_in_circle(meeting, circle)
        return VerslagFile(minutes_file_name(meeting), minutes_docx(read, now=now))


def _versions() -> ScalarSelect[int]:
    """How often the verslag of the meeting was approved and put right."""
    return (
        select(func.count(MinutesVersion.id))
        .join(MinutesVersion.minutes)
        .where(Minutes.meeting_id == Meeting.id)
        .correlate(Meeting)
        .scalar_subquery()
    )

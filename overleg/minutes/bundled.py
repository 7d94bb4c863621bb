"""The verslag as part of a bundle: what the agenda that asks to approve it takes along."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import and_, exists, or_, select

from overleg.agenda.verslag import VerslagFile, Whereabouts
from overleg.db import session
from overleg.documents.states import Circle
from overleg.minutes.models import Minutes, Remark
from overleg.minutes.papers import minutes_docx, minutes_file_name
from overleg.minutes.queries.marks import HELD, parts_in_circle
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
        """Every part that this circle reads of it, with its revision; one statement.

        Empty for a meeting of another body and for a draft that this circle may not read yet.
        """
        parts = parts_in_circle(meeting_id, body_id, circle)
        state = next((told for kind, _id, _revision, told in parts if kind == HELD), "")
        is_draft_for_members = state == MeetingState.MINUTES and circle is Circle.MAYORS
        if state != MeetingState.APPROVED and not is_draft_for_members:
            return ""
        return repr(parts)

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

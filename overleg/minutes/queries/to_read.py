"""Which verslagen wait for somebody to read them."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import and_, exists, or_, select
from sqlalchemy.orm import contains_eager

from overleg.db import session
from overleg.documents.states import Circle
from overleg.minutes.models import Minutes, Remark
from overleg.minutes.states import MinutesState
from overleg.one_of import is_one_of
from overleg.organisations.states import Role
from overleg.organisations.viewer import Viewer
from overleg.scheduling.models import Meeting
from overleg.scheduling.states import MeetingState


def minutes_to_read(viewer: Viewer, today: date) -> Sequence[Minutes]:
    """The verslagen on which a remark is asked of this person, who made none yet, oldest first.

    As ``may_remark`` has it: of the chair, then of the members until the term; who writes them is
    not asked. One statement at most.
    """
    chaired = viewer.bodies_as(Role.CHAIR)
    full = {body_id for body_id, circle in viewer.reach.items() if circle is Circle.MAYORS}
    asked = full - viewer.bodies_as(Role.SUPPORT)
    if not chaired and not asked:
        return []
    remarked = exists().where(Remark.minutes_id == Minutes.id, Remark.person_id == viewer.person_id)
    return (
        session()
        .scalars(
            select(Minutes)
            .join(Minutes.meeting)
            .where(
                Meeting.state == MeetingState.MINUTES,
                or_(
                    and_(
                        Minutes.state == MinutesState.WITH_CHAIR,
                        is_one_of(Meeting.body_id, chaired),
                    ),
                    and_(
                        Minutes.state == MinutesState.CIRCULATED,
                        Minutes.remarks_until >= today,
                        is_one_of(Meeting.body_id, asked),
                    ),
                ),
                ~remarked,
            )
            .options(contains_eager(Minutes.meeting).joinedload(Meeting.body))
            .order_by(Meeting.starts_at_utc, Minutes.id)
        )
        .all()
    )

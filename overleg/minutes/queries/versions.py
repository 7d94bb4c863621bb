"""Approved versions of a verslag, and remarks, for who may read them."""

from collections.abc import Sequence

from sqlalchemy import func, or_, select
from sqlalchemy.orm import contains_eager, joinedload, selectinload

from overleg.agenda.models import AgendaItem
from overleg.db import session
from overleg.lib.errors import NotFound
from overleg.minutes.models import Minutes, MinutesVersion, MinutesVersionItem, Remark
from overleg.minutes.states import RemarkState
from overleg.organisations.viewer import Viewer
from overleg.scheduling.models import Meeting


def last_version(minutes_id: str) -> MinutesVersion | None:
    """The version that counts now, with its items; None before approval."""
    return session().scalar(
        select(MinutesVersion)
        .where(MinutesVersion.minutes_id == minutes_id)
        .options(selectinload(MinutesVersion.items))
        .order_by(MinutesVersion.number.desc())
        .limit(1)
    )


def versions_of(viewer: Viewer, minutes: Minutes) -> Sequence[MinutesVersion]:
    """The approved text and its corrections in the viewer's circle, the newest first."""
    return (
        session()
        .scalars(
            select(MinutesVersion)
            .join(MinutesVersion.minutes)
            .join(Minutes.meeting)
            .outerjoin(MinutesVersion.item)
            .where(
                MinutesVersion.minutes_id == minutes.id,
                or_(
                    MinutesVersion.item_id.is_(None),
                    viewer.readable(Meeting.body_id, AgendaItem.circle),
                ),
            )
            .order_by(MinutesVersion.number.desc())
        )
        .all()
    )


def items_of_version(viewer: Viewer, minutes: Minutes, number: int) -> Sequence[MinutesVersionItem]:
    """The items of a version that this viewer reads: in the circle of then and in that of now."""
    return (
        session()
        .scalars(
            select(MinutesVersionItem)
            .join(MinutesVersionItem.version)
            .join(MinutesVersionItem.item)
            .join(AgendaItem.meeting)
            .where(
                MinutesVersion.minutes_id == minutes.id,
                MinutesVersion.number == number,
                viewer.readable(Meeting.body_id, AgendaItem.circle),
                viewer.readable(Meeting.body_id, MinutesVersionItem.circle),
            )
            .order_by(MinutesVersionItem.position, MinutesVersionItem.id)
        )
        .all()
    )


def remarks_of(viewer: Viewer, minutes: Minutes) -> Sequence[Remark]:
    """The remarks on a verslag that this viewer reads, in the order of the items.

    Those who steer the body read all of them, others their own.
    """
    query = (
        select(Remark)
        .join(Remark.item)
        .join(AgendaItem.meeting)
        .where(
            Remark.minutes_id == minutes.id,
            viewer.readable(Meeting.body_id, AgendaItem.circle),
        )
        .options(contains_eager(Remark.item))
        .order_by(AgendaItem.position, Remark.made_at_utc, Remark.id)
    )
    if not viewer.steers(minutes.meeting.body_id):
        query = query.where(Remark.person_id == viewer.person_id)
    return session().scalars(query).all()


def remark_by_id(viewer: Viewer, remark_id: str) -> Remark:
    """One remark, for who supports the body. Raises ``NotFound``."""
    found = session().scalar(
        select(Remark)
        .where(Remark.id == remark_id)
        .options(
            joinedload(Remark.item),
            joinedload(Remark.minutes).joinedload(Minutes.meeting).joinedload(Meeting.body),
        )
    )
    if found is None or not viewer.supports(found.minutes.meeting.body_id):
        raise NotFound
    return found


def open_remarks(minutes: Minutes) -> int:
    """How many remarks nobody settled yet."""
    counted = session().scalar(
        select(func.count(Remark.id)).where(
            Remark.minutes_id == minutes.id, Remark.state == RemarkState.OPEN
        )
    )
    return counted or 0

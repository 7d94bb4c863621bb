"""Agendas as they were sent. A point or annex of a narrower circle is left out by the query.

A point or annex whose circle was made narrower afterwards is left out of earlier versions too:
whoever closes it means it, also for what went out by mistake.
"""

from collections.abc import Collection, Sequence
from dataclasses import replace
from functools import lru_cache
from typing import Any

from sqlalchemy import ColumnElement, and_, bindparam, exists, or_, select, union_all
from sqlalchemy.orm import joinedload, selectinload

from overleg.agenda.lines import Line, sent_lines
from overleg.agenda.models import AgendaItem, AgendaVersion, Annex, SentAnnex, SentItem
from overleg.db import session
from overleg.documents.models import StoredFile
from overleg.documents.states import Circle
from overleg.lib.errors import NotFound
from overleg.organisations.models import Body
from overleg.organisations.viewer import Viewer
from overleg.scheduling.models import Meeting

_VERSIONS = (
    select(AgendaVersion)
    .where(AgendaVersion.meeting_id == bindparam("meeting_id"))
    .order_by(AgendaVersion.sent_at_utc.desc(), AgendaVersion.letter.desc())
)
_MEETING_AND_VERSIONS = (
    select(Meeting, AgendaVersion)
    .outerjoin(AgendaVersion, AgendaVersion.meeting_id == Meeting.id)
    .where(Meeting.id == bindparam("meeting_id"))
    .order_by(AgendaVersion.sent_at_utc.desc(), AgendaVersion.letter.desc())
    .options(
        joinedload(Meeting.body).load_only(
            Body.name,
            Body.short_name,
            Body.slug,
            Body.is_external,
            Body.sections_by,
            Body.item_numbering,
            Body.proposal_deadline_days,
            Body.agenda_deadline_days,
        )
    )
)
"""Of the body, what the page of a meeting shows of it."""


def meeting_and_versions(viewer: Viewer, meeting_id: str) -> tuple[Meeting, list[AgendaVersion]]:
    """A meeting with its body, and the versions of its agenda, the newest first; one statement.

    Raises ``NotFound`` outside the viewer's bodies.
    """
    given = {"meeting_id": meeting_id}
    rows: Sequence[Any] = session().execute(_MEETING_AND_VERSIONS, given).all()
    if not rows or rows[0][0].body_id not in viewer.reach:
        raise NotFound
    return rows[0][0], [version for _, version in rows if version is not None]


def versions_of(meeting_id: str) -> Sequence[AgendaVersion]:
    """The versions of a meeting's agenda, the newest first."""
    return session().scalars(_VERSIONS, {"meeting_id": meeting_id}).all()


def lines_of_version(version_id: str, circles: Collection[Circle]) -> list[Line]:
    """The points of a version that these circles may read, in order; at most three statements.

    What was sent never changes, so lines that were read lately are remembered. Which points and
    annexes were closed since is asked each time.
    """
    lines = _lines(version_id, frozenset(circles))
    if not lines or Circle.MAYORS in circles:
        return list(lines)
    left_out = _narrowed(lines, circles)
    return [
        replace(line, annexes=tuple(a for a in line.annexes if a.id not in left_out))
        if line.annexes
        else line
        for line in lines
        if line.item_id not in left_out
    ]


def _narrowed(lines: Collection[Line], circles: Collection[Circle]) -> set[str]:
    """The ids of points and sent annexes that were closed to these circles since."""
    points = select(AgendaItem.id).where(
        AgendaItem.id.in_([line.item_id for line in lines]), AgendaItem.circle.not_in(circles)
    )
    annexes = (
        select(SentAnnex.id)
        .join(Annex, Annex.id == SentAnnex.annex_id)
        .where(
            SentAnnex.id.in_([annex.id for line in lines for annex in line.annexes]),
            Annex.circle.not_in(circles),
        )
    )
    return {row[0] for row in session().execute(union_all(points, annexes))}


@lru_cache(maxsize=256)
def _lines(version_id: str, circles: frozenset[Circle]) -> tuple[Line, ...]:
    items = session().scalars(
        select(SentItem)
        .where(SentItem.version_id == version_id, SentItem.circle.in_(circles))
        .order_by(SentItem.position)
        .options(
            selectinload(SentItem.annexes.and_(SentAnnex.circle.in_(circles))).joinedload(
                SentAnnex.file
            )
        )
        .execution_options(populate_existing=True)
    )
    return tuple(sent_lines(items.all()))


def was_sent(item_id: str) -> bool:
    """Whether an item stood in any version that went out."""
    return bool(session().scalar(select(exists().where(SentItem.item_id == item_id))))


def readable_sent_item(viewer: Viewer) -> ColumnElement[bool]:
    """The condition on points as sent, joined with their item and meeting."""
    return and_(
        viewer.readable(Meeting.body_id, SentItem.circle),
        viewer.readable(Meeting.body_id, AgendaItem.circle),
    )


def readable_sent_annex(viewer: Viewer) -> ColumnElement[bool]:
    """The condition on annexes as sent, joined with their point, its item and its meeting, and
    outer joined with the annex that they were.
    """
    return and_(
        viewer.readable(Meeting.body_id, SentAnnex.circle),
        readable_sent_item(viewer),
        or_(Annex.id.is_(None), viewer.readable(Meeting.body_id, Annex.circle)),
    )


def sent_annex_by_id(viewer: Viewer, annex_id: str) -> SentAnnex:
    """An annex as it was sent; raises ``NotFound`` when it or its point may not be read."""
    annex = (
        session()
        .scalars(
            select(SentAnnex)
            .join(SentItem, SentItem.id == SentAnnex.sent_item_id)
            .join(SentItem.item)
            .join(SentItem.version)
            .join(AgendaVersion.meeting)
            .outerjoin(Annex, Annex.id == SentAnnex.annex_id)
            .where(SentAnnex.id == annex_id, readable_sent_annex(viewer))
            .options(
                joinedload(SentAnnex.file).joinedload(StoredFile.uploaded_by),
                joinedload(SentAnnex.sent_item)
                .joinedload(SentItem.version)
                .joinedload(AgendaVersion.meeting)
                .joinedload(Meeting.body),
            )
        )
        .one_or_none()
    )
    if annex is None:
        raise NotFound
    return annex

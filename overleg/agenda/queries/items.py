"""Items of an agenda in preparation, and what waits to be put on one."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import bindparam, exists, func, select
from sqlalchemy.orm import aliased, joinedload

from overleg.agenda.arranging import arranged
from overleg.agenda.models import AgendaItem, Annex, Proposal
from overleg.agenda.states import ItemState, ProposalState
from overleg.db import session
from overleg.lib.dates import format_date, local_date
from overleg.lib.errors import NotFound
from overleg.organisations.states import ItemNumbering
from overleg.organisations.viewer import Viewer
from overleg.scheduling.models import Meeting
from overleg.scheduling.states import MeetingState

OPEN_STATES = frozenset({MeetingState.PREPARING, MeetingState.AGENDA_SENT})
MOST_WAITING = 100
"""So many proposals are offered at most beside an agenda: those that wait longest."""


# Every look at an agenda in preparation asks these, so they are built once.
_ITEMS = (
    select(AgendaItem)
    .where(AgendaItem.meeting_id == bindparam("meeting_id"), AgendaItem.position > 0)
    .order_by(AgendaItem.position, AgendaItem.id)
    .options(joinedload(AgendaItem.proposal).selectinload(Proposal.annexes).joinedload(Annex.file))
    .execution_options(populate_existing=True)
)
_LAST_NUMBER = select(func.max(AgendaItem.number)).where(
    AgendaItem.meeting_id == bindparam("meeting_id")
)
_LAST_NUMBER_IN_YEAR = (
    select(func.max(AgendaItem.number))
    .join(AgendaItem.meeting)
    .where(Meeting.body_id == bindparam("body_id"), Meeting.year == bindparam("year"))
)


@dataclass(frozen=True)
class Pool:
    """What can still be put on the agenda of a meeting, the most wanted first."""

    wished: Sequence[Proposal]
    others: Sequence[Proposal]
    postponed: Sequence[AgendaItem]
    postponed_on: Mapping[str, str]
    """Of proposals that were postponed before: at which meeting, in words."""
    has_more: bool = False
    """Whether more proposals wait than are offered here."""

    @property
    def size(self) -> int:
        """How many points wait."""
        return len(self.wished) + len(self.others) + len(self.postponed)


def items_of_meeting(meeting: Meeting) -> Sequence[AgendaItem]:
    """The items of a meeting in their order, those taken off it left out; two statements.

    They are read anew, so that after a lock on the agenda they are what others left. While the
    agenda is being made it is grouped as the body does now.
    """
    items = session().scalars(_ITEMS, {"meeting_id": meeting.id}).all()
    return arranged(items, meeting.body.sections_by) if meeting.state in OPEN_STATES else items


def next_number(meeting: Meeting, *, was_sent: bool = True) -> int:
    """The number the next new point of this agenda gets; no number is ever given twice.

    Counted within the meeting, or through the year where the body numbers so; one statement, or
    none for an agenda that is known never to have been sent, as points are numbered then.
    """
    if meeting.body.item_numbering is ItemNumbering.YEAR:
        in_year = {"body_id": meeting.body_id, "year": meeting.year}
        last = session().scalar(_LAST_NUMBER_IN_YEAR, in_year)
    elif was_sent:
        last = session().scalar(_LAST_NUMBER, {"meeting_id": meeting.id})
    else:
        last = None
    return (last or 0) + 1


def working_item_by_id(viewer: Viewer, item_id: str) -> AgendaItem:
    """An item with its meeting, for who prepares agendas of that body.

    Raises ``NotFound`` for an unknown item and for everybody else.
    """
    item = (
        session()
        .scalars(
            select(AgendaItem)
            .join(AgendaItem.meeting)
            .where(AgendaItem.id == item_id, Meeting.body_id.in_(viewer.body_ids))
            .options(joinedload(AgendaItem.meeting).joinedload(Meeting.body))
        )
        .one_or_none()
    )
    if item is None or not viewer.steers(item.meeting.body_id):
        raise NotFound
    return item


def pool_of(meeting: Meeting) -> Pool:
    """Validated proposals of the body that stand on no agenda, and points postponed earlier.

    What stood on a meeting that was cancelled counts as waiting again. First what was asked for
    this meeting, then what waits longest, ``MOST_WAITING`` at most; two statements.
    """
    on_cancelled = exists().where(
        AgendaItem.proposal_id == Proposal.id,
        AgendaItem.state == ItemState.SCHEDULED,
        AgendaItem.meeting_id == Meeting.id,
        Meeting.state == MeetingState.CANCELLED,
    )
    waiting = (
        session()
        .scalars(
            select(Proposal)
            .where(
                Proposal.body_id == meeting.body_id,
                (Proposal.state == ProposalState.VALIDATED)
                | ((Proposal.state == ProposalState.SCHEDULED) & on_cancelled),
            )
            .order_by(
                (func.coalesce(Proposal.wished_meeting_id, "") == meeting.id).desc(),
                Proposal.submitted_at_utc,
                Proposal.id,
            )
            .limit(MOST_WAITING + 1)
            .options(
                joinedload(Proposal.submitter),
                joinedload(Proposal.organisation),
                joinedload(Proposal.wished_meeting).joinedload(Meeting.body),
            )
        )
        .all()
    )
    offered = waiting[:MOST_WAITING]
    wished = [p for p in offered if p.wished_meeting_id == meeting.id]
    others = [p for p in offered if p.wished_meeting_id != meeting.id]
    postponed = _postponed(meeting)
    return Pool(
        wished=wished,
        others=others,
        postponed=[item for item in postponed if item.proposal_id is None],
        postponed_on={
            item.proposal_id: f"uitgesteld op {format_date(item.meeting.starts_at_utc)}"
            for item in postponed
            if item.proposal_id is not None
        },
        has_more=len(waiting) > MOST_WAITING,
    )


def _postponed(meeting: Meeting) -> Sequence[AgendaItem]:
    """Points of earlier meetings that were postponed and not yet taken up again, oldest first."""
    later = aliased(AgendaItem)
    return (
        session()
        .scalars(
            select(AgendaItem)
            .join(AgendaItem.meeting)
            .where(
                Meeting.body_id == meeting.body_id,
                Meeting.id != meeting.id,
                AgendaItem.state == ItemState.POSTPONED,
                ~exists().where(later.continues_id == AgendaItem.id, later.position > 0),
            )
            .order_by(Meeting.starts_at_utc, AgendaItem.position)
            .options(joinedload(AgendaItem.meeting).joinedload(Meeting.body))
        )
        .all()
    )


def items_of_proposal(proposal_id: str) -> Sequence[AgendaItem]:
    """Every item that was made from a proposal, with its meeting, oldest first."""
    return (
        session()
        .scalars(
            select(AgendaItem)
            .where(AgendaItem.proposal_id == proposal_id)
            .order_by(AgendaItem.added_at_utc, AgendaItem.id)
            .options(joinedload(AgendaItem.meeting).joinedload(Meeting.body))
        )
        .all()
    )


def meeting_days_of(proposals: Sequence[Proposal]) -> dict[str, date]:
    """The day in Brussels of the meeting on whose agenda each proposal last came, by its id."""
    placed = session().execute(
        select(AgendaItem.proposal_id, Meeting.starts_at_utc)
        .join(AgendaItem.meeting)
        .where(
            AgendaItem.proposal_id.in_([proposal.id for proposal in proposals]),
            AgendaItem.position > 0,
        )
        .order_by(AgendaItem.added_at_utc, AgendaItem.id)
    )
    return {
        proposal_id: local_date(starts_at_utc)
        for proposal_id, starts_at_utc in placed
        if proposal_id is not None
    }


def item_that_continues(item_id: str) -> AgendaItem | None:
    """The point in which an earlier one was taken up again, with its meeting."""
    return session().scalar(
        select(AgendaItem)
        .where(AgendaItem.continues_id == item_id, AgendaItem.position > 0)
        .order_by(AgendaItem.added_at_utc, AgendaItem.id)
        .limit(1)
        .options(joinedload(AgendaItem.meeting).joinedload(Meeting.body))
    )

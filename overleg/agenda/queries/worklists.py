"""The list of proposals with its choices, and what of it asks something of who looks."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import (
    ColumnElement,
    ColumnExpressionArgument,
    Executable,
    ScalarSelect,
    and_,
    case,
    exists,
    func,
    literal,
    or_,
    select,
    union_all,
)
from sqlalchemy.orm import defer, joinedload, selectinload

from overleg.agenda.models import Proposal, ValidationRound
from overleg.agenda.queries.proposals import owned, proposed_for_us, visible_proposals
from overleg.agenda.queries.sides import asked_along, asked_back, to_confirm, to_sign_off
from overleg.agenda.queries.validation import asks
from overleg.agenda.states import CoSubmitterState, ProposalState, RoundState
from overleg.db import session
from overleg.one_of import is_one_of
from overleg.organisations.models import Body, Organisation
from overleg.organisations.remembered import once_per_access
from overleg.organisations.states import Role
from overleg.organisations.viewer import Viewer

PAGE_LENGTH = 25


class Worklist(StrEnum):
    """The choices above the list of proposals."""

    TO_VALIDATE = "valideren"
    TO_SIGN_OFF = "akkoord"
    TO_CONFIRM = "mee-indienen"
    ASKED_BACK = "teruggevraagd"
    RETURNED = "teruggestuurd"
    MINE = "mijn"
    WAITING = "wachtend"
    READY = "klaar"
    ALL = "alle"


ASKING = (
    Worklist.TO_VALIDATE,
    Worklist.TO_CONFIRM,
    Worklist.TO_SIGN_OFF,
    Worklist.ASKED_BACK,
    Worklist.RETURNED,
    Worklist.WAITING,
)
AS_LISTED = (
    joinedload(Proposal.body),
    joinedload(Proposal.organisation),
    joinedload(Proposal.wished_meeting),
    selectinload(Proposal.rounds),
)
AS_TASK = (
    defer(Proposal.explanation_html),
    joinedload(Proposal.body).load_only(Body.name, Body.short_name),
    joinedload(Proposal.organisation).load_only(Organisation.name),
)
NEWEST_FIRST = (Proposal.changed_at_utc.desc(), Proposal.id)


def _waiting_for_support(viewer: Viewer) -> ColumnElement[bool]:
    """Proposals in a body that this person supports: offered, or whose validation cannot start."""
    opened = exists(
        select(ValidationRound.id).where(
            ValidationRound.proposal_id == Proposal.id, ValidationRound.state == RoundState.OPEN
        )
    )
    return and_(
        is_one_of(Proposal.body_id, viewer.bodies_as(Role.SUPPORT)),
        is_one_of(
            Proposal.state,
            [ProposalState.OFFERED, ProposalState.SUBMITTED, ProposalState.IN_VALIDATION],
        ),
        ~opened,
    )


def _in_worklist(viewer: Viewer, worklist: Worklist) -> ColumnElement[bool]:
    return {
        Worklist.TO_VALIDATE: asks,
        Worklist.TO_SIGN_OFF: to_sign_off,
        Worklist.TO_CONFIRM: to_confirm,
        Worklist.ASKED_BACK: asked_back,
        Worklist.RETURNED: _returned,
        Worklist.WAITING: _waiting_for_support,
        Worklist.READY: _ready_for_agenda,
        Worklist.MINE: _mine,
        Worklist.ALL: _every,
    }[worklist](viewer)


def _every(_viewer: Viewer) -> ColumnElement[bool]:
    return Proposal.id.is_not(None)


def _ready_for_agenda(viewer: Viewer) -> ColumnElement[bool]:
    return and_(
        Proposal.state == ProposalState.VALIDATED,
        is_one_of(Proposal.body_id, viewer.bodies_as(Role.SUPPORT)),
    )


def _mine(viewer: Viewer) -> ColumnElement[bool]:
    return or_(
        owned(viewer),
        asked_along(viewer, CoSubmitterState.CONFIRMED),
        proposed_for_us(viewer),
    )


def _returned(viewer: Viewer) -> ColumnElement[bool]:
    return and_(Proposal.state == ProposalState.RETURNED, _mine(viewer))


@dataclass(frozen=True)
class ProposalPage:
    """One page of the list, and what the filters above it count."""

    worklist: Worklist
    proposals: Sequence[Proposal]
    total: int
    number: int
    counts: dict[Worklist, int]

    @property
    def pages(self) -> int:
        """How many pages there are; at least one."""
        return max(1, -(-self.total // PAGE_LENGTH))


def list_proposals(
    viewer: Viewer,
    *worklists: Worklist,
    body_slug: str = "",
    state: ProposalState | None = None,
    page: int = 1,
) -> ProposalPage:
    """The proposals of the first of these worklists that holds any, the latest change first.

    What is to be validated stands in the order of the moment to answer by. When none holds any, the
    page is that of the first. Three statements, however many proposals there are. A page beyond the
    last one is empty.
    """
    visible = visible_proposals(viewer)
    narrowed: list[ColumnElement[bool]] = []
    if body_slug:
        narrowed.append(Proposal.body_id.in_(select(Body.id).where(Body.slug == body_slug)))
    if state is not None:
        narrowed.append(Proposal.state == state)
    counted = (
        session()
        .execute(
            select(
                *(
                    func.coalesce(
                        func.sum(case((and_(_in_worklist(viewer, choice), *narrowed), 1), else_=0)),
                        0,
                    )
                    for choice in Worklist
                )
            ).where(visible)
        )
        .one()
    )
    counts = {choice: int(number) for choice, number in zip(Worklist, counted, strict=True)}
    worklist = next((choice for choice in worklists if counts[choice]), worklists[0])
    proposals = (
        session()
        .scalars(
            select(Proposal)
            .where(visible, _in_worklist(viewer, worklist), *narrowed)
            .options(*AS_LISTED)
            .order_by(*_order_of(worklist))
            .limit(PAGE_LENGTH)
            .offset((page - 1) * PAGE_LENGTH)
        )
        .all()
    )
    return ProposalPage(worklist, proposals, counts[worklist], page, counts)


def _order_of(worklist: Worklist) -> Sequence[ColumnExpressionArgument[Any]]:
    if worklist is not Worklist.TO_VALIDATE:
        return NEWEST_FIRST
    return (_answer_by(), *NEWEST_FIRST)


def _answer_by() -> ScalarSelect[datetime]:
    """The moment to answer by of the step that is open; none where no step is."""
    return (
        select(func.min(ValidationRound.due_at_utc))
        .where(ValidationRound.proposal_id == Proposal.id, ValidationRound.state == RoundState.OPEN)
        .scalar_subquery()
    )


@dataclass(frozen=True)
class Asking:
    """What asks something of somebody, per worklist."""

    proposals: Mapping[Worklist, Sequence[Proposal]]
    """The first to answer first; at most ``PAGE_LENGTH`` in all: who has more begins there."""
    answer_by: Mapping[str, datetime]
    """The moment to answer by (UTC) of those in which a step is open, by id."""
    to_validate: Mapping[str, int]
    """How many are to be validated in each body, also those that no longer found a place."""


def proposals_asking(viewer: Viewer) -> Asking:
    """What asks something of this person; one statement. The explanations are not loaded.

    What has no moment to answer by comes after what has, the latest change first.
    """
    proposals: dict[Worklist, list[Proposal]] = {choice: [] for choice in ASKING}
    answer_by: dict[str, datetime] = {}
    to_validate: dict[str, int] = {}
    for proposal, choice, number, moment in session().execute(_asking(viewer)):
        proposals[Worklist(choice)].append(proposal)
        if moment is not None:
            answer_by[proposal.id] = moment
        if choice == Worklist.TO_VALIDATE:
            to_validate[proposal.body_id] = number
    return Asking(proposals, answer_by, to_validate)


@once_per_access
def _asking(viewer: Viewer) -> Executable:
    """Proposals, each with the worklist in which it asks something.

    Beside it how many of its body stand in that worklist, counted before the first are taken. The
    worklists are asked one by one, so that the database finds each by an index of its own, and of
    all that they hold only the first are read whole.
    """
    asked = union_all(
        *(
            select(Proposal.id.label("proposal_id"), literal(choice.value).label("worklist")).where(
                _in_worklist(viewer, choice)
            )
            for choice in ASKING
        )
    ).subquery()
    in_list = func.count().over(partition_by=(asked.c.worklist, Proposal.body_id))
    answer_by = _answer_by().label("answer_by")
    first = (
        select(Proposal.id, asked.c.worklist, in_list.label("number"), answer_by)
        .join(asked, asked.c.proposal_id == Proposal.id)
        .where(visible_proposals(viewer))
        .order_by(answer_by.nulls_last(), *NEWEST_FIRST)
        .limit(PAGE_LENGTH)
        .subquery()
    )
    return (
        select(Proposal, first.c.worklist, first.c.number, first.c.answer_by)
        .join(first, first.c.id == Proposal.id)
        .options(*AS_TASK)
        .order_by(first.c.answer_by.nulls_last(), *NEWEST_FIRST)
    )


def validated_proposals(viewer: Viewer, body: Body) -> Sequence[Proposal]:
    """What waits for an agenda of this body, the latest change first; at most ``PAGE_LENGTH``."""
    return (
        session()
        .scalars(
            select(Proposal)
            .where(
                Proposal.body_id == body.id,
                Proposal.state == ProposalState.VALIDATED,
                visible_proposals(viewer),
            )
            .options(*AS_LISTED)
            .order_by(*NEWEST_FIRST)
            .limit(PAGE_LENGTH)
        )
        .all()
    )

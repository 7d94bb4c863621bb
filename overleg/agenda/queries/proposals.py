"""Proposals, annexes and dossiers, as who looks may see them.

A proposal exists for somebody whose bodies hold it and who either

- wrote or submitted it;
- steers the body, or proposes for the same organisation and reads the proposal's circle, once it
  was submitted a first time;
- reads its circle in the body, once it stands on an agenda that was sent;
- was asked to submit it along, and did not decline;
- signs it off as general director, or supports the body where there is no such director yet.

What was referred to a body without them, its own side reads on: who wrote or submitted it, and who
proposes for the same organisation and read its circle where it came from.

Members of another body that is asked for advice read what they are asked about; what is for
*burgemeesters* only when they read that in the proposal's own body.

An annex exists for who sees its proposal and reads the annex's own circle; its owner reads all.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy import ColumnElement, and_, case, exists, func, or_, select, update
from sqlalchemy.orm import InstrumentedAttribute, aliased, joinedload, selectinload

from overleg.agenda.models import (
    AgendaItem,
    Annex,
    AnnexVersion,
    CoSubmitter,
    Proposal,
    SentItem,
    ValidationRound,
    ValidationVote,
)
from overleg.agenda.permissions import reads_along
from overleg.agenda.queries.sides import (
    asked_along,
    asked_back,
    returned_by_director,
    to_confirm,
    to_sign_off,
)
from overleg.agenda.queries.validation import asked_from_elsewhere, asks
from overleg.agenda.states import CoSubmitterState, ProposalState, RoundState
from overleg.db import session
from overleg.documents.states import Circle
from overleg.lib.errors import NotFound
from overleg.organisations.models import Body
from overleg.organisations.states import BODY_ROLES, Role
from overleg.organisations.viewer import PROPOSING_ROLES, Viewer

PAGE_LENGTH = 25


class Worklist(StrEnum):
    """The choices above the list of proposals."""

    TO_VALIDATE = "valideren"
    TO_SIGN_OFF = "akkoord"
    TO_CONFIRM = "mee-indienen"
    ASKED_BACK = "teruggevraagd"
    MINE = "mijn"
    WAITING = "wachtend"
    READY = "klaar"
    ALL = "alle"


def visible_proposals(viewer: Viewer) -> ColumnElement[bool]:
    """The condition under which a proposal exists for this viewer."""
    reads = viewer.readable(Proposal.body_id, Proposal.circle)
    steered = Proposal.body_id.in_(sorted(viewer.bodies_as(*BODY_ROLES)))
    colleagues = _proposed_for_us(viewer)
    sent = exists(
        select(SentItem.id)
        .join(AgendaItem, AgendaItem.id == SentItem.item_id)
        .where(
            AgendaItem.proposal_id == Proposal.id,
            viewer.readable(Proposal.body_id, SentItem.circle),
            viewer.readable(Proposal.body_id, AgendaItem.circle),
        )
    )
    here = and_(
        Proposal.body_id.in_(sorted(viewer.body_ids)),
        or_(
            _owned(viewer),
            asked_along(viewer),
            to_sign_off(viewer),
            returned_by_director(viewer),
            and_(
                Proposal.submitted_at_utc.is_not(None),
                or_(steered, and_(reads, or_(colleagues, sent))),
            ),
        ),
    )
    return or_(here, _went_elsewhere(viewer), asked_from_elsewhere(viewer))


def _owned(viewer: Viewer) -> ColumnElement[bool]:
    return or_(
        Proposal.submitter_id == viewer.person_id, Proposal.created_by_id == viewer.person_id
    )


def _proposed_for_us(viewer: Viewer) -> ColumnElement[bool]:
    return Proposal.organisation_id.in_(sorted(viewer.organisations_as(*PROPOSING_ROLES)))


def _went_elsewhere(viewer: Viewer) -> ColumnElement[bool]:
    """A referred proposal of one's own side, also in a body that does not exist for the viewer."""
    origin = aliased(Proposal)
    came_from = exists(
        select(origin.id).where(
            origin.id == Proposal.referred_from_id, origin.body_id.in_(sorted(viewer.body_ids))
        )
    )
    return and_(
        Proposal.referred_from_id.is_not(None),
        or_(
            and_(_owned(viewer), or_(came_from, _proposed_for_us(viewer))),
            and_(_proposed_for_us(viewer), _read_where_it_came_from(viewer, Proposal.circle)),
        ),
    )


def _read_where_it_came_from(
    viewer: Viewer, circle: InstrumentedAttribute[Circle]
) -> ColumnElement[bool]:
    """Whether this circle may be read in the body that referred the proposal."""
    origin = aliased(Proposal)
    return exists(
        select(origin.id).where(
            origin.id == Proposal.referred_from_id, viewer.readable(origin.body_id, circle)
        )
    )


def get_proposal(viewer: Viewer, proposal_id: str, *, lock: bool = False) -> Proposal:
    """One proposal with what its page shows.

    Raises ``NotFound`` when it does not exist for the viewer.

    ``lock`` holds it until the commit: others who move it wait, and then see what this one did.
    """
    if lock:
        _hold(proposal_id)
    statement = (
        select(Proposal)
        .where(Proposal.id == proposal_id, visible_proposals(viewer))
        .options(
            joinedload(Proposal.body).selectinload(Body.validation_steps),
            joinedload(Proposal.organisation),
            joinedload(Proposal.submitter),
            joinedload(Proposal.created_by),
            joinedload(Proposal.dossier),
            joinedload(Proposal.wished_meeting),
            selectinload(Proposal.annexes).joinedload(Annex.file),
            selectinload(Proposal.answers),
            selectinload(Proposal.co_submitters).options(
                joinedload(CoSubmitter.person), joinedload(CoSubmitter.organisation)
            ),
            selectinload(Proposal.rounds)
            .selectinload(ValidationRound.votes)
            .joinedload(ValidationVote.person),
        )
    )
    if lock:
        statement = statement.execution_options(populate_existing=True)
    found = session().scalars(statement).one_or_none()
    if found is None:
        raise NotFound
    return found


def _hold(proposal_id: str) -> None:
    """Hold the proposal's row until the commit; SQLite knows no ``FOR UPDATE``, a write it does."""
    session().execute(
        update(Proposal)
        .where(Proposal.id == proposal_id)
        .values(dossier_id=Proposal.dossier_id)
        .execution_options(synchronize_session=False)
    )


def get_annex(viewer: Viewer, annex_id: str) -> Annex:
    """One annex. Raises ``NotFound`` when it does not exist for the viewer."""
    found = (
        session()
        .scalars(
            select(Annex)
            .join(Annex.proposal)
            .where(
                Annex.id == annex_id,
                visible_proposals(viewer),
                readable_annex(viewer),
            )
            .options(joinedload(Annex.file), joinedload(Annex.proposal))
        )
        .one_or_none()
    )
    if found is None:
        raise NotFound
    return found


def get_annex_version(viewer: Viewer, version_id: str) -> AnnexVersion:
    """A file that an annex was. Raises ``NotFound`` when the annex does not exist for the viewer.

    What stood there before is for who follows the proposal, as its earlier wordings are.
    """
    version = session().get(AnnexVersion, version_id)
    if version is None:
        raise NotFound
    if not reads_along(viewer, get_annex(viewer, version.annex_id).proposal):
        raise NotFound
    return version


def readable_annex(viewer: Viewer) -> ColumnElement[bool]:
    """The condition on an annex, joined with a proposal that the viewer sees."""
    return or_(
        _owned(viewer),
        viewer.readable(Proposal.body_id, Annex.circle),
        and_(Annex.circle != Circle.MAYORS, asked_from_elsewhere(viewer)),
        and_(_proposed_for_us(viewer), _read_where_it_came_from(viewer, Annex.circle)),
    )


def proposal_owner_id(proposal_id: str) -> str | None:
    """Who created this proposal, or None: for a form that is sent twice."""
    return session().scalar(select(Proposal.created_by_id).where(Proposal.id == proposal_id))


def _waiting_for_support(viewer: Viewer) -> ColumnElement[bool]:
    """Proposals in a body that this person supports: offered, or whose validation cannot start."""
    opened = exists(
        select(ValidationRound.id).where(
            ValidationRound.proposal_id == Proposal.id, ValidationRound.state == RoundState.OPEN
        )
    )
    return and_(
        Proposal.body_id.in_(sorted(viewer.bodies_as(Role.SUPPORT))),
        Proposal.state.in_(
            [ProposalState.OFFERED, ProposalState.SUBMITTED, ProposalState.IN_VALIDATION]
        ),
        ~opened,
    )


def _in_worklist(viewer: Viewer, worklist: Worklist) -> ColumnElement[bool]:
    return {
        Worklist.TO_VALIDATE: asks,
        Worklist.TO_SIGN_OFF: to_sign_off,
        Worklist.TO_CONFIRM: to_confirm,
        Worklist.ASKED_BACK: asked_back,
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
        Proposal.body_id.in_(sorted(viewer.bodies_as(Role.SUPPORT))),
    )


def _mine(viewer: Viewer) -> ColumnElement[bool]:
    return or_(
        _owned(viewer),
        asked_along(viewer, CoSubmitterState.CONFIRMED),
        _proposed_for_us(viewer),
    )


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

    When none holds any, the page is that of the first. Three statements, however many proposals
    there are. A page beyond the last one is empty.
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
            .options(
                joinedload(Proposal.body),
                joinedload(Proposal.organisation),
                joinedload(Proposal.wished_meeting),
                selectinload(Proposal.rounds),
            )
            .order_by(Proposal.changed_at_utc.desc(), Proposal.id)
            .limit(PAGE_LENGTH)
            .offset((page - 1) * PAGE_LENGTH)
        )
        .all()
    )
    return ProposalPage(worklist, proposals, counts[worklist], page, counts)


def proposal_bodies(viewer: Viewer) -> Sequence[Body]:
    """The bodies of which this viewer sees proposals or may make them, by name."""
    return (
        session()
        .scalars(
            select(Body)
            .where(Body.id.in_(sorted(viewer.body_ids)), Body.is_external.is_(False))
            .order_by(Body.name, Body.id)
        )
        .all()
    )

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

from collections.abc import Collection, Sequence

from sqlalchemy import ColumnElement, and_, exists, or_, select
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
    returned_by_director,
    to_sign_off,
)
from overleg.agenda.queries.validation import asked_from_elsewhere
from overleg.db import hold_until_commit, session
from overleg.documents.states import Circle
from overleg.lib.errors import NotFound
from overleg.one_of import is_one_of
from overleg.organisations.models import Body
from overleg.organisations.remembered import once_per_access
from overleg.organisations.states import BODY_ROLES
from overleg.organisations.viewer import PROPOSING_ROLES, Viewer

ORIGIN = aliased(Proposal)
"""The proposal that one was referred from; made once, for an alias takes time to make."""


@once_per_access
def visible_proposals(viewer: Viewer) -> ColumnElement[bool]:
    """The condition under which a proposal exists for this viewer."""
    reads = viewer.readable(Proposal.body_id, Proposal.circle)
    steered = is_one_of(Proposal.body_id, viewer.bodies_as(*BODY_ROLES))
    colleagues = proposed_for_us(viewer)
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
        is_one_of(Proposal.body_id, viewer.body_ids),
        or_(
            owned(viewer),
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


def owned(viewer: Viewer) -> ColumnElement[bool]:
    """The condition that this person wrote or submitted it."""
    return or_(
        Proposal.submitter_id == viewer.person_id, Proposal.created_by_id == viewer.person_id
    )


def proposed_for_us(viewer: Viewer) -> ColumnElement[bool]:
    """The condition that it comes from an organisation that this person proposes for."""
    return is_one_of(Proposal.organisation_id, viewer.organisations_as(*PROPOSING_ROLES))


def _went_elsewhere(viewer: Viewer) -> ColumnElement[bool]:
    """A referred proposal of one's own side, also in a body that does not exist for the viewer."""
    came_from = exists(
        select(ORIGIN.id).where(
            ORIGIN.id == Proposal.referred_from_id, is_one_of(ORIGIN.body_id, viewer.body_ids)
        )
    )
    return and_(
        Proposal.referred_from_id.is_not(None),
        or_(
            and_(owned(viewer), or_(came_from, proposed_for_us(viewer))),
            and_(proposed_for_us(viewer), _read_where_it_came_from(viewer, Proposal.circle)),
        ),
    )


def _read_where_it_came_from(
    viewer: Viewer, circle: InstrumentedAttribute[Circle]
) -> ColumnElement[bool]:
    """Whether this circle may be read in the body that referred the proposal."""
    return exists(
        select(ORIGIN.id).where(
            ORIGIN.id == Proposal.referred_from_id, viewer.readable(ORIGIN.body_id, circle)
        )
    )


def get_proposal(viewer: Viewer, proposal_id: str, *, lock: bool = False) -> Proposal:
    """One proposal with what its page shows.

    Raises ``NotFound`` when it does not exist for the viewer.

    ``lock`` holds it until the commit: others who move it wait, and then see what this one did.
    """
    if lock:
        hold_until_commit(Proposal, Proposal.id == proposal_id)
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


def titles_of_rounds(viewer: Viewer, round_ids: Collection[str]) -> dict[str, str]:
    """What these steps are about, by their id; only what the viewer sees."""
    if not round_ids:
        return {}
    step = aliased(ValidationRound)
    found = session().execute(
        select(step.id, Proposal.title)
        .join(step.proposal)
        .where(step.id.in_(round_ids), visible_proposals(viewer))
    )
    return {row.id: row.title for row in found}


def get_annex(viewer: Viewer, annex_id: str, *, lock: bool = False) -> Annex:
    """One annex. Raises ``NotFound`` when it does not exist for the viewer.

    ``lock`` holds it until the commit: who comes second sees what the first made of it.
    """
    if lock:
        hold_until_commit(Annex, Annex.id == annex_id)
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


@once_per_access
def readable_annex(viewer: Viewer) -> ColumnElement[bool]:
    """The condition on an annex, joined with a proposal that the viewer sees."""
    return or_(
        owned(viewer),
        viewer.readable(Proposal.body_id, Annex.circle),
        and_(Annex.circle != Circle.MAYORS, asked_from_elsewhere(viewer)),
        and_(proposed_for_us(viewer), _read_where_it_came_from(viewer, Annex.circle)),
    )


def proposal_owner_id(proposal_id: str) -> str | None:
    """Who created this proposal, or None: for a form that is sent twice."""
    return session().scalar(select(Proposal.created_by_id).where(Proposal.id == proposal_id))


def proposal_bodies(viewer: Viewer) -> Sequence[Body]:
    """The bodies of which this viewer sees proposals or may make them, by name."""
    return (
        session()
        .scalars(
            select(Body)
            .where(is_one_of(Body.id, viewer.body_ids), Body.is_external.is_(False))
            .order_by(Body.name, Body.id)
        )
        .all()
    )

"""What of a proposal waits for somebody on its own side."""

from collections.abc import Sequence

from sqlalchemy import ColumnElement, Select, and_, exists, or_, select
from sqlalchemy.orm import joinedload

from overleg.agenda.models import CoSubmitter, Proposal, ProposalRevision
from overleg.agenda.permissions import CORRECTABLE, NOT_YET_SCHEDULED
from overleg.agenda.queries.directors import has_director
from overleg.agenda.states import CoSubmitterState, ProposalState
from overleg.db import session
from overleg.one_of import is_one_of
from overleg.organisations.remembered import once_per_access
from overleg.organisations.states import Role
from overleg.organisations.viewer import Viewer

ON_IT = (CoSubmitterState.ASKED, CoSubmitterState.CONFIRMED)
BEFORE_VALIDATORS = (ProposalState.SUBMITTED, ProposalState.IN_VALIDATION)
MOST_UNFINISHED = 10


def asked_along(viewer: Viewer, *states: CoSubmitterState) -> ColumnElement[bool]:
    """This person was asked to submit along and stands like that; by default asked or confirmed."""
    return exists(
        select(CoSubmitter.id).where(
            CoSubmitter.proposal_id == Proposal.id,
            CoSubmitter.person_id == viewer.person_id,
            is_one_of(CoSubmitter.state, states or ON_IT),
        )
    )


def to_confirm(viewer: Viewer) -> ColumnElement[bool]:
    """This person still has to say whether they submit along."""
    return and_(
        is_one_of(Proposal.state, NOT_YET_SCHEDULED),
        asked_along(viewer, CoSubmitterState.ASKED),
    )


def written_in_name_of(viewer: Viewer) -> ColumnElement[bool]:
    """Others wrote it in the name of this person: a draft that is complete, or what they submitted
    and still stands before those who validate.
    """
    saved_it = exists(
        select(ProposalRevision.id).where(
            ProposalRevision.proposal_id == Proposal.id,
            ProposalRevision.saved_by_id == viewer.person_id,
        )
    )
    complete = and_(Proposal.title != "", Proposal.explanation_html != "")
    return and_(
        Proposal.submitter_id == viewer.person_id,
        Proposal.created_by_id != viewer.person_id,
        or_(
            and_(Proposal.state == ProposalState.DRAFT, complete),
            and_(is_one_of(Proposal.state, BEFORE_VALIDATORS), ~saved_it),
        ),
    )


def own_drafts(viewer: Viewer) -> ColumnElement[bool]:
    """This person wrote it, in a body that still exists for them, and did not submit it yet."""
    return and_(
        Proposal.created_by_id == viewer.person_id,
        Proposal.state == ProposalState.DRAFT,
        is_one_of(Proposal.body_id, viewer.body_ids),
    )


def unfinished_of(viewer: Viewer) -> tuple[Sequence[Proposal], Sequence[Proposal]]:
    """What others wrote in the name of this person and asks a look, and this person's own drafts.

    The latest change first, at most ``MOST_UNFINISHED`` in all; one statement.
    """
    found = session().scalars(_unfinished_of(viewer)).all()
    return (
        [each for each in found if each.created_by_id != viewer.person_id],
        [each for each in found if each.created_by_id == viewer.person_id],
    )


@once_per_access
def _unfinished_of(viewer: Viewer) -> Select[Proposal]:
    return (
        select(Proposal)
        .where(or_(written_in_name_of(viewer), own_drafts(viewer)))
        .options(joinedload(Proposal.body), joinedload(Proposal.created_by))
        .order_by(
            Proposal.created_by_id == viewer.person_id,
            Proposal.changed_at_utc.desc(),
            Proposal.id,
        )
        .limit(MOST_UNFINISHED)
    )


def to_sign_off(viewer: Viewer) -> ColumnElement[bool]:
    """It waits for this person as general director, or as support staff where there is none."""
    return and_(
        Proposal.state == ProposalState.AWAITING_SIGN_OFF,
        or_(
            is_one_of(Proposal.organisation_id, viewer.organisations_as(Role.DIRECTOR)),
            and_(
                is_one_of(Proposal.body_id, viewer.bodies_as(Role.SUPPORT)),
                ~has_director(Proposal.organisation_id, viewer.on),
            ),
        ),
    )


def returned_by_director(viewer: Viewer) -> ColumnElement[bool]:
    """It never left the organisation of which this person is general director, and came back."""
    return and_(
        Proposal.state == ProposalState.RETURNED,
        Proposal.submitted_at_utc.is_(None),
        is_one_of(Proposal.organisation_id, viewer.organisations_as(Role.DIRECTOR)),
    )


def asked_back(viewer: Viewer) -> ColumnElement[bool]:
    """Its side asks it back, and this person supports the body."""
    return and_(
        is_one_of(Proposal.state, CORRECTABLE),
        Proposal.asked_back_at_utc.is_not(None),
        is_one_of(Proposal.body_id, viewer.bodies_as(Role.SUPPORT)),
    )

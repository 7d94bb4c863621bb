"""What of a proposal waits for somebody on its own side: conditions for queries."""

from sqlalchemy import ColumnElement, and_, exists, or_, select

from overleg.agenda.models import CoSubmitter, Proposal
from overleg.agenda.permissions import CORRECTABLE, NOT_YET_SCHEDULED
from overleg.agenda.queries.directors import has_director
from overleg.agenda.states import CoSubmitterState, ProposalState
from overleg.organisations.states import Role
from overleg.organisations.viewer import Viewer

ON_IT = (CoSubmitterState.ASKED, CoSubmitterState.CONFIRMED)


def asked_along(viewer: Viewer, *states: CoSubmitterState) -> ColumnElement[bool]:
    """This person was asked to submit along and stands like that; by default asked or confirmed."""
    return exists(
        select(CoSubmitter.id).where(
            CoSubmitter.proposal_id == Proposal.id,
            CoSubmitter.person_id == viewer.person_id,
            CoSubmitter.state.in_(states or ON_IT),
        )
    )


def to_confirm(viewer: Viewer) -> ColumnElement[bool]:
    """This person still has to say whether they submit along."""
    return and_(
        Proposal.state.in_(sorted(NOT_YET_SCHEDULED)),
        asked_along(viewer, CoSubmitterState.ASKED),
    )


def to_sign_off(viewer: Viewer) -> ColumnElement[bool]:
    """It waits for this person as general director, or as support staff where there is none."""
    return and_(
        Proposal.state == ProposalState.AWAITING_SIGN_OFF,
        or_(
            Proposal.organisation_id.in_(sorted(viewer.organisations_as(Role.DIRECTOR))),
            and_(
                Proposal.body_id.in_(sorted(viewer.bodies_as(Role.SUPPORT))),
                ~has_director(Proposal.organisation_id, viewer.on),
            ),
        ),
    )


def returned_by_director(viewer: Viewer) -> ColumnElement[bool]:
    """It never left the organisation of which this person is general director, and came back."""
    return and_(
        Proposal.state == ProposalState.RETURNED,
        Proposal.submitted_at_utc.is_(None),
        Proposal.organisation_id.in_(sorted(viewer.organisations_as(Role.DIRECTOR))),
    )


def asked_back(viewer: Viewer) -> ColumnElement[bool]:
    """Its side asks it back, and this person supports the body."""
    return and_(
        Proposal.state.in_(sorted(CORRECTABLE)),
        Proposal.asked_back_at_utc.is_not(None),
        Proposal.body_id.in_(sorted(viewer.bodies_as(Role.SUPPORT))),
    )

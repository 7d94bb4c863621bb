"""Who may do what with a proposal. Each rule takes who looks and the thing.

That it may be *seen* is decided by the queries.
"""

from overleg.agenda.models import Annex, Proposal
from overleg.agenda.states import (
    PROPOSAL_MOVES,
    CoSubmitterState,
    ProposalState,
)
from overleg.organisations.states import Role
from overleg.organisations.viewer import PROPOSING_ROLES, Viewer

WRITABLE = frozenset({ProposalState.DRAFT, ProposalState.RETURNED})
CORRECTABLE = frozenset(
    {ProposalState.SUBMITTED, ProposalState.IN_VALIDATION, ProposalState.VALIDATED}
)


def may_propose(viewer: Viewer) -> bool:
    """Whether this person proposes: from a seat, for an organisation, or as support staff."""
    return bool(
        viewer.organisations_as(*PROPOSING_ROLES)
        or viewer.bodies_as(Role.SUPPORT)
        or viewer.seated_in
    )


def has_where_to_propose(viewer: Viewer) -> bool:
    """Whether who may propose also has a body for it: one that makes its agenda here."""
    return may_propose(viewer) and any(not body.is_external for body in viewer.bodies.values())


def keeps_themes(viewer: Viewer) -> bool:
    """Whether this person keeps the list of themes: support staff of any body."""
    return bool(viewer.bodies_as(Role.SUPPORT))


def is_owner(viewer: Viewer, proposal: Proposal) -> bool:
    """Whether this person wrote or submitted it."""
    return viewer.person_id in {proposal.submitter_id, proposal.created_by_id}


def is_submitter_side(viewer: Viewer, proposal: Proposal) -> bool:
    """Whether this person speaks for it: its owner, or who proposes for the same organisation.

    An owner who lost seat and role since can still read it, but no longer speaks for anybody.
    """
    represents = proposal.organisation_id in viewer.organisations_as(*PROPOSING_ROLES)
    if not is_owner(viewer, proposal):
        return represents and proposal.submitted_at_utc is not None
    at_the_table = proposal.body_id in viewer.seated_in or viewer.supports(proposal.body_id)
    return represents or at_the_table


def reads_along(viewer: Viewer, proposal: Proposal) -> bool:
    """Whether this person follows validation: the submitter's side, and who steers the body.

    Who confirmed to submit along, and who signs it off, belong to that side.
    """
    is_side = is_owner(viewer, proposal) or is_submitter_side(viewer, proposal)
    joins = submits_along(viewer, proposal) or can_sign_off(viewer, proposal)
    return is_side or joins or viewer.steers(proposal.body_id)


def submits_along(viewer: Viewer, proposal: Proposal) -> bool:
    """Whether this person confirmed to submit it along."""
    return any(
        each.person_id == viewer.person_id and each.state is CoSubmitterState.CONFIRMED
        for each in proposal.co_submitters
    )


def can_edit_proposal(viewer: Viewer, proposal: Proposal) -> bool:
    """Submitter's side in a draft or what came back; support staff until it is scheduled."""
    if proposal.state in WRITABLE:
        return is_submitter_side(viewer, proposal)
    return proposal.state in CORRECTABLE and viewer.supports(proposal.body_id)


def can_regroup(viewer: Viewer, proposal: Proposal) -> bool:
    """Submitter's side and support staff bring a proposal in another dossier."""
    return viewer.supports(proposal.body_id) or is_submitter_side(viewer, proposal)


def can_submit_proposal(viewer: Viewer, proposal: Proposal) -> bool:
    """Submitter's side, while there is something to submit."""
    return proposal.state in WRITABLE and is_submitter_side(viewer, proposal)


def can_withdraw_proposal(viewer: Viewer, proposal: Proposal) -> bool:
    """Submitter's side, or support staff for them, as long as the state knows the move."""
    possible = ProposalState.WITHDRAWN in PROPOSAL_MOVES[proposal.state]
    speaks = is_submitter_side(viewer, proposal) or (
        proposal.submitted_at_utc is not None and viewer.supports(proposal.body_id)
    )
    return possible and speaks


def can_move_validation(viewer: Viewer, proposal: Proposal) -> bool:
    """Support staff start a step that waits and close one whose time is over."""
    return viewer.supports(proposal.body_id)


def can_read_annex(viewer: Viewer, annex: Annex) -> bool:
    """Whether somebody who sees the proposal may read this annex of it."""
    proposal, origin = annex.proposal, annex.proposal.referred_from
    if is_owner(viewer, proposal) or viewer.may_read(proposal.body_id, annex.circle):
        return True
    represents = proposal.organisation_id in viewer.organisations_as(*PROPOSING_ROLES)
    return represents and origin is not None and viewer.may_read(origin.body_id, annex.circle)


def can_close_annex(viewer: Viewer, proposal: Proposal) -> bool:
    """Support staff make the circle of an annex narrower at any time, also of what was sent."""
    return proposal.submitted_at_utc is not None and viewer.supports(proposal.body_id)


REFERABLE = frozenset({ProposalState.SUBMITTED, ProposalState.VALIDATED, ProposalState.TREATED})


def can_refer_proposal(viewer: Viewer, proposal: Proposal) -> bool:
    """Support staff, where no validation step is under way and a route leads elsewhere.

    A table that treated a point may send it on: directors prepare for mayors.
    """
    return (
        viewer.supports(proposal.body_id)
        and proposal.state in REFERABLE
        and bool(proposal.body.refers_to)
    )


def can_answer_offer(viewer: Viewer, proposal: Proposal) -> bool:
    """Support staff of the body to which it is offered."""
    return proposal.state is ProposalState.OFFERED and viewer.supports(proposal.body_id)


NOT_YET_SCHEDULED = CORRECTABLE | WRITABLE | {ProposalState.AWAITING_SIGN_OFF}
"""While it stands on no agenda, others may still join; after that its submitters are named."""


def can_ask_along(viewer: Viewer, proposal: Proposal) -> bool:
    """Submitter's side, and support staff once it was submitted, until it is scheduled."""
    speaks = is_submitter_side(viewer, proposal) or (
        proposal.submitted_at_utc is not None and viewer.supports(proposal.body_id)
    )
    return proposal.state in NOT_YET_SCHEDULED and speaks


def can_sign_off(viewer: Viewer, proposal: Proposal) -> bool:
    """The general director of the organisation, while it waits for that."""
    return (
        proposal.state is ProposalState.AWAITING_SIGN_OFF
        and proposal.organisation_id in viewer.organisations_as(Role.DIRECTOR)
    )


def can_ask_back(viewer: Viewer, proposal: Proposal) -> bool:
    """Submitter's side, between submitting and the agenda, while it was not asked yet."""
    return (
        proposal.state in CORRECTABLE
        and proposal.asked_back_at_utc is None
        and is_submitter_side(viewer, proposal)
    )


def can_give_back(viewer: Viewer, proposal: Proposal) -> bool:
    """Who steers the body, while somebody waits for an answer."""
    return (
        proposal.state in CORRECTABLE
        and proposal.asked_back_at_utc is not None
        and viewer.steers(proposal.body_id)
    )


def can_pass_without_director(viewer: Viewer, proposal: Proposal) -> bool:
    """Support staff, while it waits; that there is no director is for the verb to hold."""
    return proposal.state is ProposalState.AWAITING_SIGN_OFF and viewer.supports(proposal.body_id)


def can_duplicate(viewer: Viewer, proposal: Proposal) -> bool:
    """Whoever reads it and proposes to that body."""
    represents = viewer.organisations_as(*PROPOSING_ROLES)
    at_the_table = proposal.body_id in viewer.seated_in or viewer.supports(proposal.body_id)
    return at_the_table or (bool(represents) and proposal.body_id in viewer.body_ids)

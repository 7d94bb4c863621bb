"""Who may do what with outcomes and their follow-up."""

from overleg.decisions.models import ActionItem, FollowUp, Outcome
from overleg.decisions.states import FollowUpState, OutcomeState
from overleg.organisations.models import Organisation
from overleg.organisations.queries import is_supported
from overleg.organisations.states import NotesVotes, Role
from overleg.organisations.viewer import Viewer

REPORTING_ROLES = (Role.SECRETARIAT, Role.DIRECTOR)
TREKKER_ROLES = (Role.DIRECTOR, Role.PARTNER)
"""Who works on the texts for a municipality or partner that is trekker of a dossier."""


def can_note_outcome(viewer: Viewer, body_id: str) -> bool:
    """Support staff of the body note, release and write the text for the municipalities."""
    return viewer.supports(body_id)


def can_change_outcome(viewer: Viewer, outcome: Outcome) -> bool:
    """Support staff, until it is set ready."""
    supports = viewer.supports(outcome.item.meeting.body_id)
    return supports and outcome.state is OutcomeState.DRAFT


def can_release(viewer: Viewer, outcome: Outcome) -> bool:
    """Support staff, once it is ready."""
    supports = viewer.supports(outcome.item.meeting.body_id)
    return supports and outcome.state is OutcomeState.READY


def can_note_vote(viewer: Viewer, outcome: Outcome) -> bool:
    """How the table came to it: support staff, where the body notes that."""
    body = outcome.item.meeting.body
    return viewer.supports(body.id) and body.notes_votes is not NotesVotes.NONE


def loads_inhabitants(viewer: Viewer) -> bool:
    """The service's administrator keeps the inhabitants of all municipalities."""
    return viewer.is_administrator


def can_change_steps(viewer: Viewer, outcome: Outcome) -> bool:
    """Note who steps in and out: support staff, once it was released."""
    supports = viewer.supports(outcome.item.meeting.body_id)
    return supports and outcome.state is OutcomeState.RELEASED


def can_change_due(viewer: Viewer, outcome: Outcome) -> bool:
    """Ask by another date: support staff, once it was released."""
    return can_change_steps(viewer, outcome)


def pulls(viewer: Viewer, outcome: Outcome) -> bool:
    """Whether this person works for the trekker of the outcome's dossier, or is its contact."""
    proposal = outcome.item.proposal
    if proposal is None:
        return False
    dossier = proposal.dossier
    is_contact = bool(dossier.contact_id) and dossier.contact_id == viewer.person_id
    return is_contact or dossier.owner_id in viewer.organisations_as(*TREKKER_ROLES)


def can_change_text(viewer: Viewer, outcome: Outcome) -> bool:
    """Support staff of the body and the trekker, once it is ready; later as a new version."""
    if outcome.state is OutcomeState.DRAFT or not outcome.kind.asks_follow_up:
        return False
    return shares_costs(viewer, outcome)


def shares_costs(viewer: Viewer, outcome: Outcome) -> bool:
    """Who writes the text also says what it costs; that it is time is the verb's care."""
    return viewer.supports(outcome.item.meeting.body_id) or pulls(viewer, outcome)


def can_answer_all(viewer: Viewer, outcome: Outcome) -> bool:
    """See all answers together and reply to them for all: support staff and the trekker."""
    return outcome.state is OutcomeState.RELEASED and can_change_text(viewer, outcome)


def can_report(viewer: Viewer, follow_up: FollowUp) -> bool:
    """The municipality's secretariat or director, or support staff on its behalf.

    Nobody any more for one that stepped out.
    """
    if follow_up.state is FollowUpState.STEPPED_OUT:
        return False
    return represents(viewer, follow_up.organisation) or viewer.supports(
        follow_up.outcome.item.meeting.body_id
    )


def can_download_proposal(viewer: Viewer, follow_up: FollowUp) -> bool:
    """Who may report may download; the municipality's mayor too."""
    is_mayor = follow_up.organisation_id in viewer.organisations_as(Role.MAYOR)
    return is_mayor or can_report(viewer, follow_up)


def can_take_all(viewer: Viewer, outcome: Outcome) -> bool:
    """Download the proposals of all municipalities: support staff and the trekker."""
    return viewer.supports(outcome.item.meeting.body_id) or pulls(viewer, outcome)


def can_take_proposal(viewer: Viewer, follow_up: FollowUp) -> bool:
    """Who may download it, and who takes those of all municipalities that take part."""
    takes_part = follow_up.state is not FollowUpState.STEPPED_OUT
    return can_download_proposal(viewer, follow_up) or (
        takes_part and can_take_all(viewer, follow_up.outcome)
    )


def represents(viewer: Viewer, municipality: Organisation) -> bool:
    """Whether this person reports for the municipality."""
    return municipality.id in viewer.organisations_as(*REPORTING_ROLES)


def works_for(viewer: Viewer, municipality: Organisation) -> bool:
    """Whether this person keeps the municipality's own things: who represents it, its support."""
    return represents(viewer, municipality) or is_supported(viewer, municipality)


def can_finish_action(viewer: Viewer, action: ActionItem) -> bool:
    """Who does it, by name or for the organisation, or support staff of the body."""
    return (
        action.person_id == viewer.person_id
        or action.organisation_id in viewer.organisations_as(*REPORTING_ROLES, Role.PARTNER)
        or viewer.supports(action.item.meeting.body_id)
    )


def can_change_action(viewer: Viewer, action: ActionItem) -> bool:
    """Support staff of the body."""
    return viewer.supports(action.item.meeting.body_id)


def reads_region_reports(viewer: Viewer, municipality: Organisation) -> bool:
    """Its mayor, director, secretariat and councillors; support staff for it."""
    own = viewer.organisations_as(*REPORTING_ROLES, Role.MAYOR, Role.COUNCILLOR)
    return municipality.id in own or is_supported(viewer, municipality)

"""Who may do what with outcomes and their follow-up."""

from overleg.decisions.models import ActionItem, FollowUp, Outcome
from overleg.decisions.states import OutcomeState
from overleg.organisations.models import Organisation
from overleg.organisations.states import Role
from overleg.organisations.viewer import Viewer

REPORTING_ROLES = (Role.SECRETARIAT, Role.DIRECTOR)


def can_note_outcome(viewer: Viewer, body_id: str) -> bool:
    """Support staff of the body note, release and write the text for the municipalities."""
    return viewer.supports(body_id)


def can_change_outcome(viewer: Viewer, outcome: Outcome) -> bool:
    """Support staff, until it is released."""
    supports = viewer.supports(outcome.item.meeting.body_id)
    return supports and outcome.state is OutcomeState.DRAFT


def can_change_text(viewer: Viewer, outcome: Outcome) -> bool:
    """Support staff of the body."""
    return viewer.supports(outcome.item.meeting.body_id)


def can_report(viewer: Viewer, follow_up: FollowUp) -> bool:
    """The municipality's secretariat or director, or support staff on its behalf."""
    return represents(viewer, follow_up.organisation) or viewer.supports(
        follow_up.outcome.item.meeting.body_id
    )


def can_download_proposal(viewer: Viewer, follow_up: FollowUp) -> bool:
    """Who may report may download; the municipality's mayor too."""
    is_mayor = follow_up.organisation_id in viewer.organisations_as(Role.MAYOR)
    return is_mayor or can_report(viewer, follow_up)


def represents(viewer: Viewer, municipality: Organisation) -> bool:
    """Whether this person reports for the municipality."""
    return municipality.id in viewer.organisations_as(*REPORTING_ROLES)


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

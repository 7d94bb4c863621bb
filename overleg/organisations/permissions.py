"""Who may manage what."""

from overleg.organisations.models import Body, Organisation
from overleg.organisations.queries.organisations import belongs_to_region_of, shares_a_region
from overleg.organisations.queries.people import Scope, partner_of, scope_of
from overleg.organisations.states import GROUP_KINDS, OrganisationKind, Role
from overleg.organisations.viewer import Viewer

ADDED_BY_SUPPORT = frozenset(OrganisationKind) - {
    OrganisationKind.PROVINCE,
    OrganisationKind.REGION,
}
"""Provinces and reference regions are those of a decree: an administrator adds one."""


def can_manage_body(viewer: Viewer, body: Body) -> bool:
    """Change settings, seats and roles: the body's support staff, and administrators."""
    return viewer.is_administrator or viewer.supports(body.id)


def can_manage_people(viewer: Viewer) -> bool:
    """Invite people and give roles, somewhere: administrators and support staff of any body."""
    return viewer.is_administrator or bool(viewer.bodies_as(Role.SUPPORT))


def can_start_body(viewer: Viewer) -> bool:
    """Start a new body: who manages people, and partners of a development association."""
    return can_manage_people(viewer) or any(
        organisation.kind is OrganisationKind.DEVELOPMENT_ASSOCIATION
        for organisation in partner_of(viewer)
    )


def can_add_organisation(viewer: Viewer) -> bool:
    """Add an organisation of some kind: who manages people."""
    return can_manage_people(viewer)


def can_change_organisation(viewer: Viewer, organisation: Organisation) -> bool:
    """Change its name, codes, days and successor: administrators all of them.

    Support staff those of partners, the municipalities of a region of theirs, and the groups whose
    members they may change.
    """
    if viewer.is_administrator:
        return True
    if organisation.kind is OrganisationKind.PARTNER:
        return can_manage_people(viewer)
    if organisation.kind is OrganisationKind.MUNICIPALITY:
        supported = viewer.bodies_as(Role.SUPPORT)
        return bool(supported) and belongs_to_region_of(organisation, supported, viewer.on)
    return can_change_members(viewer, organisation)


def kinds_to_add(viewer: Viewer) -> list[OrganisationKind]:
    """Which kinds somebody may add: administrators all, support staff what their region has."""
    if viewer.is_administrator:
        return list(OrganisationKind)
    return [kind for kind in OrganisationKind if kind in ADDED_BY_SUPPORT]


def can_change_members(viewer: Viewer, group: Organisation) -> bool:
    """Change who belongs to a group: administrators, and support staff of a body of that region.

    Of a zone or an association: of a region that it shares a municipality with.
    """
    if group.kind not in GROUP_KINDS:
        return False
    return viewer.is_administrator or supports_group(viewer, group)


def supports_group(viewer: Viewer, group: Organisation) -> bool:
    """Whether this person is support staff of a body of a region, or of one that shares with it."""
    supported = viewer.bodies_as(Role.SUPPORT)
    return bool(supported) and shares_a_region(group, supported, viewer.on)


def can_set_sign_off(viewer: Viewer, organisation: Organisation) -> bool:
    """Set whether the general director signs proposals off: of a municipality, its director,
    support staff who may give roles there, and administrators."""
    if organisation.kind is not OrganisationKind.MUNICIPALITY:
        return False
    if organisation.id in viewer.organisations_as(Role.DIRECTOR):
        return True
    scope = scope_of(viewer)
    return scope.everywhere or organisation.id in scope.organisation_ids


def can_close_account(scope: Scope, roles: list[tuple[Role, str | None, str | None]]) -> bool:
    """Close an account: who may end every role the person has (role, body and organisation id)."""
    return scope.everywhere or all(scope.covers(*role) for role in roles)

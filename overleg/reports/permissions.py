"""Who may do what with region reports. That they exist is decided by the queries."""

from overleg.decisions.permissions import represents, works_for
from overleg.decisions.queries.outcomes import MUNICIPAL_ROLES
from overleg.organisations.models import Organisation
from overleg.organisations.queries import is_supported
from overleg.organisations.states import Role
from overleg.organisations.viewer import Viewer
from overleg.reports.models import RegionReport
from overleg.reports.states import ReportKind, ReportState


def keeps_reports(viewer: Viewer, organisation: Organisation) -> bool:
    """Whether this person works with all reports of a municipality they may see.

    Its mayor, general director and secretariat, and support staff for it.
    """
    own = organisation.id in viewer.organisations_as(*MUNICIPAL_ROLES)
    return own or is_supported(viewer, organisation)


def kinds_seen(viewer: Viewer, organisation: Organisation) -> list[ReportKind]:
    """The kinds of reports of a municipality that exist for who looks.

    A councillor knows those to the council only.
    """
    if keeps_reports(viewer, organisation):
        return list(ReportKind)
    if organisation.id in viewer.organisations_as(Role.COUNCILLOR):
        return [ReportKind.COUNCIL]
    return []


def can_work_on(viewer: Viewer, organisation: Organisation) -> bool:
    """Write, place and take back: secretariat and general director, their support staff too."""
    return works_for(viewer, organisation)


def can_raise_point(viewer: Viewer, report: RegionReport) -> bool:
    """The municipality's own people, for the college, until the report was placed."""
    own = report.organisation_id in viewer.organisations_as(*MUNICIPAL_ROLES)
    return own and report.kind is ReportKind.COLLEGE and report.state is not ReportState.PLACED


def can_change_settings(viewer: Viewer, organisation: Organisation) -> bool:
    """The municipality's secretariat and general director."""
    return represents(viewer, organisation)

"""Who may do what with region reports. That they exist is decided by the queries."""

from overleg.decisions.permissions import reads_region_reports, represents
from overleg.decisions.queries.outcomes import MUNICIPAL_ROLES
from overleg.organisations.models import Organisation
from overleg.organisations.states import Role
from overleg.organisations.viewer import Viewer
from overleg.reports.models import RegionReport
from overleg.reports.states import ReportKind, ReportState


def keeps_reports(viewer: Viewer, organisation: Organisation) -> bool:
    """Whether this person works with all reports of a municipality they may see.

    Its mayor, general director and secretariat, and support staff.
    """
    own = organisation.id in viewer.organisations_as(*MUNICIPAL_ROLES)
    return own or bool(viewer.bodies_as(Role.SUPPORT))


def sees_kind(viewer: Viewer, organisation: Organisation, kind: ReportKind) -> bool:
    """Whether reports of this kind exist for who looks: a councillor knows the council's only."""
    if kind is ReportKind.COUNCIL:
        return reads_region_reports(viewer, organisation)
    return keeps_reports(viewer, organisation)


def can_work_on(viewer: Viewer, organisation: Organisation) -> bool:
    """Secretariat and general director; support staff in their place."""
    return represents(viewer, organisation) or bool(viewer.bodies_as(Role.SUPPORT))


def can_write(viewer: Viewer, report: RegionReport) -> bool:
    """Write it now, or again, as long as it was not placed."""
    return report.state is not ReportState.PLACED and can_work_on(viewer, report.organisation)


def can_place(viewer: Viewer, report: RegionReport) -> bool:
    """Mark it as placed, once it was written."""
    return report.state is ReportState.WRITTEN and can_work_on(viewer, report.organisation)


def can_take_back(viewer: Viewer, report: RegionReport) -> bool:
    """Say that it was not placed after all."""
    return report.state is ReportState.PLACED and can_work_on(viewer, report.organisation)


def can_raise_point(viewer: Viewer, report: RegionReport) -> bool:
    """The municipality's own people, for the college, until the report was placed."""
    own = report.organisation_id in viewer.organisations_as(*MUNICIPAL_ROLES)
    return own and report.kind is ReportKind.COLLEGE and report.state is not ReportState.PLACED


def can_change_settings(viewer: Viewer, organisation: Organisation) -> bool:
    """The municipality's secretariat and general director."""
    return represents(viewer, organisation)

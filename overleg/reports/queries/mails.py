"""The mails about a report, for who works on it: they read its history too."""

from overleg.decisions.permissions import REPORTING_ROLES
from overleg.lib.errors import NotFound
from overleg.mail.history import Sending, sendings_about
from overleg.mail.models import OutboxMessage
from overleg.mail.queries import mail_by_id
from overleg.organisations.queries import supported_by
from overleg.organisations.states import Role
from overleg.organisations.viewer import Viewer
from overleg.reports.models import RegionReport
from overleg.reports.permissions import can_work_on


def mails_about(viewer: Viewer, report: RegionReport, *, folder: str) -> list[Sending]:
    """What was mailed about a report, newest first; ``folder`` is where a page shows a mail.

    Nothing for who does not work on it, and no mail that also speaks of a municipality on whose
    reports the viewer does not work.
    """
    return sendings_about([report.id], _worked_on(viewer, report), folder=folder)


def mail_about(viewer: Viewer, report: RegionReport, message_id: str) -> OutboxMessage:
    """One of these mails. Raises ``NotFound``."""
    found = mail_by_id(message_id)
    readable = found.is_about(report.id) and found.bodies <= _worked_on(viewer, report)
    if not readable or not found.bodies:
        raise NotFound("Deze mail bestaat niet.")
    return found


def _worked_on(viewer: Viewer, report: RegionReport) -> frozenset[str]:
    """The municipalities on whose reports the viewer works; none when this report's is not one."""
    if not can_work_on(viewer, report.organisation):
        return frozenset()
    own = viewer.organisations_as(*REPORTING_ROLES) | {report.organisation_id}
    return own | supported_by(viewer) if viewer.bodies_as(Role.SUPPORT) else own

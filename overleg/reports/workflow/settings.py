"""How a municipality wants its reports."""

from datetime import datetime

from overleg.audit.states import Verb
from overleg.audit.workflow import Actor, record
from overleg.db import refuse_stale, session
from overleg.lib.dates import local_date
from overleg.organisations.models import Organisation
from overleg.reports.models import ReportSettings
from overleg.reports.periods import period_of, ready_on
from overleg.reports.queries.reports import Wishes, reports_of_periods, settings_row
from overleg.reports.states import ReportKind, ReportState


def change_settings(
    municipality: Organisation, wishes: Wishes, *, by: Actor, now: datetime
) -> None:
    """Keep how the municipality wants its reports; ``wishes.revision`` is what the person saw.

    A report of the present month or half year that was not written yet follows the new day. Raises
    ``EditConflict`` when somebody else saved in between.
    """
    row = settings_row(municipality)
    refuse_stale(row, wishes.revision, "deze instellingen")
    if row is None:
        row = ReportSettings(organisation=municipality, changed_at_utc=now)
        session().add(row)
    row.ready_day, row.council_month = wishes.ready_day, wishes.council_month
    row.form, row.introduction_html = wishes.form, wishes.introduction_html
    row.changed_at_utc = now
    today = local_date(now)
    periods = [period_of(kind, today) for kind in ReportKind]
    begun = reports_of_periods([municipality.id], {period.first_day for period in periods})
    for report in begun.values():
        if report.state is ReportState.OPEN:
            report.ready_on = ready_on(
                report.period, ready_day=wishes.ready_day, council_month=wishes.council_month
            )
    record(Verb.REPORT_SETTINGS_CHANGED, municipality, by=by, now=now)

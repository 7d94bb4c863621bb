"""Every table of the application, so that migrations and tests see them all."""

from overleg.accounts import models as accounts
from overleg.agenda import models as agenda
from overleg.audit import models as audit
from overleg.calendars import models as calendars
from overleg.calendars import telling
from overleg.calendars.invitations import models as invitations
from overleg.decisions import models as decisions
from overleg.documents import models as documents
from overleg.jobs import models as jobs
from overleg.mail import models as mail
from overleg.minutes import models as minutes
from overleg.organisations import models as organisations
from overleg.reports import models as reports
from overleg.scheduling import models as scheduling
from overleg.search import models as search

MODULES = (
    audit,
    mail,
    jobs,
    accounts,
    documents,
    organisations,
    scheduling,
    agenda,
    decisions,
    minutes,
    reports,
    calendars,
    telling,
    invitations,
    search,
)

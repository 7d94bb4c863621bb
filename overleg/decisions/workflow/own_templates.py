"""A municipality's own Word templates: a new version, in use or not."""

from datetime import datetime

from overleg.accounts.models import Person
from overleg.audit.states import Verb
from overleg.audit.workflow import record
from overleg.db import new_id, session
from overleg.decisions.models import OwnTemplate, TemplatePreview
from overleg.decisions.queries.house_styles import next_number, template_in_use
from overleg.documents.models import StoredFile
from overleg.jobs.queue import run_after_commit
from overleg.lib.errors import NotPossible
from overleg.organisations.models import Organisation
from overleg.word.contexts import PaperKind

PREVIEWS = "make_template_previews"


def add_own_template(
    organisation: Organisation, kind: PaperKind, file: StoredFile, *, by: Person, now: datetime
) -> OwnTemplate:
    """Keep a checked template as the next version; it is used once somebody says so."""
    template = OwnTemplate(
        id=new_id(),
        organisation=organisation,
        kind=kind.value,
        number=next_number(organisation, kind),
        file=file,
        uploaded_by_name=by.name,
        uploaded_at_utc=now,
        asked_preview=TemplatePreview(contents="", asked_at_utc=now),
    )
    session().add(template)
    session().flush()
    record(Verb.OWN_TEMPLATE_ADDED, template, by=by, now=now)
    run_after_commit(PREVIEWS)
    return template


def use_own_template(template: OwnTemplate, *, by: Person, now: datetime) -> None:
    """Make this version the one that is used. Raises ``NotPossible`` when it already is."""
    if template.in_use:
        raise NotPossible("Dit sjabloon is al in gebruik.")
    before = template_in_use(template.organisation, template.paper_kind)
    if before is not None:
        before.in_use = False
        session().flush()
    template.in_use = True
    record(Verb.OWN_TEMPLATE_USED, template, by=by, now=now)


def use_our_template(
    organisation: Organisation, kind: PaperKind, *, by: Person, now: datetime
) -> None:
    """Go back to our own template. Raises ``NotPossible`` when it is already used."""
    before = template_in_use(organisation, kind)
    if before is None:
        raise NotPossible("Het standaardsjabloon is al in gebruik.")
    before.in_use = False
    record(Verb.OWN_TEMPLATE_DROPPED, before, by=by, now=now)

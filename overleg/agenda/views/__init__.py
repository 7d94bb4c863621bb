"""Pages: proposals, validation, annexes, and the meeting with its agenda.

Each page module joins the one blueprint when it is imported here.
"""

from flask import Flask

from overleg.agenda.views import (
    annexes,
    batch,
    dossiers,
    drafts,
    duplicating,
    frame,
    mail_answers,
    meetings,
    prepare,
    proposals,
    questions,
    referral,
    sending,
    sides,
    templates,
    validation,
    writing,
)
from overleg.agenda.views.blueprint import blueprint
from overleg.agenda.workflow.minding import mind_validation
from overleg.jobs.queue import EVERY_TEN_MINUTES, queue_of

PAGES = (
    annexes,
    batch,
    dossiers,
    drafts,
    duplicating,
    frame,
    mail_answers,
    meetings,
    prepare,
    proposals,
    questions,
    referral,
    sending,
    sides,
    templates,
    validation,
    writing,
)


def register(app: Flask) -> None:
    """Bind the pages of this package."""
    app.register_blueprint(blueprint)
    mail_answers.register(app)
    queue_of(app).declare("mind_validation", mind_validation, every=EVERY_TEN_MINUTES)

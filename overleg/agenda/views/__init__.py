"""Pages: proposals, validation, annexes, and the meeting with its agenda.

Each page module joins the one blueprint when it is imported here.
"""

from flask import Flask

from overleg.agenda.bundling import forget_old_bundles, make_bundles
from overleg.agenda.views import (
    annexes,
    batch,
    bundles,
    cancelled,
    dossiers,
    drafts,
    duplicating,
    figures,
    frame,
    mail_answers,
    meetings,
    prepare,
    proposals,
    questions,
    referral,
    sending,
    several,
    sides,
    templates,
    validation,
    writing,
)
from overleg.agenda.views.blueprint import blueprint
from overleg.agenda.workflow.minding import mind_validation
from overleg.jobs.queue import EVERY_MINUTE, EVERY_TEN_MINUTES, daily, queue_of

PAGES = (
    annexes,
    batch,
    bundles,
    cancelled,
    dossiers,
    drafts,
    duplicating,
    figures,
    frame,
    mail_answers,
    meetings,
    prepare,
    proposals,
    questions,
    referral,
    sending,
    several,
    sides,
    templates,
    validation,
    writing,
)


def register(app: Flask) -> None:
    """Bind the pages of this package."""
    app.register_blueprint(blueprint)
    queue_of(app).declare(
        "mind_validation",
        mind_validation,
        every=EVERY_TEN_MINUTES,
        does="Bewaakt de termijnen van de validatie en herinnert wie moet antwoorden",
    )
    queue_of(app).declare(
        "make_bundles",
        make_bundles,
        every=EVERY_MINUTE,
        does="Maakt de bundels met bijlagen van een vergadering",
    )
    queue_of(app).declare(
        "forget_old_bundles",
        forget_old_bundles,
        every=daily(hour_utc=2),
        does="Ruimt oude bundels op",
    )

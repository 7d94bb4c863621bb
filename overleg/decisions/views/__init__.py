"""The pages of outcomes and follow-up."""

from flask import Flask

from overleg.decisions.proposal_zips import forget_old_zips, make_proposal_zips
from overleg.decisions.template_previews import make_template_previews
from overleg.decisions.views import (
    actions,
    answers,
    costs,
    due,
    follow_up,
    house_styles,
    inhabitants,
    links,
    mail_answers,
    matrix,
    mistakes,
    municipality,
    outcomes,
    own_templates,
    positions,
    releasing,
    reminders,
    sessions,
    standing_point,
    tags,
    texts,
    zips,
)
from overleg.decisions.views.blueprint import blueprint
from overleg.decisions.workflow.mergers import follow_mergers
from overleg.decisions.workflow.reminders import send_reminders
from overleg.jobs.queue import EVERY_MINUTE, daily, queue_of

PAGES = (
    actions,
    answers,
    costs,
    due,
    follow_up,
    house_styles,
    inhabitants,
    links,
    mail_answers,
    matrix,
    mistakes,
    municipality,
    outcomes,
    positions,
    own_templates,
    releasing,
    reminders,
    sessions,
    standing_point,
    tags,
    texts,
    zips,
)


def register(app: Flask) -> None:
    """Bind the pages of this package."""
    app.register_blueprint(blueprint)
    queue_of(app).declare(
        "make_proposal_zips",
        make_proposal_zips,
        every=EVERY_MINUTE,
        does="Maakt de zips met college- en gemeenteraadsvoorstellen",
    )
    queue_of(app).declare(
        "make_template_previews",
        make_template_previews,
        every=EVERY_MINUTE,
        does="Maakt de voorbeelden van een eigen Word-sjabloon",
    )
    queue_of(app).declare(
        "forget_old_zips",
        forget_old_zips,
        every=daily(hour_utc=2),
        does="Ruimt oude zips met voorstellen op",
    )
    queue_of(app).declare(
        "follow_mergers",
        follow_mergers,
        every=daily(hour_utc=3),
        does="Brengt open punten van een gefuseerde gemeente naar de nieuwe",
    )
    queue_of(app).declare(
        "send_reminders",
        send_reminders,
        every=daily(hour_utc=5),
        does="Herinnert de gemeenten aan wat nog te melden is",
    )


__all__ = ["PAGES", "register"]

"""Pages: proposals, validation, annexes, and the meeting with its agenda.

Each page module joins the one blueprint when it is imported here.
"""

from flask import Flask

from overleg.agenda.views import (
    annexes,
    frame,
    meetings,
    prepare,
    proposals,
    referral,
    validation,
    writing,
)
from overleg.agenda.views.blueprint import blueprint

PAGES = (
    annexes,
    frame,
    meetings,
    prepare,
    proposals,
    referral,
    validation,
    writing,
)


def register(app: Flask) -> None:
    """Bind the pages of this package."""
    app.register_blueprint(blueprint)

"""The pages of outcomes and follow-up."""

from flask import Flask

from overleg.decisions.views import follow_up, matrix, outcomes, texts
from overleg.decisions.views.blueprint import blueprint

PAGES = (outcomes, texts, follow_up, matrix)


def register(app: Flask) -> None:
    """Bind the pages of this package."""
    app.register_blueprint(blueprint)


__all__ = ["PAGES", "register"]

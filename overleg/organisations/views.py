"""Pages."""

from flask import Blueprint, Flask

blueprint = Blueprint("organisations", __name__)


def register(app: Flask) -> None:
    """Bind the pages of this package."""
    app.register_blueprint(blueprint)

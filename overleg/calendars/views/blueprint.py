"""The blueprint of all pages of this package."""

from flask import Blueprint

blueprint = Blueprint("calendars", __name__)

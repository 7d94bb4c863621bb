"""The blueprint that every page of this package joins."""

from flask import Blueprint

blueprint = Blueprint("agenda", __name__)

"""The blueprint that every page of this package joins."""

from flask import Blueprint

blueprint = Blueprint("minutes", __name__)

"""The blueprint that all pages of this package share."""

from flask import Blueprint

blueprint = Blueprint("reports", __name__)

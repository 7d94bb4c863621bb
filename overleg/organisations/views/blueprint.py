"""The blueprint all pages of this package share."""

from flask import Blueprint

blueprint = Blueprint("organisations", __name__)

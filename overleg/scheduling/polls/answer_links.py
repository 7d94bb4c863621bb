"""The link in a mail with which one person answers one poll, signed with the application's key.

What is signed is the id of a row in ``date_poll_links``: whether it still holds is looked up each
time. It signs nobody in.
"""

from flask import current_app
from itsdangerous import BadData, URLSafeSerializer

from overleg.mail.links import absolute_url

SALT = "date-poll-answer"
LONGEST = 200


def link_token(link_id: str) -> str:
    """The signed name of a link, for in an address."""
    token: str = _serializer().dumps(link_id)
    return token


def read_link_token(token: str) -> str | None:
    """The id of a link; None when we did not make the token."""
    if len(token) > LONGEST:
        return None
    try:
        return str(_serializer().loads(token))
    except (BadData, ValueError, TypeError):
        return None


def link_address(link_id: str) -> str:
    """The whole address, for in a mail."""
    return absolute_url(f"/datumprikkers/antwoord/{link_token(link_id)}")


def _serializer() -> URLSafeSerializer:
    return URLSafeSerializer(current_app.config["SECRET_KEY"], salt=SALT)

"""The link in a validator's mail: who may answer in which step, signed with the application's key.

A link holds as long as its step is open and its person is one of those who answer; whether that is
so is looked up each time. It signs nobody in.
"""

from flask import current_app
from itsdangerous import BadData, URLSafeSerializer

SALT = "validation-answer"
LONGEST = 200


def answer_token(round_id: str, person_id: str) -> str:
    """The signed name of one person in one step, for in an address."""
    token: str = _serializer().dumps([round_id, person_id])
    return token


def read_answer_token(token: str) -> tuple[str, str] | None:
    """The step and the person of a token; None when we did not make it."""
    if len(token) > LONGEST:
        return None
    try:
        round_id, person_id = _serializer().loads(token)
    except (BadData, ValueError, TypeError):
        return None
    return str(round_id), str(person_id)


def _serializer() -> URLSafeSerializer:
    return URLSafeSerializer(current_app.config["SECRET_KEY"], salt=SALT)

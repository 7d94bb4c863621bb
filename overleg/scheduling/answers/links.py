"""The links in a mail with which somebody says whether they come, signed with our key.

A link holds as long as its person has a seat on the day of the meeting and the meeting is still to
come; whether that is so is looked up each time. It signs nobody in.
"""

from flask import current_app
from itsdangerous import BadData, URLSafeSerializer

from overleg.mail.links import absolute_url
from overleg.scheduling.states import Coming

WORDS = {Coming.COMING: "Ik kom", Coming.MAYBE: "Misschien", Coming.NOT_COMING: "Ik kom niet"}
SALT = "meeting-answer"
LONGEST = 200
PATH = "/deelname/antwoord/"


def answer_token(meeting_id: str, person_id: str) -> str:
    """The signed name of one person at one meeting, for in an address."""
    token: str = _serializer().dumps([meeting_id, person_id])
    return token


def answer_links(meeting_id: str, person_id: str) -> list[tuple[str, str]]:
    """The three buttons of a mail: what each says, and its absolute address."""
    token = answer_token(meeting_id, person_id)
    return [(words, absolute_url(f"{PATH}{token}?ik={said}")) for said, words in WORDS.items()]


def read_answer_token(token: str) -> tuple[str, str] | None:
    """The meeting and the person of a token; None when we did not make it."""
    if len(token) > LONGEST:
        return None
    try:
        meeting_id, person_id = _serializer().loads(token)
    except (BadData, ValueError, TypeError):
        return None
    return str(meeting_id), str(person_id)


def _serializer() -> URLSafeSerializer:
    return URLSafeSerializer(current_app.config["SECRET_KEY"], salt=SALT)

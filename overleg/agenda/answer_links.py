"""The link in a validator's mail: who may answer in which step.

It holds as long as its step is open and its person is one of those who answer; whether that is so
is looked up each time.
"""

from overleg.web.secret_pages import SignedNames

ANSWER_LINKS = SignedNames("validation-answer")
"""Each names a step and a person."""


def answer_token(round_id: str, person_id: str) -> str:
    """The signed name of one person in one step, for in an address."""
    return ANSWER_LINKS.sign(round_id, person_id)

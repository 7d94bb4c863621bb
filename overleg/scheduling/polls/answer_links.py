"""The link in a mail with which one person answers one poll.

What is signed is the id of a row in ``date_poll_links``: whether it still holds is looked up each
time.
"""

from overleg.mail.links import absolute_url
from overleg.web.secret_pages import SignedNames

ANSWER_LINKS = SignedNames("date-poll-answer")
"""Each names a ``DatePollLink``."""


def link_address(link_id: str) -> str:
    """The whole address, for in a mail."""
    return absolute_url(f"/datumprikkers/antwoord/{ANSWER_LINKS.sign(link_id)}")

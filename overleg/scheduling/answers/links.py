"""The links in a mail with which somebody says whether they come.

A link holds as long as its person has a seat on the day of the meeting and the meeting is still to
come; whether that is so is looked up each time.
"""

from overleg.mail.links import absolute_url
from overleg.scheduling.states import Coming
from overleg.web.secret_pages import SignedNames

WORDS = {Coming.COMING: "Ik kom", Coming.MAYBE: "Misschien", Coming.NOT_COMING: "Ik kom niet"}
PATH = "/deelname/antwoord/"
ANSWER_LINKS = SignedNames("meeting-answer")
"""Each names a meeting and a person."""


def answer_links(meeting_id: str, person_id: str) -> list[tuple[str, str]]:
    """The three buttons of a mail: what each says, and its absolute address."""
    token = ANSWER_LINKS.sign(meeting_id, person_id)
    return [(words, absolute_url(f"{PATH}{token}?ik={said}")) for said, words in WORDS.items()]

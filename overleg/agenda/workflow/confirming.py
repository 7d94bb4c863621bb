"""What somebody confirms who submits along, and when it is no longer the same text. Pure."""

from difflib import SequenceMatcher

from overleg.agenda.models import Proposal
from overleg.agenda.workflow.questions import explanation_with_answers
from overleg.lib.richtext import html_to_plain

MOST_CHANGED = 0.2
"""This part of the words may change before it is another text."""


def words_of(proposal: Proposal) -> str:
    """What a co-submitter puts the own name under: the title, what is asked, and the text."""
    text = html_to_plain(explanation_with_answers(proposal))
    return f"{proposal.title}\n{proposal.asked.label}\n{text}"


def is_other_text(before: str, after: str) -> bool:
    """Whether another thing is asked, or more than a fifth of the words is other words."""
    if before == after:
        return False
    if before.split("\n")[1] != after.split("\n")[1]:
        return True
    same = SequenceMatcher(None, before.split(), after.split(), autojunk=False).ratio()
    return 1 - same > MOST_CHANGED

"""Outcomes, their text for the municipalities, and where each municipality stands."""

from overleg.decisions.models.follow_up import FollowUp
from overleg.decisions.models.outcomes import Outcome
from overleg.decisions.models.texts import CanonicalText

__all__ = [
    "CanonicalText",
    "FollowUp",
    "Outcome",
]

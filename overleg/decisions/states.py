"""Kinds of outcomes, and where a municipality stands with one."""

from datetime import date
from enum import StrEnum


class OutcomeKind(StrEnum):
    NOTED = "noted"
    AGREEMENT = "agreement"
    POSITION = "position"
    ADVICE = "advice"
    REFERRAL = "referral"
    POSTPONED = "postponed"
    WITHDRAWN = "withdrawn"

    @property
    def label(self) -> str:
        return {
            "noted": "kennisname",
            "agreement": "afspraak",
            "position": "standpunt",
            "advice": "advies aan de besturen",
            "referral": "doorverwijzing",
            "postponed": "uitgesteld",
            "withdrawn": "ingetrokken",
        }[self.value]

    @property
    def asks_follow_up(self) -> bool:
        """Whether municipalities can be asked to decide on it."""
        return self in {OutcomeKind.AGREEMENT, OutcomeKind.POSITION, OutcomeKind.ADVICE}


class OutcomeState(StrEnum):
    """Noted in the meeting, or released to the municipalities: then its text is fixed."""

    DRAFT = "draft"
    RELEASED = "released"

    @property
    def label(self) -> str:
        return {"draft": "nog niet vrijgegeven", "released": "vrijgegeven"}[self.value]


class Organ(StrEnum):
    """Who decides in a municipality."""

    COLLEGE = "college"
    COUNCIL = "council"

    @property
    def label(self) -> str:
        return {"college": "college", "council": "gemeenteraad"}[self.value]

    @property
    def full_name(self) -> str:
        return {"college": "college van burgemeester en schepenen", "council": "gemeenteraad"}[
            self.value
        ]


class FollowUpState(StrEnum):
    TO_SCHEDULE = "to_schedule"
    SCHEDULED = "scheduled"
    APPROVED = "approved"
    APPROVED_AMENDED = "approved_amended"
    REJECTED = "rejected"
    NOTED = "noted"
    POSTPONED = "postponed"
    NOT_APPLICABLE = "not_applicable"

    @property
    def label(self) -> str:
        return {
            "to_schedule": "te agenderen",
            "scheduled": "geagendeerd",
            "approved": "goedgekeurd",
            "approved_amended": "goedgekeurd met wijziging",
            "rejected": "afgekeurd",
            "noted": "kennisgenomen",
            "postponed": "uitgesteld",
            "not_applicable": "niet van toepassing",
        }[self.value]

    @property
    def is_final(self) -> bool:
        """Whether the municipality has answered."""
        return self not in OPEN_FOLLOW_UP


OPEN_FOLLOW_UP = frozenset(
    {FollowUpState.TO_SCHEDULE, FollowUpState.SCHEDULED, FollowUpState.POSTPONED}
)
DECIDED_FOLLOW_UP = frozenset(
    {
        FollowUpState.APPROVED,
        FollowUpState.APPROVED_AMENDED,
        FollowUpState.REJECTED,
        FollowUpState.NOTED,
    }
)


def is_late(due_on: date | None, state: FollowUpState, today: date) -> bool:
    """Whether a date has passed (days in Brussels) without an answer."""
    return due_on is not None and due_on < today and not state.is_final

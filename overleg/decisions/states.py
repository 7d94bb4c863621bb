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
    """Noted in the meeting, ready, or released to the municipalities: then its text is fixed."""

    DRAFT = "draft"
    READY = "ready"
    RELEASED = "released"

    @property
    def label(self) -> str:
        return {
            "draft": "nog niet vrijgegeven",
            "ready": "klaar om vrij te geven",
            "released": "vrijgegeven",
        }[self.value]


class Organ(StrEnum):
    """Who decides in a municipality."""

    COLLEGE = "college"
    COUNCIL = "council"

    @property
    def label(self) -> str:
        return {"college": "college", "council": "gemeenteraad"}[self.value]

    @property
    def label_with_article(self) -> str:
        return {"college": "het college", "council": "de gemeenteraad"}[self.value]

    @property
    def full_name(self) -> str:
        return {"college": "college van burgemeester en schepenen", "council": "gemeenteraad"}[
            self.value
        ]


class OrganOrder(StrEnum):
    """Which organs decide in a municipality, and in what order."""

    COLLEGE = "college"
    COUNCIL = "council"
    COLLEGE_THEN_COUNCIL = "college_then_council"
    BOTH = "both"

    @property
    def label(self) -> str:
        return {
            "college": "het college",
            "council": "de gemeenteraad",
            "college_then_council": "eerst het college, dan de gemeenteraad",
            "both": "college en gemeenteraad, elk apart",
        }[self.value]

    @property
    def organs(self) -> tuple[Organ, ...]:
        """The organs, the college first."""
        if self is OrganOrder.COLLEGE:
            return (Organ.COLLEGE,)
        if self is OrganOrder.COUNCIL:
            return (Organ.COUNCIL,)
        return (Organ.COLLEGE, Organ.COUNCIL)


class AskedOfOrgan(StrEnum):
    """What a college or council is asked to do with an outcome."""

    APPROVAL = "approval"
    NOTICE = "notice"
    POSITION = "position"

    @property
    def label(self) -> str:
        return {
            "approval": "goedkeuring",
            "notice": "kennisname",
            "position": "standpunt",
        }[self.value]


class DueRule(StrEnum):
    """How it is said by when an outcome must be decided on."""

    OPEN = "open"
    DATE = "date"
    BEFORE_COUNCIL = "before_council"

    @property
    def label(self) -> str:
        return {
            "open": "geen datum",
            "date": "tegen een datum",
            "before_council": "tegen de eerste gemeenteraad na een datum",
        }[self.value]


class Step(StrEnum):
    """What a municipality did after the release."""

    IN = "in"
    OUT = "out"

    @property
    def label(self) -> str:
        return {"in": "stapte in", "out": "stapte uit"}[self.value]


class CostRule(StrEnum):
    """How costs are shared out over the municipalities."""

    FIXED = "fixed"
    PER_INHABITANT = "per_inhabitant"
    TABLE = "table"

    @property
    def label(self) -> str:
        return {
            "fixed": "een vast bedrag per gemeente",
            "per_inhabitant": "een bedrag per inwoner",
            "table": "een tabel met het bedrag van elke gemeente",
        }[self.value]


class FollowUpState(StrEnum):
    TO_SCHEDULE = "to_schedule"
    SCHEDULED = "scheduled"
    APPROVED = "approved"
    APPROVED_AMENDED = "approved_amended"
    REJECTED = "rejected"
    NOTED = "noted"
    POSTPONED = "postponed"
    NOT_APPLICABLE = "not_applicable"
    STEPPED_OUT = "stepped_out"

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
            "stepped_out": "stapte uit",
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


class ActionState(StrEnum):
    """Whether what somebody would do was done."""

    OPEN = "open"
    DONE = "done"

    @property
    def label(self) -> str:
        return {"open": "nog te doen", "done": "gedaan"}[self.value]


class AgreedBy(StrEnum):
    """How the table came to an outcome."""

    CONSENSUS = "consensus"
    VOTE = "vote"

    @property
    def label(self) -> str:
        return {"consensus": "consensus", "vote": "stemming"}[self.value]

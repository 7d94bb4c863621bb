"""Where a meeting stands."""

from enum import StrEnum


class MeetingState(StrEnum):
    """The bar of the meeting page, and cancelled."""

    PREPARING = "preparing"
    AGENDA_SENT = "agenda_sent"
    IN_SESSION = "in_session"
    MINUTES = "minutes"
    APPROVED = "approved"
    CANCELLED = "cancelled"

    @property
    def label(self) -> str:
        return {
            "preparing": "in opmaak",
            "agenda_sent": "agenda verstuurd",
            "in_session": "bezig",
            "minutes": "verslag in opmaak",
            "approved": "verslag goedgekeurd",
            "cancelled": "geannuleerd",
        }[self.value]


MOVES: dict[MeetingState, frozenset[MeetingState]] = {
    MeetingState.PREPARING: frozenset({MeetingState.AGENDA_SENT, MeetingState.CANCELLED}),
    MeetingState.AGENDA_SENT: frozenset({MeetingState.IN_SESSION, MeetingState.CANCELLED}),
    MeetingState.IN_SESSION: frozenset({MeetingState.MINUTES}),
    MeetingState.MINUTES: frozenset({MeetingState.APPROVED, MeetingState.IN_SESSION}),
    MeetingState.APPROVED: frozenset(),
    MeetingState.CANCELLED: frozenset(),
}


class DateState(StrEnum):
    """How certain a date of another body is (RFC 5545, 3.8.1.11)."""

    CONFIRMED = "confirmed"
    TENTATIVE = "tentative"
    CANCELLED = "cancelled"

    @property
    def label(self) -> str:
        return {"confirmed": "gaat door", "tentative": "onder voorbehoud", "cancelled": "vervalt"}[
            self.value
        ]


class SourceKind(StrEnum):
    """How dates of another body come in."""

    FILE = "file"
    ADDRESS = "address"

    @property
    def label(self) -> str:
        return {"file": "bestand", "address": "kalenderadres"}[self.value]


class RuleKind(StrEnum):
    """What a body asks of its dates."""

    AFTER = "after"
    DAYS_BEFORE = "days_before"
    AT_LEAST_BEFORE = "at_least_before"
    NO_HOLIDAY = "no_holiday"
    NO_SCHOOL_HOLIDAY = "no_school_holiday"
    NOT_TOGETHER = "not_together"

    @property
    def label(self) -> str:
        return {
            "after": "op dezelfde dag als een ander overleg, erna",
            "days_before": "een aantal dagen voor een ander overleg",
            "at_least_before": "minstens een aantal dagen voor een ander overleg",
            "no_holiday": "niet op feestdagen, 11 juli inbegrepen",
            "no_school_holiday": "niet in schoolvakanties",
            "not_together": "niet wanneer een ander overleg met dezelfde leden vergadert",
        }[self.value]

    @property
    def names_a_body(self) -> bool:
        """Whether it is about one other body."""
        return self in {RuleKind.AFTER, RuleKind.DAYS_BEFORE, RuleKind.AT_LEAST_BEFORE}

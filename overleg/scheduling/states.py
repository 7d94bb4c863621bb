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

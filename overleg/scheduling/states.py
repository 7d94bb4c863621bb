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
            "after": "na een ander overleg, op dezelfde dag",
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


class Coming(StrEnum):
    """What somebody says about a meeting to come."""

    COMING = "coming"
    MAYBE = "maybe"
    NOT_COMING = "not_coming"

    @property
    def label(self) -> str:
        return {"coming": "komt", "maybe": "komt misschien", "not_coming": "komt niet"}[self.value]


class AnswerWay(StrEnum):
    """Which way somebody said so."""

    LINK = "link"
    PAGE = "page"
    CALENDAR = "calendar"
    POLL = "poll"

    @property
    def label(self) -> str:
        return {
            "link": "via de mail",
            "page": "in Overleg",
            "calendar": "vanuit de eigen kalender",
            "poll": "in de datumprikker",
        }[self.value]


class PollState(StrEnum):
    """Where a poll for a date stands."""

    DRAFT = "draft"
    OPEN = "open"
    PICKED = "picked"
    CLOSED = "closed"

    @property
    def label(self) -> str:
        return {
            "draft": "in opmaak",
            "open": "open",
            "picked": "datum gekozen",
            "closed": "gesloten zonder datum",
        }[self.value]

    @property
    def is_over(self) -> bool:
        """Whether nothing changes any more."""
        return self in {PollState.PICKED, PollState.CLOSED}


class Availability(StrEnum):
    """Whether somebody can at a moment."""

    YES = "yes"
    RATHER_NOT = "rather_not"
    NO = "no"

    @property
    def label(self) -> str:
        return {"yes": "ja", "rather_not": "liever niet", "no": "nee"}[self.value]

    @property
    def can(self) -> bool:
        """Whether it counts for the quorum: who rather does not come, can."""
        return self is not Availability.NO


class YearKind(StrEnum):
    """How often a body meets in the years that are proposed."""

    MONTHLY = "monthly"
    WEEKLY = "weekly"
    TIMES = "times"

    @property
    def label(self) -> str:
        return {
            "monthly": "Elke maand, op een vaste weekdag",
            "weekly": "Om de zoveel weken",
            "times": "Een aantal keer per jaar, gelijk gespreid",
        }[self.value]

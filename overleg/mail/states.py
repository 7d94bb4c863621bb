"""Where a mail stands, and how an address wants its mail."""

from enum import StrEnum


class MailState(StrEnum):
    WAITING = "waiting"
    QUIET = "quiet"
    HELD = "held"
    DIGESTED = "digested"
    SENT = "sent"
    FAILED = "failed"

    @property
    def label(self) -> str:
        """How Beheer calls it."""
        return {
            "waiting": "wacht",
            "quiet": "wacht tot na de stille uren",
            "held": "wacht op het dagoverzicht",
            "digested": "in een dagoverzicht",
            "sent": "verstuurd",
            "failed": "mislukt",
        }[self.value]


class Rhythm(StrEnum):
    """How often somebody wants mail."""

    AT_ONCE = "at_once"
    DAILY = "daily"

    @property
    def label(self) -> str:
        """How the settings call it."""
        return {"at_once": "meteen", "daily": "één mail per dag"}[self.value]


class BouncedBy(StrEnum):
    """How we know that mails to an address come back."""

    REFUSED = "refused"
    RETURNED = "returned"

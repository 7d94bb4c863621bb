"""Where a mail stands."""

from enum import StrEnum


class MailState(StrEnum):
    WAITING = "waiting"
    SENT = "sent"
    FAILED = "failed"

    @property
    def label(self) -> str:
        """How Beheer calls it."""
        return {"waiting": "wacht", "sent": "verstuurd", "failed": "mislukt"}[self.value]

"""What a one-time link is for."""

from datetime import timedelta
from enum import StrEnum


class LinkPurpose(StrEnum):
    SIGN_IN = "sign_in"
    INVITATION = "invitation"

    @property
    def lifetime(self) -> timedelta:
        """How long the link works, counted from when it was made."""
        return timedelta(minutes=15) if self is LinkPurpose.SIGN_IN else timedelta(days=14)

    @property
    def lifetime_in_words(self) -> str:
        """The same, in a sentence."""
        if self is LinkPurpose.SIGN_IN:
            return "een link om aan te melden werkt 15 minuten"
        return "een uitnodiging werkt 14 dagen"

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

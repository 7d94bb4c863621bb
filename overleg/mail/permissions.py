"""Who may look at the mails."""

from typing import Any


def keeps_mail(viewer: Any) -> bool:
    """Administrators only: mails hold names, addresses and titles of every body."""
    return bool(viewer.is_administrator)

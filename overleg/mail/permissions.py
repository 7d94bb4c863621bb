"""Who may look at the mails."""

from typing import Any

from overleg.mail.models import OutboxMessage


def keeps_mail(viewer: Any) -> bool:
    """Administrators only: mails hold names, addresses and titles of every body."""
    return bool(viewer.is_administrator)


def can_read_mail(viewer: Any, message: OutboxMessage) -> bool:
    """Support staff of the body that a mail speaks of; nobody else's mails, whatever their role."""
    return message.body_id is not None and bool(viewer.supports(message.body_id))

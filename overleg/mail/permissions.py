"""Who may look at the mails."""

from typing import Any

from overleg.mail.models import OutboxMessage


def keeps_mail(viewer: Any) -> bool:
    """Administrators only: mails hold names, addresses and titles of every body."""
    return bool(viewer.is_administrator)


def can_read_mail(viewer: Any, message: OutboxMessage) -> bool:
    """Support staff of all bodies that a mail speaks of; nobody else, whatever their role."""
    bodies = message.bodies
    return bool(bodies) and all(viewer.supports(body_id) for body_id in bodies)

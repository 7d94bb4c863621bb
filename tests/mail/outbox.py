"""Mails in the outbox, and an application with other settings."""

from dataclasses import replace
from datetime import datetime

from flask import Flask
from sqlalchemy.orm import Session

from overleg.mail.models import OutboxMessage

LINK = "https://overleg.test/uitnodiging/" + "k" * 43


def waiting(session: Session, now: datetime, name: str = "Burgemeester Pittem") -> OutboxMessage:
    """Put a mail in the outbox."""
    row = OutboxMessage(
        to_email=f"{name.lower().replace(' ', '.')}@post.test",
        to_name=name,
        subject="Zeg het met één accent: é",
        text=f"Dag {name}\n\n{LINK}",
        html=f'<p>Dag {name}</p><a href="{LINK}">Openen</a>',
        created_at_utc=now,
        send_after_utc=now,
    )
    session.add(row)
    session.commit()
    return row


def configure(app: Flask, **changes: object) -> None:
    """Give the application other settings."""
    app.extensions["settings"] = replace(app.extensions["settings"], **changes)

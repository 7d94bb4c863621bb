"""Counting attempts, so that nobody can guess passwords or flood a mailbox."""

import hashlib
from datetime import datetime, timedelta

from sqlalchemy import delete, func, select

from overleg.accounts.models import SignInAttempt
from overleg.db import session
from overleg.lib.errors import OverlegError

WINDOW = timedelta(minutes=15)
PER_ADDRESS = 10
# A whole town hall may share one network address.
PER_NETWORK = 50


class TooManyAttempts(OverlegError):
    """Somebody must wait before trying again."""

    status = 429

    def __init__(self) -> None:
        minutes = WINDOW // timedelta(minutes=1)
        super().__init__(
            f"Er waren te veel pogingen na elkaar. Wacht {minutes} minuten en probeer het opnieuw."
        )


def email_key(kind: str, email: str) -> str:
    """The counter of an e-mail address; the address itself is not kept."""
    return f"{kind}:email:{hashlib.sha256(email.encode()).hexdigest()[:32]}"


def network_key(kind: str, network: str) -> str:
    """The counter of a network address."""
    return f"{kind}:network:{network[:64]}"


def is_over(key: str, limit: int, *, now: datetime) -> bool:
    """Whether this counter reached its limit in the last quarter of an hour."""
    count = session().scalar(
        select(func.count()).where(SignInAttempt.key == key, SignInAttempt.at_utc > now - WINDOW)
    )
    return (count or 0) >= limit


def count(*keys: str, now: datetime) -> None:
    """Add one to each of these counters."""
    session().add_all(SignInAttempt(key=key, at_utc=now) for key in keys)


def forget(key: str) -> None:
    """Begin this counter again."""
    session().execute(delete(SignInAttempt).where(SignInAttempt.key == key))

"""Counting attempts, so that nobody can guess passwords or flood a mailbox.

Wrong passwords count per e-mail address *and* network address, so that whoever guesses locks out
nobody who is elsewhere. A slower counter per e-mail address holds against guessing from many places
at once. A one-time link has counters of its own: it stays possible when a password is refused.
"""

import hashlib
from datetime import datetime, timedelta

from sqlalchemy import delete, func, select

from overleg.accounts.models import SignInAttempt
from overleg.db import session
from overleg.lib.errors import OverlegError

WINDOW = timedelta(minutes=15)
PER_ADDRESS = 10
DAY = timedelta(hours=24)
PER_ADDRESS_A_DAY = 100
"""Failed attempts in a row that NIST SP 800-63B-4, section 3.2.2, allows at most."""
# A whole town hall may share one network address.
PER_NETWORK = 50


TOO_MANY = f"Er waren te veel pogingen na elkaar. Wacht {WINDOW // timedelta(minutes=1)} minuten"


class TooManyAttempts(OverlegError):
    """Somebody must wait before trying again."""

    status = 429

    def __init__(self, message: str = f"{TOO_MANY} en probeer het opnieuw.") -> None:
        super().__init__(message)


class TooManyPasswords(TooManyAttempts):
    """The same for passwords: there is another way in."""

    def __init__(self, *, today: bool) -> None:
        link = "vraag een link per mail: die werkt meteen."
        super().__init__(
            f"Vandaag waren er te veel verkeerde wachtwoorden voor dit adres. {link.capitalize()}"
            if today
            else f"{TOO_MANY}, of {link}"
        )


def email_key(kind: str, email: str) -> str:
    """The counter of an e-mail address; the address itself is not kept."""
    return f"{kind}:email:{hashlib.sha256(email.encode()).hexdigest()[:32]}"


def place_key(kind: str, email: str, network: str) -> str:
    """The counter of an e-mail address at one network address; neither is kept."""
    return f"{kind}:place:{hashlib.sha256(f'{email} {network}'.encode()).hexdigest()[:32]}"


def network_key(kind: str, network: str) -> str:
    """The counter of a network address."""
    return f"{kind}:network:{network[:64]}"


def is_over(key: str, limit: int, *, now: datetime, within: timedelta = WINDOW) -> bool:
    """Whether this counter reached its limit in so much time, a quarter of an hour mostly."""
    count = session().scalar(
        select(func.count()).where(SignInAttempt.key == key, SignInAttempt.at_utc > now - within)
    )
    return (count or 0) >= limit


def count(*keys: str, now: datetime) -> None:
    """Add one to each of these counters."""
    session().add_all(SignInAttempt(key=key, at_utc=now) for key in keys)


def forget(*keys: str) -> None:
    """Begin these counters again."""
    session().execute(delete(SignInAttempt).where(SignInAttempt.key.in_(keys)))

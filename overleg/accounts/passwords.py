"""Passwords: Argon2id (RFC 9106), and what a good one is."""

from functools import cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from overleg.lib.errors import Refused

SHORTEST = 12
LONGEST = 200

HASHER = PasswordHasher()


def hash_password(password: str) -> str:
    """The hash to keep, with its parameters and salt in it. Takes some 50 ms by design."""
    return HASHER.hash(password)


def is_right(password: str, kept: str | None) -> bool:
    """Whether the password belongs to the hash; as slow without a hash as with one."""
    try:
        HASHER.verify(kept or _hash_of_nobody(), password)
    except (VerificationError, InvalidHashError):
        return False
    return kept is not None


def is_outdated(kept: str) -> bool:
    """Whether the hash was made with other parameters than we use now."""
    return HASHER.check_needs_rehash(kept)


def check_new_password(password: str, *, email: str, name: str) -> None:
    """Raise ``Refused`` with a Dutch sentence when this can't be somebody's password."""
    if len(password) < SHORTEST:
        raise Refused(f"Kies een wachtwoord van minstens {SHORTEST} tekens.")
    if len(password) > LONGEST:
        raise Refused(f"Kies een wachtwoord van hoogstens {LONGEST} tekens.")
    lowered = password.casefold()
    if lowered in {email.casefold(), name.casefold()}:
        raise Refused("Kies een wachtwoord dat niet uw e-mailadres of uw naam is.")
    if len(set(lowered)) < 4:
        raise Refused("Kies een wachtwoord met meer verschillende tekens.")


@cache
def _hash_of_nobody() -> str:
    return HASHER.hash("nobody has this password")

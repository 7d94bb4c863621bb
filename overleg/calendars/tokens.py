"""The secret in a calendar address: 256 random bits, of which only the hash is kept."""

import hashlib
import secrets

TOKEN_BYTES = 32


def new_token() -> str:
    """A token for an address: 43 characters."""
    return secrets.token_urlsafe(TOKEN_BYTES)


def hash_of(token: str) -> str:
    """What the database keeps of a token. It has 256 bits, so a fast hash is enough."""
    return hashlib.sha256(token.encode()).hexdigest()

"""Secrets in addresses: 256 bits, of which only the hash is kept."""

import hashlib
import secrets

TOKEN_BYTES = 32


def new_token() -> str:
    """A secret for in an address: 43 characters of URL-safe base64."""
    return secrets.token_urlsafe(TOKEN_BYTES)


def hash_token(token: str) -> str:
    """What is kept of a token. A plain SHA-256 will do: nobody can guess 256 random bits."""
    return hashlib.sha256(token.encode()).hexdigest()

"""Addresses of our own to go back to; anything that could lead elsewhere is refused."""

from urllib.parse import urlsplit

LONGEST = 2000


def local_path(value: str | None) -> str | None:
    """The address when it is a path on this site, None otherwise.

    Refuses ``//host``, ``/\\host``, absolute addresses, and the control characters and backslashes
    that browsers read as slashes or leave out.
    """
    if not value or len(value) > LONGEST or not value.startswith("/") or value.startswith("//"):
        return None
    if "\\" in value or any(ord(character) <= 32 or ord(character) == 127 for character in value):
        return None
    parts = urlsplit(value)
    return None if parts.scheme or parts.netloc else value

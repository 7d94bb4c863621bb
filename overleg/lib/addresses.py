"""Addresses that somebody sent or typed."""

from urllib.parse import SplitResult, urlsplit


def parts_of(address: str) -> SplitResult:
    """The parts of an address; of what is none, all are empty."""
    try:
        return urlsplit(address)
    except ValueError:
        return urlsplit("")

"""Days from which things hold."""

from datetime import date

FLOOR = date(1970, 1, 1)
"""Technical first day of what was "already so in 2023": since when exactly is not known."""

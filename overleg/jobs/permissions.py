"""Who looks after the jobs."""

from typing import Any


def keeps_jobs(viewer: Any) -> bool:
    """Administrators only."""
    return bool(viewer.is_administrator)

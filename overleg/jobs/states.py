"""How a job goes."""

from enum import StrEnum


class JobHealth(StrEnum):
    RUNNING = "running"
    FAILED = "failed"
    LATE = "late"
    WELL = "well"
    UNKNOWN = "unknown"

    @property
    def label(self) -> str:
        """How the page of the jobs calls it."""
        return {
            "running": "loopt nu",
            "failed": "mislukt",
            "late": "te laat",
            "well": "gaat goed",
            "unknown": "nog niet gelopen",
        }[self.value]

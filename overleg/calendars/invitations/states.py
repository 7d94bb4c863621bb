"""What became of a reply that came in by mail."""

from enum import StrEnum


class ReplyResult(StrEnum):
    """``unknown`` comes from nobody who is invited; ``not_trusted`` from another address."""

    COUNTED = "counted"
    OUTDATED = "outdated"
    UNKNOWN = "unknown"
    NOT_TRUSTED = "not_trusted"

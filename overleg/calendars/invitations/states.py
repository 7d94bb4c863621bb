"""What became of a reply that came in by mail."""

from enum import StrEnum


class ReplyResult(StrEnum):
    COUNTED = "counted"
    OUTDATED = "outdated"
    UNKNOWN = "unknown"
    NOT_TRUSTED = "not_trusted"

    @property
    def label(self) -> str:
        return {
            "counted": "geteld",
            "outdated": "ging over een vroeger moment",
            "unknown": "van niemand die hiervoor uitgenodigd is",
            "not_trusted": "kwam van een ander adres",
        }[self.value]

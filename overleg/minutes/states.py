"""Where a verslag stands, and who was there."""

from enum import StrEnum


class MinutesState(StrEnum):
    DRAFT = "draft"
    APPROVED = "approved"

    @property
    def label(self) -> str:
        return {"draft": "ontwerp", "approved": "goedgekeurd"}[self.value]


class Presence(StrEnum):
    PRESENT = "present"
    EXCUSED = "excused"
    ABSENT = "absent"
    REPLACED = "replaced"
    GUEST = "guest"

    @property
    def label(self) -> str:
        return {
            "present": "aanwezig",
            "excused": "verontschuldigd",
            "absent": "afwezig",
            "replaced": "vervangen door",
            "guest": "gast",
        }[self.value]

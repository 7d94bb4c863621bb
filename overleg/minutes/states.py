"""Where a verslag stands, and who was there."""

from enum import StrEnum


class MinutesState(StrEnum):
    """A draft goes to the chair, then round for remarks, and is approved at the next meeting.

    Each step may be skipped: a body that never sends its verslag round approves a draft.
    """

    DRAFT = "draft"
    WITH_CHAIR = "with_chair"
    CIRCULATED = "circulated"
    APPROVED = "approved"

    @property
    def label(self) -> str:
        return {
            "draft": "ontwerp",
            "with_chair": "bij de voorzitter",
            "circulated": "rondgestuurd voor opmerkingen",
            "approved": "goedgekeurd",
        }[self.value]


MINUTES_MOVES: dict[MinutesState, frozenset[MinutesState]] = {
    MinutesState.DRAFT: frozenset(
        {MinutesState.WITH_CHAIR, MinutesState.CIRCULATED, MinutesState.APPROVED}
    ),
    MinutesState.WITH_CHAIR: frozenset(
        {MinutesState.DRAFT, MinutesState.CIRCULATED, MinutesState.APPROVED}
    ),
    MinutesState.CIRCULATED: frozenset({MinutesState.DRAFT, MinutesState.APPROVED}),
    MinutesState.APPROVED: frozenset(),
}


class RemarkState(StrEnum):
    """What became of a remark on a verslag that was sent round."""

    OPEN = "open"
    ADOPTED = "adopted"
    DECLINED = "declined"

    @property
    def label(self) -> str:
        return {"open": "te bekijken", "adopted": "verwerkt", "declined": "niet overgenomen"}[
            self.value
        ]


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


THERE = frozenset({Presence.PRESENT, Presence.REPLACED})
"""The seats that were taken, by their holder or by somebody else."""

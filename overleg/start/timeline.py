"""What happened to a dossier, as its timeline tells it."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Protocol

from overleg.documents.states import Circle


class EventKind(StrEnum):
    """What the timeline tells of."""

    PROPOSAL = "proposal"
    REFERRAL = "referral"
    TREATMENT = "treatment"
    OUTCOME = "outcome"

    @property
    def word(self) -> str:
        """How the page calls it."""
        return {
            "proposal": "Voorstel",
            "referral": "Verwijzing",
            "treatment": "Behandeling",
            "outcome": "Uitkomst",
        }[self.value]


class Standing(Protocol):
    """A state of anything: its value and its word."""

    @property
    def value(self) -> str: ...

    @property
    def label(self) -> str: ...


@dataclass(frozen=True)
class Event:
    """One thing that happened to a dossier; ``at`` in UTC."""

    at: datetime
    kind: EventKind
    title: str
    url: str
    body_name: str
    state: Standing
    circle: Circle
    detail: str = ""

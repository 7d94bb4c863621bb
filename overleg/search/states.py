"""What can be found, who finds it, and whether the text of a file could be read."""

from enum import StrEnum


class FoundKind(StrEnum):
    """What somebody finds, as the page groups it."""

    DOSSIER = "dossier"
    PROPOSAL = "proposal"
    ITEM = "item"
    MINUTES = "minutes"
    OUTCOME = "outcome"
    ANNEX = "annex"

    @property
    def label(self) -> str:
        return {
            "dossier": "dossier",
            "proposal": "voorstel",
            "item": "agendapunt",
            "minutes": "verslag",
            "outcome": "uitkomst",
            "annex": "bijlage",
        }[self.value]

    @property
    def many(self) -> str:
        """The word for more than one."""
        return {
            "dossier": "dossiers",
            "proposal": "voorstellen",
            "item": "agendapunten",
            "minutes": "verslagen",
            "outcome": "uitkomsten",
            "annex": "bijlagen",
        }[self.value]


class Source(StrEnum):
    """Which row of the application an entry was made from; each has a rule of its own for reading.

    A point of an agenda has two: as it was sent, and as it is in preparation.
    """

    DOSSIER = "dossier"
    PROPOSAL = "proposal"
    SENT_ITEM = "sent_item"
    WORKING_ITEM = "working_item"
    NOTES = "notes"
    OUTCOME = "outcome"
    ANNEX = "annex"
    SENT_ANNEX = "sent_annex"

    @property
    def kind(self) -> FoundKind:
        """How the page calls it."""
        return KIND_OF[self]


KIND_OF = {
    Source.DOSSIER: FoundKind.DOSSIER,
    Source.PROPOSAL: FoundKind.PROPOSAL,
    Source.SENT_ITEM: FoundKind.ITEM,
    Source.WORKING_ITEM: FoundKind.ITEM,
    Source.NOTES: FoundKind.MINUTES,
    Source.OUTCOME: FoundKind.OUTCOME,
    Source.ANNEX: FoundKind.ANNEX,
    Source.SENT_ANNEX: FoundKind.ANNEX,
}


class Audience(StrEnum):
    """Who finds an entry besides its owners, as it stood when it was put in the index."""

    OWNERS = "owners"
    STEERING = "steering"
    MEMBERS = "members"
    READERS = "readers"


class TextState(StrEnum):
    """Whether the text of a file could be read."""

    READ = "read"
    PARTLY = "partly"
    EMPTY = "empty"
    LOCKED = "locked"
    BROKEN = "broken"
    TOO_MUCH = "too_much"
    MISSING = "missing"
    OTHER = "other"

    @property
    def label(self) -> str:
        return {
            "read": "doorzoekbaar",
            "partly": "enkel het begin is doorzoekbaar",
            "empty": "geen tekst in het bestand, bijvoorbeeld een scan",
            "locked": "vergrendeld met een wachtwoord",
            "broken": "beschadigd bestand",
            "too_much": "te groot om te lezen",
            "missing": "het bestand is er niet meer",
            "other": "enkel de tekst van Word en PDF wordt gelezen",
        }[self.value]

    @property
    def is_searchable(self) -> bool:
        """Whether at least a part of the text is found."""
        return self in {TextState.READ, TextState.PARTLY}

"""The three circles of who may read."""

from enum import StrEnum


class Circle(StrEnum):
    """From wide to narrow; who may read a narrow circle may read the wider ones too."""

    PUBLIC = "public"
    ADMINISTRATIONS = "administrations"
    MAYORS = "mayors"

    @property
    def label(self) -> str:
        """The word that the interface shows."""
        return {"public": "openbaar", "administrations": "besturen", "mayors": "burgemeesters"}[
            self.value
        ]

    @property
    def rank(self) -> int:
        """0 for the widest circle, 2 for the narrowest."""
        return _RANKS[self]

    @property
    def readable(self) -> frozenset["Circle"]:
        """What somebody of this circle may read: this circle and every wider one."""
        return _READABLE[self]


_RANKS = {circle: rank for rank, circle in enumerate(Circle)}
_READABLE = {circle: frozenset(c for c in Circle if c.rank <= circle.rank) for circle in Circle}

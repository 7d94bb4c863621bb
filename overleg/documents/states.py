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
        return list(Circle).index(self)

    @property
    def readable(self) -> frozenset["Circle"]:
        """What somebody of this circle may read: this circle and every wider one."""
        return frozenset(circle for circle in Circle if circle.rank <= self.rank)

"""What every Word file has, and which kinds there are."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from enum import StrEnum
from typing import Any


class PaperKind(StrEnum):
    """The kinds of Word files, each with a template of its own; the value is its file name."""

    AGENDA = "agenda"
    MINUTES = "verslag"
    COLLEGE_PROPOSAL = "collegevoorstel"
    COUNCIL_PROPOSAL = "gemeenteraadsvoorstel"
    REGION_REPORT = "regiorapport"
    STANDING = "stand-van-de-opvolging"
    POSITION_LETTER = "standpuntbrief"
    YEAR = "jaarkalender"

    @property
    def label(self) -> str:
        """The kind as people say it, in Dutch."""
        return self.value.capitalize()


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    """What every Word file has: the title and author that its properties tell."""

    title: str
    """Document title, for example "Agenda Burgemeestersoverleg Midwest, 13 november 2026"."""
    author: str
    """Who made it, for example "DVV Midwest"."""

    def context(self) -> Mapping[str, Any]:
        """The fields by name, as a template reads them."""
        return {field.name: getattr(self, field.name) for field in fields(self)}

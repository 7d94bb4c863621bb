"""What an agenda knows of verslagen: the one that it asks to approve, for its bundle, and who
has that of its own meeting. The package of the verslag, which is above this one, says it:
``take_verslag_from`` when the application is built.
"""

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Protocol

from flask import Flask, current_app

from overleg.agenda.lines import Line
from overleg.documents.states import Circle
from overleg.scheduling.models import Meeting
from overleg.scheduling.states import MeetingState

LINK = re.compile(r"/vergaderingen/([a-z0-9]{16})/verslag")
TITLE = "Verslag"


class Whereabouts(StrEnum):
    """Who has the draft of a verslag, when that is not who writes it."""

    WITH_CHAIR = "with_chair"
    ROUND = "round"


@dataclass(frozen=True)
class VerslagFile:
    """A verslag in Word, for one circle."""

    name: str
    content: bytes


class VerslagSource(Protocol):
    """What knows the verslagen."""

    def mark(self, meeting_id: str, body_id: str, circle: Circle) -> str:
        """Differs when the verslag tells this circle something else; empty when it may not be read.

        One statement.
        """

    def whereabouts(self, meeting_ids: Collection[str]) -> Mapping[str, Whereabouts]:
        """Where those verslagen are that others have now, by meeting; one statement."""

    def make(self, meeting_id: str, circle: Circle, *, now: datetime) -> VerslagFile:
        """The file, of a verslag that has a mark; ``now`` in UTC becomes its time of creation."""


@dataclass(frozen=True)
class Referred:
    """The point that asks to approve a verslag, and that verslag in one circle."""

    item_id: str
    meeting_id: str
    circle: Circle
    mark: str

    def make(self, *, now: datetime) -> VerslagFile:
        """The file as it is now (UTC)."""
        return _source().make(self.meeting_id, self.circle, now=now)


def take_verslag_from(app: Flask, source: VerslagSource) -> None:
    """Say what knows the verslagen of this application."""
    app.extensions["verslag_source"] = source


def _source() -> VerslagSource:
    source: VerslagSource = current_app.extensions["verslag_source"]
    return source


def whereabouts(meetings: Iterable[Meeting]) -> Mapping[str, Whereabouts]:
    """Where the drafts of these meetings are that others have now, by meeting.

    One statement, or none.
    """
    waiting = {meeting.id for meeting in meetings if meeting.state is MeetingState.MINUTES}
    return _source().whereabouts(waiting) if waiting else {}


def has_verslag(meeting: Meeting, circle: Circle) -> bool:
    """Whether readers of this circle read its verslag, now that it is over; one statement."""
    over = meeting.state in {MeetingState.MINUTES, MeetingState.APPROVED}
    return over and bool(_source().mark(meeting.id, meeting.body_id, circle))


def referred_verslag(meeting: Meeting, lines: Sequence[Line], circle: Circle) -> Referred | None:
    """The verslag that one of these points leads to, where readers of this circle may read it.

    A verslag of another body is never among them. One statement, or none.
    """
    for line in lines:
        found = LINK.search(line.explanation_html)
        if found is None:
            continue
        mark = _source().mark(found[1], meeting.body_id, circle)
        return Referred(line.item_id, found[1], circle, mark) if mark else None
    return None

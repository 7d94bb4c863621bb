"""What an agenda knows of verslagen: the one that it asks to approve, for its bundle, and whether
that of its own meeting went round. The package of the verslag, which is above this one, says it:
``take_verslag_from`` when the application is built.
"""

import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from flask import Flask, current_app

from overleg.agenda.lines import Line
from overleg.documents.states import Circle
from overleg.scheduling.models import Meeting
from overleg.scheduling.states import MeetingState

LINK = re.compile(r"/vergaderingen/([a-z0-9]{16})/verslag")
TITLE = "Verslag"


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

    def sent_round(self, meeting_ids: Collection[str]) -> frozenset[str]:
        """Those of these meetings whose verslag was sent round for remarks; one statement."""

    def is_with_chair(self, meeting_id: str) -> bool:
        """Whether the verslag of a meeting waits for the chair to read it; one statement."""

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


def sent_round(meetings: Iterable[Meeting]) -> frozenset[str]:
    """Those of these meetings whose verslag was sent round and is not approved yet.

    One statement, or none.
    """
    waiting = {meeting.id for meeting in meetings if meeting.state is MeetingState.MINUTES}
    return _source().sent_round(waiting) if waiting else frozenset()


def verslag_is_with_chair(meeting: Meeting) -> bool:
    """Whether its verslag waits for the chair to read it; one statement, or none."""
    return meeting.state is MeetingState.MINUTES and _source().is_with_chair(meeting.id)


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

"""Which agenda somebody reads: the one in preparation, or a version as it was sent.

Who prepares the agenda reads what is being made; everybody else only what was sent, in the own
circle.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from overleg.agenda.lines import Line, dropped, is_same, mark_changes, narrow, working_lines
from overleg.agenda.models import AgendaItem, AgendaVersion
from overleg.agenda.queries.items import OPEN_STATES, items_of_meeting, next_number
from overleg.agenda.queries.versions import (
    lines_of_version,
    meeting_and_versions,
    versions_of,
)
from overleg.documents.states import Circle
from overleg.lib.errors import NotFound
from overleg.organisations.viewer import Viewer
from overleg.scheduling.models import Meeting

DRAFT = "ontwerp"


@dataclass(frozen=True)
class ReadAgenda:
    """An agenda as one reader sees it; ``version`` is None for the one in preparation."""

    circle: Circle
    version: AgendaVersion | None
    versions: Sequence[AgendaVersion]
    lines: Sequence[Line]
    dropped: Sequence[Line] = field(default_factory=list)
    has_news: bool = False
    is_changes: bool = False
    leaves_out: bool = False
    """Whether points of a narrower circle were sent with it."""

    @property
    def has_changes(self) -> bool:
        """Whether it can be read as "only what changed" since the version before."""
        return bool(self.dropped) or any(line.mark for line in self.lines)

    def changes_only(self) -> "ReadAgenda":
        """Only what is new, changed or dropped; all of it when there is no version before."""
        if not self.has_changes:
            return self
        return replace(self, lines=[line for line in self.lines if line.mark], is_changes=True)

    @property
    def is_sent(self) -> bool:
        """Whether this is an agenda that went out."""
        return self.version is not None

    @property
    def is_latest(self) -> bool:
        """Whether nothing newer was sent."""
        return self.version is None or self.version is self.versions[0]

    @property
    def is_draft(self) -> bool:
        """Whether this is the agenda in preparation, with something to read."""
        return self.version is None and bool(self.lines)


def open_agenda(
    viewer: Viewer, meeting_id: str, *, version: str = "", circle: Circle | None = None
) -> tuple[Meeting, ReadAgenda]:
    """A meeting with its body, and the agenda of it that this viewer reads.

    ``version`` is a letter, ``ontwerp`` for the one in preparation, or empty for what the viewer
    reads first; ``circle`` asks for a wider circle than the own. An agenda that was not sent has no
    lines for who does not prepare it. Raises ``NotFound`` for a meeting outside the viewer's bodies
    and for a version or circle that the viewer may not read. A fixed number of statements.
    """
    meeting, versions = meeting_and_versions(viewer, meeting_id)
    return meeting, _read(viewer, meeting, versions, version=version, circle=circle)


def read_agenda(
    viewer: Viewer, meeting: Meeting, items: Sequence[AgendaItem] | None = None
) -> ReadAgenda:
    """The agenda that this viewer reads first of a meeting; a fixed number of statements.

    ``items`` are its points in preparation, where they were read already.
    """
    return _read(viewer, meeting, versions_of(meeting.id), items)


def _read(
    viewer: Viewer,
    meeting: Meeting,
    versions: Sequence[AgendaVersion],
    items: Sequence[AgendaItem] | None = None,
    *,
    version: str = "",
    circle: Circle | None = None,
) -> ReadAgenda:
    own = viewer.reach[meeting.body_id]
    chosen = own if circle is None else circle
    if chosen not in own.readable:
        raise NotFound
    prepares = viewer.steers(meeting.body_id)
    if version == DRAFT and not prepares:
        raise NotFound
    drafting = meeting.state in OPEN_STATES or not versions
    if prepares and (version == DRAFT or (not version and drafting)):
        points = items_of_meeting(meeting) if items is None else items
        return _in_preparation(meeting, points, versions, chosen)
    if not versions and not version:
        return ReadAgenda(chosen, None, versions, [])
    return _as_sent(versions, version, chosen)


def _in_preparation(
    meeting: Meeting,
    items: Sequence[AgendaItem],
    versions: Sequence[AgendaVersion],
    circle: Circle,
) -> ReadAgenda:
    made = working_lines(meeting, items, next_number=next_number(meeting, was_sent=bool(versions)))
    lines = narrow(made, circle.readable)
    if not versions:
        return ReadAgenda(circle, None, versions, lines)
    before = lines_of_version(versions[0].id, circle.readable)
    return ReadAgenda(
        circle,
        None,
        versions,
        mark_changes(lines, before),
        dropped(lines, before),
        has_news=not is_same(lines, before),
    )


def _as_sent(versions: Sequence[AgendaVersion], letter: str, circle: Circle) -> ReadAgenda:
    place = next((n for n, v in enumerate(versions) if not letter or v.letter == letter), None)
    if place is None:
        raise NotFound("Deze versie van de agenda bestaat niet.")
    lines = lines_of_version(versions[place].id, circle.readable)
    whole = lines_of_version(versions[place].id, Circle.MAYORS.readable)
    leaves_out = len(whole) > len(lines)
    if place + 1 == len(versions):
        return ReadAgenda(circle, versions[place], versions, lines, leaves_out=leaves_out)
    before = lines_of_version(versions[place + 1].id, circle.readable)
    return ReadAgenda(
        circle,
        versions[place],
        versions,
        mark_changes(lines, before),
        dropped(lines, before),
        leaves_out=leaves_out,
    )

"""An agenda as it is read: the same lines for the page, the Word file and the documents.

Lines are made from the items in preparation or from a version as it was sent.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import count

from overleg.agenda.arranging import heading_of, section_of
from overleg.agenda.clock_times import start_times
from overleg.agenda.models import AgendaItem, Annex, SentAnnex, SentItem
from overleg.agenda.states import Asked
from overleg.documents.states import Circle
from overleg.scheduling.models import Meeting

NEW = "nieuw"
CHANGED = "gewijzigd"


@dataclass(frozen=True, kw_only=True)
class LineAnnex:
    """An annex of a line; ``id`` is that of the annex, or of the sent annex."""

    id: str
    file_id: str
    title: str
    file_name: str
    media_type: str
    size_bytes: int
    sha256: str
    circle: Circle
    was_sent: bool

    @property
    def size_label(self) -> str:
        """``340 kB`` or ``1,2 MB``."""
        kilobytes = max(1, round(self.size_bytes / 1024))
        if kilobytes < 1000:
            return f"{kilobytes} kB"
        return f"{self.size_bytes / (1024 * 1024):.1f} MB".replace(".", ",")


@dataclass(frozen=True, kw_only=True)
class Line:
    """One numbered point of an agenda; ``mark`` says how it differs from the version before."""

    item_id: str
    number: int
    title: str
    explanation_html: str
    submitter_label: str
    asked: Asked
    minutes_needed: int
    starts_at_utc: datetime
    circle: Circle
    section: str = ""
    is_closed: bool = False
    annexes: tuple[LineAnnex, ...] = ()
    mark: str = ""

    @property
    def heading(self) -> str:
        """What stands above it, where the line before stands under something else."""
        return heading_of(self.section, is_closed=self.is_closed)

    @property
    def content(self) -> tuple[object, ...]:
        """What was written in it: two lines with equal content say the same."""
        return (
            self.title,
            self.explanation_html,
            self.submitter_label,
            self.asked,
            self.minutes_needed,
            self.circle,
            self.is_closed,
            tuple((annex.title, annex.file_id, annex.circle) for annex in self.annexes),
        )

    @property
    def place(self) -> tuple[object, ...]:
        """Where it stands: two agendas with equal content and places are the same."""
        return (self.item_id, self.number, self.starts_at_utc, self.section)


def narrowest(first: Circle, second: Circle) -> Circle:
    """The circle that fewer may read."""
    return max(first, second, key=lambda circle: circle.rank)


def working_lines(meeting: Meeting, items: Sequence[AgendaItem], *, next_number: int) -> list[Line]:
    """The agenda in preparation; ``items`` in order, with their proposals' annexes loaded.

    A point keeps the number it was sent with. The others show the one they will get, counted from
    ``next_number``.
    """
    times = start_times(meeting.starts_at_utc, [item.minutes_needed for item in items])
    coming = count(next_number)
    return [
        Line(
            item_id=item.id,
            number=next(coming) if item.number is None else item.number,
            title=item.title,
            explanation_html=item.explanation_html,
            submitter_label=item.submitter_label,
            asked=item.asked,
            minutes_needed=item.minutes_needed,
            starts_at_utc=moment,
            circle=item.circle,
            section=section_of(item, meeting.body.sections_by),
            is_closed=item.is_closed,
            annexes=tuple(
                _working_annex(annex, item.circle)
                for annex in (item.proposal.annexes if item.proposal is not None else ())
            ),
        )
        for item, moment in zip(items, times, strict=True)
    ]


def _working_annex(annex: Annex, circle: Circle) -> LineAnnex:
    return LineAnnex(
        id=annex.id,
        file_id=annex.file_id,
        title=annex.title,
        file_name=annex.file.name,
        media_type=annex.file.media_type,
        size_bytes=annex.file.size_bytes,
        sha256=annex.file.sha256,
        circle=narrowest(annex.circle, circle),
        was_sent=False,
    )


def sent_lines(items: Sequence[SentItem]) -> list[Line]:
    """A version as it was sent; the annexes and their files are loaded."""
    return [
        Line(
            item_id=item.item_id,
            number=item.number,
            title=item.title,
            explanation_html=item.explanation_html,
            submitter_label=item.submitter_label,
            asked=item.asked,
            minutes_needed=item.minutes_needed,
            starts_at_utc=item.starts_at_utc,
            circle=item.circle,
            section=item.section,
            is_closed=item.is_closed,
            annexes=tuple(_sent_annex(annex) for annex in item.annexes),
        )
        for item in items
    ]


def _sent_annex(annex: SentAnnex) -> LineAnnex:
    return LineAnnex(
        id=annex.id,
        file_id=annex.file_id,
        title=annex.title,
        file_name=annex.file.name,
        media_type=annex.file.media_type,
        size_bytes=annex.file.size_bytes,
        sha256=annex.file.sha256,
        circle=annex.circle,
        was_sent=True,
    )


def narrow(lines: Sequence[Line], circles: Collection[Circle]) -> list[Line]:
    """Only what these circles may read; numbers and clock times stay as they are."""
    return [
        replace(line, annexes=tuple(a for a in line.annexes if a.circle in circles))
        if line.annexes
        else line
        for line in lines
        if line.circle in circles
    ]


def mark_changes(lines: Sequence[Line], before: Sequence[Line]) -> list[Line]:
    """The lines with ``nieuw`` or ``gewijzigd`` where they differ from the version before."""
    known: Mapping[str, Line] = {line.item_id: line for line in before}
    return [replace(line, mark=_mark(line, known.get(line.item_id))) for line in lines]


def _mark(line: Line, before: Line | None) -> str:
    if before is None:
        return NEW
    return "" if line.content == before.content else CHANGED


def dropped(lines: Sequence[Line], before: Sequence[Line]) -> list[Line]:
    """What the version before had and this one has not."""
    kept = {line.item_id for line in lines}
    return [line for line in before if line.item_id not in kept]


def is_same(lines: Sequence[Line], before: Sequence[Line]) -> bool:
    """Whether sending these lines again would say nothing new."""
    return [(line.place, line.content) for line in lines] == [
        (line.place, line.content) for line in before
    ]

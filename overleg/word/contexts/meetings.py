"""What the Word files of a meeting are given: its agenda and its verslag."""

from dataclasses import dataclass
from typing import ClassVar

from overleg.word.contexts.base import Paper, PaperKind


@dataclass(frozen=True, slots=True, kw_only=True)
class AttendancePaper:
    """A person in a list of those invited, present, excused, absent or replaced."""

    name: str
    """For example "An Peeters" or "Burgemeester Roeselare"."""
    function: str = ""
    """Function and organisation as shown, for example "burgemeester Roeselare"."""
    remark: str = ""
    """For example "vervangen door schepen Jan Maes" or "vanaf punt 3"."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AgendaPaperAnnex:
    """An annex as it is listed; the file itself is not in the Word file."""

    name: str
    detail: str = ""
    """For example "pdf, 1,2 MB"."""
    url: str = ""
    """Absolute http(s) address, when the reader can open it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AgendaPaperItem:
    """One numbered item of an agenda."""

    number: str
    """As given on the agenda ("3"): gaps are right where a closed item was left out."""
    title: str
    section: str = ""
    """The heading above it, where its section begins: "Beleid", "Besloten deel"."""
    submitter: str = ""
    """Indiener, for example "Burgemeester Izegem"."""
    asked: str = ""
    """Gevraagd, for example "ter bespreking"."""
    minutes: str = ""
    """For example "15 minuten"."""
    time: str = ""
    """Clock time, for example "9.45 uur"."""
    explanation_html: str = ""
    annexes: tuple[AgendaPaperAnnex, ...] = ()
    remark: str = ""
    """What sets this item apart: "nieuw", "dringend punt", "besloten"..."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AgendaPaper(Paper):
    """The agenda of one meeting, for readers of one circle."""

    kind: ClassVar[PaperKind] = PaperKind.AGENDA

    body_name: str
    meeting_number: str = ""
    """For example "12" or "2026/9"."""
    date: str
    """For example "vrijdag 13 november 2026"."""
    hours: str
    """For example "9.30 tot 11.30 uur"."""
    place: str = ""
    online_link: str = ""
    """Absolute http(s) address."""
    circle: str
    """Who this version is for, for example "burgemeesters" or "openbaar"."""
    version: str = ""
    """Version letter, "A"; empty for a draft that has not been sent."""
    sent_on: str = ""
    """Date sent; empty for a draft."""
    invited: tuple[AttendancePaper, ...] = ()
    excused: tuple[AttendancePaper, ...] = ()
    items: tuple[AgendaPaperItem, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class MinutesPaperOutcome:
    """One outcome of a treated item."""

    kind: str
    """For example "afspraak" or "standpunt"."""
    title: str
    text_html: str = ""
    concerned: str = ""
    """Who acts on it, for example "colleges van alle gemeenten"."""
    due: str = ""
    """By when, for example "1 maart 2027"."""
    is_of_point: bool = False
    """Whether it says what became of the point itself: the title stands above it already."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MinutesPaperItem:
    """One treated item of a verslag."""

    number: str
    title: str
    section: str = ""
    """The heading above it, where its section begins: "Beleid", "Besloten deel"."""
    submitter: str = ""
    asked: str = ""
    discussion_html: str = ""
    outcomes: tuple[MinutesPaperOutcome, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class MinutesPaper(Paper):
    """The verslag of one meeting, for readers of one circle."""

    kind: ClassVar[PaperKind] = PaperKind.MINUTES

    body_name: str
    meeting_number: str = ""
    date: str
    hours: str
    place: str = ""
    chair: str = ""
    writer: str = ""
    """Who wrote the verslag."""
    circle: str
    is_draft: bool
    """True until approved: the file then says so at its head."""
    approved_on: str = ""
    """Date of approval, when approved."""
    present: tuple[AttendancePaper, ...] = ()
    replaced: tuple[AttendancePaper, ...] = ()
    excused: tuple[AttendancePaper, ...] = ()
    absent: tuple[AttendancePaper, ...] = ()
    guests: tuple[AttendancePaper, ...] = ()
    items: tuple[MinutesPaperItem, ...] = ()
    next_meeting: str = ""
    """For example "vrijdag 11 december 2026, 9.30 uur, Roeselare"."""

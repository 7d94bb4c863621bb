"""What was found, as a page and the command line show it."""

from dataclasses import dataclass

from overleg.documents.states import Circle
from overleg.lib.dates import format_date
from overleg.lib.words import Sought
from overleg.scheduling.models import meeting_label
from overleg.search.queries import Entry
from overleg.search.snippets import Piece, mark, snippet
from overleg.search.states import FoundKind, Source, TextState
from overleg.web.drawing import url_for


@dataclass(frozen=True)
class Hit:
    """One line: what it is, where it stands, and the words around what was found."""

    kind: FoundKind
    title: tuple[Piece, ...]
    snippet: tuple[Piece, ...]
    url: str
    body_name: str
    day: str
    circle: Circle
    remark: str

    @property
    def plain_title(self) -> str:
        """The title without marks."""
        return "".join(piece.text for piece in self.title)

    @property
    def plain_snippet(self) -> str:
        """The part of the text without marks."""
        return "".join(piece.text for piece in self.snippet)


def shown(entry: Entry, asked: Sought) -> Hit:
    """An entry as a line; the address is a path. Needs the application's context for it."""
    day = format_date(entry.happened_at_utc)
    if entry.meeting_year is not None and entry.meeting_number is not None:
        day = f"vergadering {meeting_label(entry.meeting_year, entry.meeting_number)} van {day}"
    return Hit(
        kind=entry.kind,
        title=mark(entry.title, asked),
        snippet=snippet(entry.text, asked),
        url=address_of(entry),
        body_name=entry.body_short_name or entry.body_name or "",
        day=day,
        circle=entry.circle,
        remark=_remark(entry),
    )


def address_of(entry: Entry) -> str:  # noqa: PLR0911 - one address per source
    """The path of the page or file where an entry is read."""
    anchor = entry.anchor or None
    match entry.source:
        case Source.DOSSIER:
            return url_for("agenda.show_proposal", proposal_id=entry.proposal_id)
        case Source.PROPOSAL:
            return url_for("agenda.show_proposal", proposal_id=entry.subject_id)
        case Source.ANNEX:
            return url_for("agenda.download_annex", annex_id=entry.subject_id)
        case Source.SENT_ANNEX:
            return url_for("agenda.download_sent_annex", annex_id=entry.subject_id)
        case Source.SENT_ITEM:
            return url_for("agenda.show_meeting", meeting_id=entry.meeting_id, _anchor=anchor)
        case Source.WORKING_ITEM:
            return url_for("agenda.show_meeting", meeting_id=entry.meeting_id, versie="ontwerp")
        case Source.NOTES:
            return url_for("minutes.write", meeting_id=entry.meeting_id, _anchor=anchor)
        case Source.OUTCOME:
            return url_for("decisions.show_outcome", outcome_id=entry.subject_id)


def _remark(entry: Entry) -> str:
    if entry.source is Source.WORKING_ITEM:
        return "in opmaak, zo nog niet verstuurd"
    if not entry.is_file:
        return ""
    if entry.text_state is None:
        return "de tekst van deze bijlage wordt nog gelezen"
    if entry.text_state is TextState.READ:
        return ""
    if entry.text_state.is_searchable:
        return entry.text_state.label
    return f"tekst niet doorzoekbaar: {entry.text_state.label}"

"""One function per kind of Word file: what it is given in, the file out."""

from datetime import datetime

from overleg.word.contexts import (
    AgendaPaper,
    MinutesPaper,
    MunicipalProposalPaper,
    Paper,
    PaperKind,
    PositionLetterPaper,
    RegionReportPaper,
    StandingPaper,
    YearPaper,
)
from overleg.word.engine import render
from overleg.word.templates import house_bytes

MunicipalPaper = MunicipalProposalPaper | RegionReportPaper


def render_agenda(paper: AgendaPaper, *, now: datetime, template: bytes | None = None) -> bytes:
    """The agenda as a .docx file, in our own template or in the one given.

    `now` is aware. Raises `TemplateFault` when the template given cannot be filled in.
    """
    return _render(paper, paper.kind, now, template)


def render_minutes(paper: MinutesPaper, *, now: datetime, template: bytes | None = None) -> bytes:
    """The verslag as a .docx file; see `render_agenda`."""
    return _render(paper, paper.kind, now, template)


def render_municipal_proposal(
    paper: MunicipalProposalPaper, *, now: datetime, template: bytes | None = None
) -> bytes:
    """A college- or gemeenteraadsvoorstel as a .docx file; see `render_agenda`."""
    return _render(paper, paper.kind, now, template)


def render_region_report(
    paper: RegionReportPaper, *, now: datetime, template: bytes | None = None
) -> bytes:
    """A regiorapport as a .docx file; see `render_agenda`."""
    return _render(paper, paper.kind, now, template)


def render_municipal(paper: MunicipalPaper, *, now: datetime, template: bytes) -> bytes:
    """A paper that a municipality has in its own form, as a .docx file; see `render_agenda`."""
    return _render(paper, paper.kind, now, template)


def render_standing(paper: StandingPaper, *, now: datetime, template: bytes | None = None) -> bytes:
    """Where the municipalities stand, as a .docx file; see `render_agenda`."""
    return _render(paper, paper.kind, now, template)


def render_position_letter(
    paper: PositionLetterPaper, *, now: datetime, template: bytes | None = None
) -> bytes:
    """A letter with a shared position as a .docx file; see `render_agenda`."""
    return _render(paper, paper.kind, now, template)


def render_year(paper: YearPaper, *, now: datetime, template: bytes | None = None) -> bytes:
    """The calendar of a year as a .docx file; see `render_agenda`."""
    return _render(paper, paper.kind, now, template)


def _render(paper: Paper, kind: PaperKind, now: datetime, template: bytes | None) -> bytes:
    return render(
        house_bytes(kind) if template is None else template,
        paper.context(),
        title=paper.title,
        author=paper.author,
        now=now,
    )

"""Who is told that an agenda went out, and what: the points of the own circle, nothing wider."""

from collections.abc import Sequence
from datetime import datetime

from overleg.agenda.lines import Line, dropped, is_same, mark_changes, narrow
from overleg.agenda.models import AgendaVersion
from overleg.agenda.queries.readers import Reader
from overleg.agenda.states import Asked
from overleg.documents.states import Circle
from overleg.lib.text import count_of
from overleg.mail.links import absolute_url
from overleg.mail.workflow import post
from overleg.scheduling.answers.links import answer_links
from overleg.scheduling.answers.queries import who_did_not_answer
from overleg.scheduling.models import Meeting


def readers_to_tell(
    readers: Sequence[Reader], lines: Sequence[Line], before: Sequence[Line]
) -> list[Reader]:
    """Those for whom this agenda says something new: a change only others may read is no news."""
    news = {
        circle: not before
        or not is_same(narrow(lines, circle.readable), narrow(before, circle.readable))
        for circle in Circle
    }
    return [reader for reader in readers if news[reader.circle]]


def tell_agenda_sent(
    meeting: Meeting,
    version: AgendaVersion,
    lines: Sequence[Line],
    before: Sequence[Line],
    readers: Sequence[Reader],
    *,
    now: datetime,
) -> None:
    """Mail each reader what is asked, in the reader's circle; ``now`` in UTC.

    After the first version only what changed, with what is asked of it. Who has a seat and did not
    say yet whether they come, is asked that too.
    """
    silent = who_did_not_answer(meeting)
    by_circle = {circle: _context(meeting, version, lines, before, circle) for circle in Circle}
    what = "Agenda" if not before else f"Gewijzigde agenda (versie {version.letter})"
    for reader in readers_to_tell(readers, lines, before):
        post(
            reader.person,
            subject=f"{what}: {meeting.title}",
            template="agenda_sent",
            context={
                **by_circle[reader.circle],
                "answers": answer_links(meeting.id, reader.person.id)
                if reader.person.id in silent
                else [],
            },
            about=meeting,
            body=meeting.body,
            matters_at=meeting.starts_at_utc,
            now=now,
        )


def _context(
    meeting: Meeting,
    version: AgendaVersion,
    lines: Sequence[Line],
    before: Sequence[Line],
    circle: Circle,
) -> dict[str, object]:
    own = narrow(lines, circle.readable)
    earlier = narrow(before, circle.readable)
    marked = mark_changes(own, earlier) if before else own
    gone = dropped(own, earlier)
    changed = [line for line in marked if line.mark]
    shown = changed if changed or gone else marked
    return {
        "meeting": meeting,
        "version": version,
        "circle": circle,
        "lines": shown,
        "dropped": gone,
        "is_first": not before,
        "is_moved": bool(before) and not changed and not gone,
        "others": len(own) - len(shown),
        "asked": asked_in_words(shown),
        "asked_of": "Nieuw of gewijzigd" if changed else "Wat we u vragen",
        "link": absolute_url(f"/vergaderingen/{meeting.id}"),
        "link_label": "Naar de agenda",
    }


def asked_in_words(lines: Sequence[Line]) -> list[str]:
    """``2 punten ter beslissing``, for everything that is asked, the heaviest first."""
    counts = [(asked, sum(line.asked is asked for line in lines)) for asked in reversed(Asked)]
    return [f"{count_of(n, 'punt', 'punten')} {asked.label}" for asked, n in counts if n]

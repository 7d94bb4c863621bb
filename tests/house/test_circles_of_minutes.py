"""Each role against each circle, on every way out of an approved verslag."""

from datetime import timedelta

from sqlalchemy import select

from overleg.decisions.states import OutcomeKind
from overleg.decisions.workflow.actions import ToDo, note_action
from overleg.decisions.workflow.outcomes import Agreed, note_outcome
from overleg.documents.states import Circle
from overleg.mail.models import OutboxMessage
from overleg.minutes.workflow.notes import save_notes
from overleg.minutes.workflow.sessions import approve_minutes, close_meeting, open_meeting
from overleg.minutes.workflow.versions import correct
from tests.house.test_circles import READS, TITLES, Sent, expected, sent, told
from tests.plugins.application import Clock
from tests.scheduling.planned import meeting_on
from tests.word.reading import words

__all__ = ["sent"]


def _approve(sent: Sent, clock: Clock) -> None:
    """Notes, an outcome, an action and a correction of each point, all of them naming it."""
    meeting, by = sent.table.meeting, sent.cast.support
    at = meeting.starts_at_utc
    open_meeting(meeting, by=by, now=at)
    for circle, title in TITLES.items():
        item = sent.item(circle)
        save_notes(item, f"<p>Over {title}.</p>", started_from=0, by=by, now=at)
        agreed = Agreed(OutcomeKind.NOTED, title, f"<p>Kennis genomen van {title}.</p>")
        note_outcome(item, agreed, by=by, now=at)
        note_action(item, ToDo(f"Nakijken: {title}", "De ondersteuner"), by=by, now=at)
    close_meeting(meeting, by=by, now=meeting.ends_at_utc)
    following = meeting_on(meeting.body, meeting.day + timedelta(days=28), by=by, now=at)
    clock.moment = following.ends_at_utc
    approve_minutes(meeting, by=by, now=clock.moment)
    for circle, title in TITLES.items():
        correct(
            sent.item(circle),
            f"<p>Rechtgezet: {title}.</p>",
            started_from=1,
            reason=f"Een tikfout: {title}",
            by=by,
            now=clock.moment,
        )
    sent.session.commit()


def test_an_approved_verslag_tells_each_reader_the_own_circle(sent: Sent, clock: Clock) -> None:
    _approve(sent, clock)
    pages = ("verslag", "verslag/goedgekeurd/1", "uitkomsten", "historiek")
    seen: dict[str, dict[str, set[Circle]]] = {}
    for name in READS:
        visitor = sent.visit(getattr(sent.cast, name))
        found = {page: told(visitor.get(f"{sent.meeting}/{page}").text) for page in pages}
        paper = visitor.get(f"{sent.meeting}/verslag.docx")
        found["docx"] = told(words(paper.data)) if paper.status_code == 200 else set()
        found["corrections"] = {
            circle
            for number in range(2, 2 + len(TITLES))
            for circle in told(visitor.get(f"{sent.meeting}/verslag/goedgekeurd/{number}").text)
        }
        seen[name] = found
    ways = (*pages, "docx", "corrections")
    assert seen == {name: dict.fromkeys(ways, expected(name)) for name in READS}
    mailed = {name: _told_of_corrections(sent, name) for name in READS}
    members = ("chair", "mayor", "tielt_mayor")
    assert mailed == {name: expected(name) if name in members else set() for name in READS}


def _told_of_corrections(sent: Sent, name: str) -> set[Circle]:
    """What the mails on corrections told somebody."""
    return {
        circle
        for mail in sent.session.scalars(
            select(OutboxMessage).where(
                OutboxMessage.to_email == getattr(sent.cast, name).email,
                OutboxMessage.subject.startswith("Rechtgezet"),
            )
        )
        for circle in told(mail.text + mail.html)
    }

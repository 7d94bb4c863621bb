"""What an organ decides in its proposal: the articles of the text, or that it takes note."""

from html import escape

from overleg.decisions.models import CanonicalText
from overleg.decisions.states import AskedOfOrgan, Organ, OutcomeKind
from overleg.decisions.workflow.texts import first_texts
from overleg.lib.dates import format_date
from overleg.lib.richtext import numbered_parts

CALLED = {
    OutcomeKind.AGREEMENT: "de afspraak",
    OutcomeKind.POSITION: "het standpunt",
    OutcomeKind.ADVICE: "het advies",
}
WHO = {Organ.COLLEGE: "Het college van burgemeester en schepenen", Organ.COUNCIL: "De gemeenteraad"}


def articles_for(text: CanonicalText, organ: Organ, asked: AskedOfOrgan) -> tuple[str, ...]:
    """The articles of the proposal to an organ, as HTML.

    An organ that is only asked to take note approves nothing: where the other organ is asked
    something else, or where the articles are still those the text began with, it takes note.
    """
    article = notice_article(text, organ) if asked is AskedOfOrgan.NOTICE else ""
    return (article,) if article else numbered_parts(text.articles_html)


def notice_article(text: CanonicalText, organ: Organ) -> str:
    """``De gemeenteraad neemt kennis van de afspraak ...``; empty where the text's own articles
    are for who takes note.
    """
    outcome, request = text.outcome, text.outcome.request
    called = CALLED.get(outcome.kind)
    if request is None or called is None:
        return ""
    asked = {request.asked_of(each) for each in request.organs.organs}
    if len(asked) < 2 and not _are_the_first(text):
        return ""
    meeting = outcome.item.meeting
    return (
        f"<p>{WHO[organ]} neemt kennis van {called} “{escape(outcome.title)}” van "
        f"{escape(meeting.body.the_name)} van {format_date(meeting.day)}.</p>"
    )


def _are_the_first(text: CanonicalText) -> bool:
    """Whether the articles are still those the text began with."""
    return any(text.articles_html == first.articles_html for first in first_texts(text.outcome))

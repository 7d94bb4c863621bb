"""The standing point "Stand van de opvolging" on an agenda."""

from collections.abc import Sequence
from datetime import datetime
from html import escape

from overleg.agenda.models import AgendaItem
from overleg.agenda.queries.items import items_of_meeting
from overleg.agenda.states import Asked
from overleg.agenda.workflow.items import ItemText, add_own_item
from overleg.agenda.workflow.order import hold_agenda
from overleg.audit.workflow import Actor
from overleg.documents.states import Circle
from overleg.lib.errors import NotPossible
from overleg.lib.text import count_of
from overleg.mail.links import absolute_url
from overleg.scheduling.models import Meeting

TITLE = "Stand van de opvolging"
MINUTES = 10
MOST_TOLD = 25


def put_on_agenda(
    meeting: Meeting, standings: Sequence[tuple[str, str]], *, by: Actor, now: datetime
) -> AgendaItem:
    """Put the point on the agenda, before "Varia", with its paper as a link that reads live.

    ``standings`` are titles of outcomes for the circle *besturen*, each with its sentence: the
    point tells no more than that circle reads. Raises ``NotPossible`` when it is there already or
    the agenda is closed.
    """
    hold_agenda(meeting)
    paper = paper_address(meeting)
    if any(paper in item.explanation_html for item in items_of_meeting(meeting)):
        raise NotPossible("De stand van de opvolging staat al op deze agenda.")
    told = "".join(
        f"<li>{escape(title)}: {escape(sentence)}</li>" for title, sentence in standings[:MOST_TOLD]
    )
    more = len(standings) - MOST_TOLD
    rest = f"<p>En nog {count_of(more, 'uitkomst', 'uitkomsten')}.</p>" if more > 0 else ""
    text = ItemText(
        title=TITLE,
        explanation_html=f'<p><a href="{paper}">Lees de stand van de opvolging (Word)</a>.</p>'
        + (f"<ul>{told}</ul>{rest}" if told else "<p>Alles is afgerond.</p>"),
        submitter_label=meeting.body.name,
        asked=Asked.NOTE,
        minutes_needed=MINUTES,
        circle=Circle.ADMINISTRATIONS,
    )
    return add_own_item(meeting, text, by=by, now=now)


def paper_address(meeting: Meeting) -> str:
    """Where the paper of the point is; who opens it, reads it for their own circle."""
    return absolute_url(f"/vergaderingen/{meeting.id}/stand-van-de-opvolging.docx")

"""What tests about agendas need: meetings, validated proposals with annexes, own points."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from io import BytesIO

from flask import Flask
from sqlalchemy import event
from sqlalchemy.orm import Session

from overleg.accounts.models import Person
from overleg.agenda.models import AgendaItem, Annex, AnnexVersion, Proposal
from overleg.agenda.states import Asked, ProposalState
from overleg.agenda.workflow.fixed_items import ensure_fixed_items
from overleg.agenda.workflow.items import ItemText, add_own_item, schedule_proposal
from overleg.agenda.workflow.sending import send_agenda
from overleg.db import db
from overleg.documents.states import Circle
from overleg.documents.views import file_store
from overleg.documents.workflow import add_stored_file, receive
from overleg.organisations.models import Body, Organisation
from overleg.scheduling.models import Meeting
from tests.agenda.proposing import PDF, make_draft, make_meeting
from tests.plugins.cast import Cast
from tests.plugins.scenarios import A_MONDAY_MORNING

NOW = A_MONDAY_MORNING


def ready_proposal(
    by: Person,
    body: Body,
    organisation: Organisation,
    title: str = "Hoppinpunten met deelwagens",
    *,
    circle: Circle = Circle.ADMINISTRATIONS,
    wished: Meeting | None = None,
) -> Proposal:
    """A proposal that was validated and waits for a meeting."""
    proposal = make_draft(by, body, organisation, now=NOW, title=title, circle=circle)
    proposal.state = ProposalState.VALIDATED
    proposal.submitted_at_utc = NOW
    proposal.wished_meeting = wished
    db.session.flush()
    return proposal


def put_annex(proposal: Proposal, title: str, circle: Circle) -> Annex:
    """Put a PDF with a proposal."""
    received = receive(file_store(), f"{title}.pdf", BytesIO(PDF + title.encode()))
    stored = add_stored_file(received, by=None, now=NOW)
    annex = Annex(
        proposal=proposal,
        file=stored,
        title=title,
        position=1,
        circle=circle,
        versions=[AnnexVersion(number=1, file=stored)],
    )
    db.session.add(annex)
    db.session.flush()
    return annex


def own_point(
    title: str = "Kennismaking", *, circle: Circle = Circle.ADMINISTRATIONS, minutes: int = 10
) -> ItemText:
    """What support staff write about a point of their own."""
    return ItemText(
        title=title,
        explanation_html="<p>Even voorstellen.</p>",
        submitter_label="DVV Midwest",
        asked=Asked.NOTE,
        minutes_needed=minutes,
        circle=circle,
    )


@dataclass
class Table:
    """A meeting of Midwest with one point per circle on its agenda."""

    meeting: Meeting
    public: AgendaItem
    shared: AgendaItem
    closed: AgendaItem


PUBLIC_TITLE = "Zwembaden van de regio"
SHARED_TITLE = "Sportinfrastructuurplan"
CLOSED_TITLE = "Aanstelling coördinator"


def lay_table(
    session: Session, midwest: Body, by: Person, submitter: Person, town: Organisation
) -> Table:
    """Put a point of each circle on the agenda of the meeting of 1 April."""
    make_meeting(session, midwest, days=-20, number=1)
    meeting = make_meeting(session, midwest, days=30, number=2)
    ensure_fixed_items(meeting, now=NOW)
    made = []
    for title, circle in (
        (PUBLIC_TITLE, Circle.PUBLIC),
        (SHARED_TITLE, Circle.ADMINISTRATIONS),
        (CLOSED_TITLE, Circle.MAYORS),
    ):
        proposal = ready_proposal(submitter, midwest, town, title, circle=circle)
        put_annex(proposal, f"Nota bij {title}", circle)
        made.append(schedule_proposal(meeting, proposal, by=by, now=NOW))
    session.commit()
    return Table(meeting, *made)


def send_table(cast: Cast) -> Table:
    """Lay the table, and send its agenda."""
    table = lay_table(db.session(), cast.midwest, cast.support, cast.mayor, cast.roeselare)
    send_agenda(table.meeting, message="", by=cast.support, now=NOW)
    db.session.commit()
    return table


def add_points(meeting: Meeting, count: int, by: Person) -> None:
    """Put so many own points on an agenda."""
    for number in range(count):
        add_own_item(meeting, own_point(f"Punt {number}", minutes=5), by=by, now=NOW)


@dataclass
class StatementCount:
    """How many statements went to the database since it was made."""

    number: int = 0


def count_statements(app: Flask) -> StatementCount:
    """Begin counting."""
    count = StatementCount()

    def add(*_arguments: object) -> None:
        count.number += 1

    event.listen(db.engine, "after_cursor_execute", add)
    return count


def titles(items: list[AgendaItem] | tuple[AgendaItem, ...]) -> list[str]:
    """The titles in order."""
    return [item.title for item in items]


def later(days: float) -> datetime:
    """So many days after the tests' Monday."""
    return NOW + timedelta(days=days)

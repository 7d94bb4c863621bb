"""What tests about proposals need: one to submit, files to send, a meeting to wish for."""

from datetime import UTC, datetime, timedelta
from io import BytesIO
from zipfile import ZipFile

from sqlalchemy.orm import Session

from overleg.accounts.models import Person
from overleg.agenda.models import Proposal
from overleg.agenda.workflow.proposals import ProposalContent, draft_proposal
from overleg.agenda.workflow.submitting import submit_proposal
from overleg.db import new_id
from overleg.documents.states import Circle
from overleg.organisations.models import Body, Organisation
from overleg.scheduling.models import Meeting

PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\n%%EOF\n"
PNG = b"\x89PNG\r\n\x1a\n" + bytes(64)
NOON = datetime(2026, 3, 2, 11, 0, tzinfo=UTC)


def docx() -> bytes:
    """The smallest package that is a Word file by its members."""
    content = BytesIO()
    with ZipFile(content, "w") as package:
        package.writestr("[Content_Types].xml", "<Types/>")
        package.writestr("word/document.xml", "<w/>")
    return content.getvalue()


def make_meeting(session: Session, body: Body, *, days: int = 30, number: int = 1) -> Meeting:
    """A coming meeting of a body, so many days after the tests' Monday."""
    starts = NOON + timedelta(days=days)
    meeting = Meeting(
        body_id=body.id,
        year=starts.year,
        number=number,
        starts_at_utc=starts,
        ends_at_utc=starts + timedelta(hours=2),
        calendar_uid=new_id(),
        created_at_utc=NOON,
        changed_at_utc=NOON,
    )
    session.add(meeting)
    session.flush()
    return meeting


def make_draft(
    by: Person,
    body: Body,
    organisation: Organisation,
    *,
    now: datetime,
    title: str = "Hoppinpunten met deelwagens",
    circle: Circle = Circle.ADMINISTRATIONS,
) -> Proposal:
    """A complete draft."""
    return draft_proposal(
        ProposalContent(
            body_id=body.id,
            organisation_id=organisation.id,
            title=title,
            explanation_html="<p>Samen deelwagens plaatsen.</p>",
            circle=circle,
        ),
        by=by,
        now=now,
    )


def make_submitted(
    by: Person,
    body: Body,
    organisation: Organisation,
    *,
    now: datetime,
    title: str = "Hoppinpunten met deelwagens",
    circle: Circle = Circle.ADMINISTRATIONS,
) -> Proposal:
    """A proposal that was submitted."""
    proposal = make_draft(by, body, organisation, now=now, title=title, circle=circle)
    submit_proposal(proposal, by=by, now=now)
    return proposal

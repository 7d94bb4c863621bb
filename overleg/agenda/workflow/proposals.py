"""What people do with a proposal: draft, change, submit, withdraw; what the agenda does with it."""

from dataclasses import dataclass, fields
from datetime import datetime

from sqlalchemy import select

from overleg.accounts.models import Person
from overleg.agenda.models import AgendaItem, Dossier, Proposal
from overleg.agenda.notices import tell_support_withdrawn
from overleg.agenda.permissions import CORRECTABLE, WRITABLE
from overleg.agenda.states import (
    Asked,
    ItemState,
    ProposalFunction,
    ProposalKind,
    ProposalState,
)
from overleg.agenda.workflow.moves import check_move, move
from overleg.agenda.workflow.validation import begin_validation, stop_rounds
from overleg.audit.states import Verb
from overleg.audit.workflow import Actor, record
from overleg.db import new_id, session
from overleg.documents.states import Circle
from overleg.lib.errors import EditConflict, NotPossible, Refused
from overleg.lib.richtext import html_to_plain
from overleg.lib.text import join_words
from overleg.scheduling.models import Meeting
from overleg.scheduling.states import MeetingState


@dataclass(frozen=True, kw_only=True)
class ProposalContent:
    """What the form of a proposal holds; rich text is clean HTML."""

    body_id: str
    organisation_id: str
    title: str
    explanation_html: str = ""
    function: ProposalFunction = ProposalFunction.TUNING
    kind: ProposalKind = ProposalKind.PROJECT
    asked: Asked = Asked.DISCUSS
    minutes_needed: int = 15
    circle: Circle = Circle.ADMINISTRATIONS
    wished_meeting_id: str | None = None


def draft_proposal(
    content: ProposalContent, *, by: Person, now: datetime, proposal_id: str | None = None
) -> Proposal:
    """Begin a proposal in a dossier of its own. It may be incomplete, but has a title.

    ``proposal_id`` is the name the form carried, so that sending it twice cannot make two.
    """
    dossier = Dossier(id=new_id(), title=content.title, circle=content.circle, created_at_utc=now)
    proposal = Proposal(
        id=proposal_id or new_id(),
        dossier=dossier,
        submitter_id=by.id,
        created_by_id=by.id,
        state=ProposalState.DRAFT,
        created_at_utc=now,
        changed_at_utc=now,
    )
    _write(proposal, content)
    session().add(proposal)
    session().flush()
    record(Verb.PROPOSAL_DRAFTED, proposal, by=by, now=now, to_state=ProposalState.DRAFT)
    return proposal


def change_proposal(
    proposal: Proposal, content: ProposalContent, *, revision: int, by: Person, now: datetime
) -> None:
    """Write new words; ``revision`` is the one the writer started from.

    The submitter's side writes in a draft or a returned proposal; support staff correct until it
    is scheduled (the journal tells it), and then the body stays. An annex never becomes wider than
    the proposal. Raises ``EditConflict`` when somebody saved in between, ``NotPossible`` otherwise.
    """
    if proposal.state not in WRITABLE | CORRECTABLE:
        raise NotPossible(
            f"“{proposal.title}” is {proposal.state.label}: de tekst ligt vast. "
            "Een ondersteuner kan wel nog het agendapunt aanvullen."
        )
    if revision != proposal.revision:
        raise EditConflict("Iemand anders bewaarde dit voorstel terwijl u typte.")
    if proposal.state not in WRITABLE and content.body_id != proposal.body_id:
        raise NotPossible("Een ingediend voorstel gaat naar een ander overleg met “Verwijzen”.")
    changed = _write(proposal, content)
    for annex in proposal.annexes:
        if annex.circle.rank < proposal.circle.rank:
            annex.circle = proposal.circle
    if changed:
        proposal.changed_at_utc = now
        record(
            Verb.PROPOSAL_CHANGED,
            proposal,
            by=by,
            now=now,
            reason=f"Gewijzigd: {join_words(changed)}." if proposal.submitted_at_utc else "",
        )


CALLED = {
    "body_id": "overleg",
    "organisation_id": "indiener",
    "title": "titel",
    "explanation_html": "toelichting",
    "function": "functie",
    "kind": "rubriek",
    "asked": "wat gevraagd wordt",
    "minutes_needed": "tijd",
    "circle": "wie het mag lezen",
    "wished_meeting_id": "gewenste vergadering",
}


def _write(proposal: Proposal, content: ProposalContent) -> list[str]:
    """Put the content in the proposal; what changed, as people call it."""
    changed = [
        CALLED[f.name]
        for f in fields(content)
        if getattr(proposal, f.name, None) != getattr(content, f.name)
    ]
    if proposal.dossier.title == proposal.title:
        proposal.dossier.title, proposal.dossier.circle = content.title, content.circle
    for f in fields(content):
        setattr(proposal, f.name, getattr(content, f.name))
    return changed


def missing_for_submission(proposal: Proposal) -> list[str]:
    """What still has to be filled in before it can be submitted, as people call it."""
    missing = [] if proposal.title.strip() else ["een titel"]
    if not html_to_plain(proposal.explanation_html).strip():
        missing.append("een toelichting")
    return missing


def submit_proposal(proposal: Proposal, *, by: Person, now: datetime) -> None:
    """Submit a draft, or submit again what came back; its first validation step opens.

    A body without steps validates at once. Raises ``NotPossible`` or, for an incomplete one,
    ``Refused`` with what is missing.
    """
    check_move(proposal, ProposalState.SUBMITTED)
    if missing := missing_for_submission(proposal):
        raise Refused(
            f"Vul eerst nog {join_words(missing)} in; dan kan het voorstel ingediend worden."
        )
    move(proposal, ProposalState.SUBMITTED, Verb.PROPOSAL_SUBMITTED, by=by, now=now)
    proposal.submitted_at_utc = now
    session().flush()
    begin_validation(proposal, by=by, now=now)


def withdraw_proposal(proposal: Proposal, *, reason: str, by: Person, now: datetime) -> None:
    """Take a proposal back; open validation stops and its point on an agenda reads *ingetrokken*.

    A draft needs no reason. Raises ``NotPossible`` once the meeting has begun, ``Refused`` without
    reason.
    """
    check_move(proposal, ProposalState.WITHDRAWN)
    submitted = proposal.submitted_at_utc is not None
    if submitted and not reason.strip():
        raise Refused("Zeg in enkele woorden waarom u het voorstel intrekt.")
    for item in _points_to_come(proposal):
        item.state = ItemState.WITHDRAWN
        item.position = 0
    stop_rounds(proposal, now=now)
    move(
        proposal,
        ProposalState.WITHDRAWN,
        Verb.PROPOSAL_WITHDRAWN,
        by=by,
        now=now,
        reason=reason.strip(),
    )
    if submitted:
        tell_support_withdrawn(proposal, by=by, now=now)


def _points_to_come(proposal: Proposal) -> list[AgendaItem]:
    rows = session().execute(
        select(AgendaItem, Meeting)
        .join(Meeting, Meeting.id == AgendaItem.meeting_id)
        .where(AgendaItem.proposal_id == proposal.id, AgendaItem.state == ItemState.SCHEDULED)
    )
    points = []
    for item, meeting in rows:
        if meeting.state not in {
            MeetingState.PREPARING,
            MeetingState.AGENDA_SENT,
            MeetingState.CANCELLED,
        }:
            raise NotPossible(
                f"{meeting.title} is al begonnen: het voorstel kan niet meer ingetrokken worden. "
                "Vraag de voorzitter om het punt als uitgesteld of ingetrokken te noteren."
            )
        points.append(item)
    return points


def mark_scheduled(proposal: Proposal, *, by: Actor, now: datetime) -> None:
    """Note that a validated proposal was put on an agenda. Raises ``NotPossible``."""
    move(proposal, ProposalState.SCHEDULED, Verb.PROPOSAL_SCHEDULED, by=by, now=now)


def mark_unscheduled(proposal: Proposal, *, by: Actor, now: datetime, reason: str = "") -> None:
    """Note that it was taken off an agenda: it is validated again. Raises ``NotPossible``."""
    move(
        proposal, ProposalState.VALIDATED, Verb.PROPOSAL_UNSCHEDULED, by=by, now=now, reason=reason
    )


def mark_treated(proposal: Proposal, *, by: Actor, now: datetime) -> None:
    """Note that a scheduled proposal was treated in the meeting. Raises ``NotPossible``."""
    move(proposal, ProposalState.TREATED, Verb.PROPOSAL_TREATED, by=by, now=now)

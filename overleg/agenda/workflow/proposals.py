"""Writing a proposal: a draft, and what is changed in it."""

from dataclasses import dataclass, fields
from datetime import datetime

from sqlalchemy.orm.attributes import flag_modified

from overleg.accounts.models import Person
from overleg.agenda.models import Dossier, Proposal
from overleg.agenda.permissions import CORRECTABLE, WRITABLE
from overleg.agenda.states import Asked, ProposalFunction, ProposalKind, ProposalState
from overleg.agenda.workflow.co_submitting import ask_again_where_changed
from overleg.agenda.workflow.dossiers import follow_proposal
from overleg.agenda.workflow.questions import Answered, write_answers
from overleg.agenda.workflow.revisions import remember_words
from overleg.audit.states import Verb
from overleg.audit.workflow import record
from overleg.db import new_id, refuse_stale, session
from overleg.documents.states import Circle
from overleg.lib.errors import NotPossible
from overleg.lib.text import join_words


@dataclass(frozen=True, kw_only=True)
class ProposalContent:
    """What the form of a proposal holds; rich text is clean HTML.

    ``submitter_id`` is the person for whom it is submitted, empty for who writes it (or, in a
    change, for who it was); ``answers`` are None where nothing is said about them.
    """

    body_id: str
    organisation_id: str
    title: str
    submitter_id: str = ""
    explanation_html: str = ""
    function: ProposalFunction = ProposalFunction.TUNING
    kind: ProposalKind = ProposalKind.PROJECT
    asked: Asked = Asked.DISCUSS
    minutes_needed: int = 15
    circle: Circle = Circle.ADMINISTRATIONS
    wished_meeting_id: str | None = None
    is_urgent: bool = False
    urgent_motive: str = ""
    answers: tuple[Answered, ...] | None = None


def draft_proposal(
    content: ProposalContent,
    *,
    by: Person,
    now: datetime,
    proposal_id: str | None = None,
    dossier: Dossier | None = None,
    told: str = "",
) -> Proposal:
    """Begin a proposal, in a dossier of its own unless one is given. It has at least a title.

    ``proposal_id`` is the name the form carried, so that sending it twice cannot make two;
    ``told`` is what its history adds.
    """
    dossier = dossier or Dossier(
        id=new_id(), title=content.title, circle=content.circle, created_at_utc=now
    )
    proposal = Proposal(
        id=proposal_id or new_id(),
        dossier=dossier,
        submitter_id=by.id,
        created_by_id=by.id,
        state=ProposalState.DRAFT,
        created_at_utc=now,
        changed_at_utc=now,
        annexes=[],
        answers=[],
        co_submitters=[],
        rounds=[],
    )
    _write(proposal, content)
    session().add(proposal)
    record(
        Verb.PROPOSAL_DRAFTED,
        proposal,
        by=by,
        now=now,
        to_state=ProposalState.DRAFT,
        reason=told,
    )
    session().flush()
    return proposal


def change_proposal(
    proposal: Proposal,
    content: ProposalContent,
    *,
    revision: int,
    by: Person,
    now: datetime,
    by_itself: bool = False,
) -> None:
    """Write new words; ``revision`` is the one the writer started from.

    The submitter's side writes in a draft or a returned proposal; support staff correct until it
    is scheduled (the journal tells it), and then body and submitter stay. An annex never becomes
    wider than the proposal. What the page saves ``by_itself`` while somebody types is not told.
    Raises ``EditConflict`` when somebody saved in between, ``NotPossible`` otherwise.
    """
    if proposal.state not in WRITABLE | CORRECTABLE:
        raise NotPossible(
            f"“{proposal.title}” is {proposal.state.label}: de tekst ligt vast. "
            "Een ondersteuner kan wel nog het agendapunt aanvullen."
        )
    refuse_stale(proposal, revision, "dit voorstel")
    if proposal.state not in WRITABLE and content.body_id != proposal.body_id:
        raise NotPossible("Een ingediend voorstel gaat naar een ander overleg met “Verwijzen”.")
    stays = content.submitter_id in {"", proposal.submitter_id}
    if proposal.state not in WRITABLE and not stays:
        raise NotPossible("Namens wie een voorstel is, ligt vast zodra het ingediend is.")
    changed = _write(proposal, content)
    for annex in proposal.annexes:
        if annex.circle.rank < proposal.circle.rank:
            annex.circle = proposal.circle
    if not changed:
        return
    proposal.changed_at_utc = now
    # Other answers alone must raise the revision as well.
    flag_modified(proposal, "changed_at_utc")
    session().flush()
    session().expire(proposal, POINTED_TO)
    if proposal.submitted_at_utc is not None:
        remember_words(proposal, by=by, now=now)
    if not by_itself:
        ask_again_where_changed(proposal, by=by, now=now)
        record(
            Verb.PROPOSAL_CHANGED,
            proposal,
            by=by,
            now=now,
            reason=f"Gewijzigd: {join_words(changed)}." if proposal.submitted_at_utc else "",
        )


POINTED_TO = ("body", "organisation", "submitter", "wished_meeting")
"""What a changed proposal must read again."""


CALLED = {
    "body_id": "overleg",
    "organisation_id": "indiener",
    "submitter_id": "namens wie",
    "title": "titel",
    "explanation_html": "toelichting",
    "function": "functie",
    "kind": "rubriek",
    "asked": "wat gevraagd wordt",
    "minutes_needed": "tijd",
    "circle": "wie het mag lezen",
    "wished_meeting_id": "gewenste vergadering",
    "is_urgent": "of het dringend is",
    "urgent_motive": "waarom het dringend is",
}


def _write(proposal: Proposal, content: ProposalContent) -> list[str]:
    """Put the content in the proposal; what changed, as people call it."""
    given = {f.name: getattr(content, f.name) for f in fields(content) if f.name in CALLED}
    if not content.submitter_id:
        del given["submitter_id"]
    changed = [CALLED[name] for name, value in given.items() if getattr(proposal, name) != value]
    follow_proposal(proposal, content.title, content.circle)
    for name, value in given.items():
        setattr(proposal, name, value)
    if content.answers is not None and write_answers(proposal, content.answers):
        changed.append("antwoorden")
    return changed
